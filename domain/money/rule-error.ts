/** Why the law gives no answer: said as it is, where a sum of 0 would hide it. */
export const ruleErrors = ['no_bhm', 'no_minimum_wage', 'no_rule', 'amount_not_set', 'period_over'] as const;
export type RuleErrorCode = (typeof ruleErrors)[number];

/** A rule that is asked about something it does not cover [money §1: refused, never 0]. */
export class RuleError extends Error {
  override readonly name = 'RuleError';

  constructor(
    readonly code: RuleErrorCode,
    /** What it was asked about: a month, a day, a programme. */
    readonly about: string,
  ) {
    super(`${code}: ${about}`);
  }
}
