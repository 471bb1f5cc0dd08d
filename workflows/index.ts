import { pathway } from './pathway';
import { tables } from './tables';

export { calendarChange } from './calendar-change';
export { policyChange } from './policy-change';

/** Each takes the workflow id, its row's business key, e.g. `referral/R-000001`. */
export const casePathway = pathway(tables.case);
export const referral = pathway(tables.referral);
export const inspection = pathway(tables.inspection);
export const retention = pathway(tables.retention);
export const wageSubsidy = pathway(tables.subsidy);
export const adaptationSubsidy = pathway(tables.adaptation);
export const claim = pathway(tables.claim);
export const approval = pathway(tables.approval);
export const recovery = pathway(tables.recovery);
export const budgetLine = pathway(tables.line);
export const statement = pathway(tables.statement);
export const registerNews = pathway(tables.news);
