import { adaptationRoutes } from './money/adaptations';
import { accountRoutes } from './employers/accounts';
import { approvalRoutes } from './money/approvals';
import { centreRoutes } from './training/centres';
import { courseRoutes } from './training/courses';
import { trainingRoutes } from './training/trainings';
import { budgetRoutes } from './money/budget-lines';
import { calendarRoutes } from './administration/calendar';
import { caseRoutes } from './cases/cases';
import { approvals } from './money/claim-approvals';
import { claimRoutes } from './money/claims';
import { correctionRoutes } from './money/corrections';
import { recoveryRoutes } from './money/recoveries';
import { ledgerRoutes } from './money/ledger';
import { employerRoutes } from './employers/employers';
import { employmentRoutes } from './cases/employments';
import { failedCommands } from './administration/failed-commands';
import { inspectionRoutes } from './cases/inspections';
import { matchRoutes } from './cases/matches';
import { moneyReportRoutes } from './money/reports';
import { officialRoutes } from './administration/officials';
import { personsAccountRoutes } from './people/account';
import { doubleRoutes } from './people/doubles';
import { peopleRoutes } from './people/people';
import { policyRoutes } from './money/policies';
import { businessRoutes } from './cases/businesses';
import { markRoutes } from './cases/marks';
import { publicWorksRoutes } from './cases/public-works';
import { referralRoutes } from './cases/referrals';
import { registerRoutes } from './administration/registers';
import { reportRoutes } from './administration/reports';
import { messageRoutes } from './http/messages';
import type { Route } from './http/route';
import { statementRoutes } from './money/statements';
import { startSubsidyRoutes } from './money/start-subsidies';
import { stipendRoutes } from './money/stipends';
import { subsidyRoutes } from './money/subsidies';
import { taskCommands } from './administration/task-commands';
import { taskRoutes } from './administration/tasks';
import { territoryRoutes } from './administration/territories';
import { vacancyRoutes } from './employers/vacancies';
import { vocabularyRoutes } from './administration/vocabularies';

/** Every route under /v1, in the order of the reference page. */
export const routes: readonly Route[] = [
  ...doubleRoutes,
  ...peopleRoutes,
  ...caseRoutes,
  ...matchRoutes,
  ...referralRoutes,
  ...inspectionRoutes,
  ...employmentRoutes,
  ...publicWorksRoutes,
  ...trainingRoutes,
  ...businessRoutes,
  ...markRoutes,
  ...subsidyRoutes,
  ...claimRoutes,
  approvals,
  ...adaptationRoutes,
  ...stipendRoutes,
  ...startSubsidyRoutes,
  ...taskRoutes,
  ...taskCommands,
  ...approvalRoutes,
  ...correctionRoutes,
  ...recoveryRoutes,
  ...budgetRoutes,
  ...ledgerRoutes,
  ...employerRoutes,
  ...accountRoutes,
  ...personsAccountRoutes,
  ...vacancyRoutes,
  ...centreRoutes,
  ...courseRoutes,
  ...vocabularyRoutes,
  ...territoryRoutes,
  ...calendarRoutes,
  ...policyRoutes,
  ...officialRoutes,
  ...reportRoutes,
  ...moneyReportRoutes,
  ...statementRoutes,
  ...registerRoutes,
  ...failedCommands,
  ...messageRoutes,
];
