import { pathway } from './pathway';
import { approvalStages } from './approval';
import { lineStages } from './budget-line';
import { businessStages } from './business';
import { caseStages } from './case-pathway';
import { claimStages } from './claim';
import { inspectionStages } from './inspection';
import { publicWorksStages } from './public-works';
import { recoveryStages } from './recovery';
import { referralStages } from './referral';
import { newsStages } from './register-news';
import { retentionStages } from './retention';
import { statementStages } from './statement';
import { stipendStages } from './stipend';
import { trainingStages } from './training';
import { adaptationStages, subsidyStages } from './wage-subsidy';

export { calendarChange } from './calendar-change';
export { policyChange } from './policy-change';
export { pruning } from './pruning';

/** The workflow of each kind of row (named in `records/kernel/kinds.ts`). Its argument is the row's business key, e.g. `referral/R-000001`. */
export const casePathway = pathway(caseStages);
export const referral = pathway(referralStages);
export const inspection = pathway(inspectionStages);
export const retention = pathway(retentionStages);
export const publicWorks = pathway(publicWorksStages);
export const training = pathway(trainingStages);
export const ownBusiness = pathway(businessStages);
export const wageSubsidy = pathway(subsidyStages);
export const adaptationSubsidy = pathway(adaptationStages);
export const stipend = pathway(stipendStages);
export const claim = pathway(claimStages);
export const approval = pathway(approvalStages);
export const recovery = pathway(recoveryStages);
export const budgetLine = pathway(lineStages);
export const statement = pathway(statementStages);
export const registerNews = pathway(newsStages);
