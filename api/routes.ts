import { adaptationRoutes } from './adaptations';
import { accountRoutes } from './accounts';
import { approvalRoutes } from './approvals';
import { budgetRoutes } from './budget-lines';
import { calendarRoutes } from './calendar';
import { caseRoutes } from './cases';
import { approvals } from './claim-approvals';
import { claimRoutes } from './claims';
import { correctionRoutes, recoveryRoutes } from './corrections';
import { employerRoutes } from './employers';
import { employmentRoutes } from './employments';
import { failedCommands } from './failed-commands';
import { inspectionRoutes } from './inspections';
import { matchRoutes } from './matches';
import { moneyReportRoutes } from './money-reports';
import { officialRoutes } from './officials';
import { doubleRoutes } from './doubles';
import { peopleRoutes } from './people';
import { policyRoutes } from './policies';
import { referralRoutes } from './referrals';
import { registerRoutes } from './registers';
import { reportRoutes } from './reports';
import type { Route } from './route';
import { subsidyRoutes } from './subsidies';
import { taskRoutes } from './tasks';
import { territoryRoutes } from './territories';
import { vacancyRoutes } from './vacancies';

/** Every route under /v1, in the order of the reference page: each resource file declares its own. */
export const routes: readonly Route[] = [
  ...doubleRoutes,
  ...peopleRoutes,
  ...caseRoutes,
  ...matchRoutes,
  ...referralRoutes,
  ...inspectionRoutes,
  ...employmentRoutes,
  ...subsidyRoutes,
  ...claimRoutes,
  approvals,
  ...adaptationRoutes,
  ...taskRoutes,
  ...approvalRoutes,
  ...correctionRoutes,
  ...recoveryRoutes,
  ...budgetRoutes,
  ...employerRoutes,
  ...accountRoutes,
  ...vacancyRoutes,
  ...territoryRoutes,
  ...calendarRoutes,
  ...policyRoutes,
  ...officialRoutes,
  ...reportRoutes,
  ...moneyReportRoutes,
  ...registerRoutes,
  ...failedCommands,
];
