import type { Reason, ReasonCode, ReasonParams } from '../matching';

/** Gives the name of a code: of a kind of work, a condition or a district. */
export type NameOf = (code: string) => string;

type Sentences = { [C in ReasonCode]: (params: ReasonParams[C], nameOf: NameOf) => string };

const sentences: Sentences = {
  kind_unsuitable: ({ work }, nameOf) =>
    `Your work recommendation says that this work is not suitable for you: ${nameOf(work)}.`,
  hours_too_long: ({ hours, most }) =>
    `The job is ${hours} hours a week; your work recommendation allows at most ${most}.`,
  condition_missing: ({ condition }, nameOf) =>
    `Your work recommendation says what you need at work, and the employer does not offer it: ${nameOf(condition)}.`,
  kind_recommended: ({ work }, nameOf) =>
    `Your work recommendation names this kind of work: ${nameOf(work)}.`,
  kind_not_named: ({ work }, nameOf) =>
    `Your work recommendation does not name this kind of work, but does not rule it out: ${nameOf(work)}.`,
  condition_kept: ({ condition }, nameOf) =>
    `The employer offers what you need at work: ${nameOf(condition)}.`,
  hours_allowed: ({ hours, most }) =>
    `The job is ${hours} hours a week, within the ${most} that your work recommendation allows.`,
  kind_wished: ({ work }, nameOf) => `It is work that you asked for: ${nameOf(work)}.`,
  kind_not_wished: ({ work }, nameOf) =>
    `It is not the work that you asked for, but another kind: ${nameOf(work)}.`,
  part_time: ({ hours }) => `It is part-time work, as you wish: ${hours} hours a week.`,
  full_time: ({ hours }) => `You wish to work part time; this job is full time, ${hours} hours a week.`,
  wage_enough: ({ wage, wished }) => `It pays ${soum(wage)} a month; you wish for at least ${soum(wished)}.`,
  wage_too_low: ({ wage, wished }) =>
    `It pays ${soum(wage)} a month, less than the ${soum(wished)} that you wish for.`,
  skill_known: ({ skill }) => `You have a skill that the employer asks for: ${skill}.`,
  skill_missing: ({ skill }) => `The employer asks for a skill that is not among yours: ${skill}.`,
  same_district: ({ district }, nameOf) => `It is in your district: ${nameOf(district)}.`,
  same_region: ({ district }, nameOf) => `It is in another district of your region: ${nameOf(district)}.`,
  other_region: ({ district }, nameOf) => `It is outside your region: ${nameOf(district)}.`,
  reserved: ({ title }) => `The job is reserved for persons with disabilities: ${title}.`,
};

/**
 * A reason as a sentence for the person.
 *
 * @param nameOf gives the names of codes; without it the sentence holds the codes
 */
export const reasonInWords = <C extends ReasonCode>(
  reason: Reason<C>,
  nameOf: NameOf = (code) => code,
): string => sentences[reason.code](reason.params, nameOf);

/** Whole so'm with spaces between the thousands: `2 500 000 so'm`. */
const soum = (amount: number): string => `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ' ')} so'm`;
