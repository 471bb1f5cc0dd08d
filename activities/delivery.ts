import type { Unit } from '../records/unit';
import { referralDelivered } from './referral';

export type NoticeState = 'accepted' | 'delivered' | 'failed' | 'dropped';

/**
 * Records what became of a message: the gateway's answer, or its receipt later. A receipt may come twice and out of order;
 * what was delivered stays delivered. The first channel that delivers a referral has delivered it [pathway §5].
 */
export async function settleNotice(unit: Unit, key: string, state: NoticeState, why?: string): Promise<void> {
  const { count } = await unit.tx.notice.updateMany({
    where: {
      key,
      state: { in: state === 'delivered' ? ['queued', 'accepted', 'failed'] : ['queued', 'accepted'] },
    },
    data: { state, why: why ?? null, attempts: { increment: 1 }, settledAt: unit.now },
  });
  if (count === 0 || state !== 'delivered') return;
  const notice = await unit.tx.notice.findUniqueOrThrow({ where: { key } });
  if (notice.type === 'referral_issued') await referralDelivered(unit, notice.subject, notice.channel);
}
