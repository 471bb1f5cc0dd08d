import type { Language } from '../domain/words/languages';
import { bringsReferral } from '../domain/pathways/referral';
import type { Notice } from '../prisma/generated/client';
import type { Transaction } from '../records/kernel/transaction';
import { referralDelivered } from './referral/delivery';

export type NoticeState = 'accepted' | 'delivered' | 'failed' | 'dropped';

export interface Settled {
  why?: string | undefined;
  /** The instant of delivery by the gateway. */
  at?: Date | undefined;
  /** The language in which it was sent. A receipt does not name it. */
  language?: Language | undefined;
}

/**
 * Records the result of a message: the gateway's answer, or a later receipt. A receipt may come twice and out of order. A
 * delivered message stays delivered. The first channel that delivers a referral counts [pathway §5].
 * An instant of delivery before the message was written, or after now, is impossible; then the present instant counts.
 */
export async function settleNotice(
  transaction: Transaction,
  notice: Notice,
  state: NoticeState,
  { why, at, language }: Settled = {},
): Promise<void> {
  const { key } = notice;
  const believed = at !== undefined && at >= notice.createdAt && at <= transaction.now;
  const settledAt = state === 'delivered' && believed ? at : transaction.now;
  const { tx } = transaction;
  const before = state === 'delivered' ? ['queued', 'accepted', 'failed'] : ['queued', 'accepted'];
  const count = await tx.$executeRaw`
    UPDATE notices SET state = ${state}, why = ${why ?? null}, attempts = attempts + 1, settled_at = ${settledAt},
      language = coalesce(${language ?? null}, language)
    WHERE key = ${key} AND state = ANY(${before})`;
  // The receipt came before the gateway's own answer, and did not name the language.
  if (count === 0 && language)
    await tx.$executeRaw`UPDATE notices SET language = ${language} WHERE key = ${key}`;
  if (count === 0 || state !== 'delivered') return;
  if (bringsReferral.includes(notice.type))
    await referralDelivered(transaction, notice.subject, { how: notice.channel, at: settledAt });
}
