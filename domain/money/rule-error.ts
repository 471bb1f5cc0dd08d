/** The reasons why the law gives no answer. A sum of 0 would hide the reason. */
export const ruleErrors = ['no_bhm', 'no_minimum_wage', 'no_rule', 'amount_not_set', 'period_over'] as const;
export type RuleErrorCode = (typeof ruleErrors)[number];

/** A rule does not cover the question [money §1: refused, never 0]. */
export class RuleError extends Error {
  override readonly name = 'RuleError';

  constructor(
    readonly code: RuleErrorCode,
    /** The subject of the question: a month, a day, a programme. */
    readonly about: string,
  ) {
    super(`${code}: ${about}`);
  }
}
