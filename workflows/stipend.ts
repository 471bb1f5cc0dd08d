import { stages } from './stages';

/** The stipend of a person who studies, from the admission to the last month paid [measures §4]. */
export const stipendStages = stages('stipend', {
  /** The law leaves the amount empty. The administrator proposes a version that sets it. */
  awaiting_law: { law: 'lookForAmount' },
  /** Every month of study is reserved on its budget line before the order, the oldest decision first. */
  awaiting_funds: { funds: 'lookForMoney' },
  /** The head of the employment department signs the order. */
  ordering: { signing: 'stays' },
  /** A claim for each month with days of study. */
  running: { next_claim: 'openClaim', last_claims: 'endsWithLast', funds: 'lookForMoney' },
});
