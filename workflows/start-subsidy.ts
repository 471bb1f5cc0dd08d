import { stages } from './stages';

/** The costs of the registration of an own business, from the person's signature to the payment [measures §3]. */
export const startSubsidyStages = stages('start-subsidy', {
  /** The law sets no cap. The administrator proposes a version that sets it. */
  awaiting_law: { law: 'lookForCap' },
  /** The supervisor of the district accepts the costs, whole or in part, or refuses them. */
  review: { start_review: 'stays' },
  /** The amount is reserved on its budget line before the order, the oldest decision first. */
  awaiting_funds: { funds: 'lookForMoney' },
  /** The supervisor of the region signs the order. */
  ordering: { start_signing: 'stays' },
  /** One payment, after the register has said that the business is still registered. */
  running: { last_claims: 'endsWithPayment', funds: 'lookForMoney' },
});
