export { calendarChange } from './calendar-change';
export { casePathway } from './case-pathway';
export { inspection } from './inspection';
export { referral } from './referral';
export { registerNews } from './register-news';
export { retention } from './retention';
