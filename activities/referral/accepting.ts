import type { Day } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutReferral } from '../steps/referrals';
import type { WholeReferral } from './read';
import { occasionOf } from './replacing';

/** The time line and the person learn that the employer accepted, and from which day the person works [pathway §5]. */
export async function tellAcceptance(
  transaction: Transaction,
  referral: WholeReferral,
  accepted: { startOn: Day; manner?: string; received?: Day },
): Promise<void> {
  const { startOn } = accepted;
  await record(transaction, 'referral_accepted', aboutReferral(referral), {
    referral: referral.id,
    ...accepted,
  });
  await notify(transaction, {
    type: 'accepted',
    to: { kind: 'person', id: referral.personId },
    params: { startOn },
    occasion: occasionOf(referral),
  });
}
