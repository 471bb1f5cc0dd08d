import { type Blocker, blockersOf } from '../../domain/money/blockers';
import type { ReportedEnd } from '../../domain/money/job-end';
import type { Tx } from '../../prisma/db';
import type { Account } from '../../prisma/generated/client';
import type { Aggregate } from '../kernel/aggregates';
import { claimAggregates, type View } from '../kernel/view';

/** The payee's confirmed account, and the instant from which it may be used; null while none is confirmed. */
export const accountOf = (tx: Pick<Tx, 'account'>, payee: string): Promise<Account | null> =>
  tx.account.findFirst({ where: { payee, state: 'confirmed' } });

/**
 * The blockers of a claim's approval at an instant, in any state. They are read from the record and never stored [money §4].
 *
 * @param aggregate of the claim
 */
export function blockersIn({ row, around }: Aggregate<'claim'>, now: Date): Blocker[] {
  const { subsidy, account, reserved, payments, endReportedOn } = around;
  const ends = [(subsidy.endReported as ReportedEnd | null)?.on, endReportedOn].filter((on) => on != null);
  return blockersOf({
    month: row.month || undefined,
    amount: (row.amount ?? 0n) - row.setOffDone,
    checkPassed: row.checkPassed,
    endReportedOn: ends.toSorted()[0],
    committed: reserved,
    accountUsableFrom: account?.usableFrom ?? undefined,
    disputed: row.state === 'disputed' || payments.some(hinders),
    now,
  });
}

/**
 * Whether an earlier payment hinders a new attempt [money §5]. There are two cases. The treasury's statement differs from the
 * record, and nobody has explained the difference. Or an officer says that the payment came back, and the treasury has not said
 * so.
 */
const hinders = ({ differs, word, state }: Aggregate<'claim'>['around']['payments'][number]): boolean =>
  differs || (word === 'officer' && state !== 'settled');

/** The blockers as a person is told of them: only claims that await a decision or are disputed have any. */
export const blockersShown = (aggregate: Aggregate<'claim'>, now: Date): Blocker[] =>
  aggregate.row.state === 'ready' || aggregate.row.state === 'disputed' ? blockersIn(aggregate, now) : [];

/** The same of several claims, by id. */
export async function blockersById(
  view: Pick<View, 'tx' | 'now' | 'claims'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Blocker[]>> {
  const aggregates = await claimAggregates(view, ids);
  return new Map(aggregates.map((aggregate) => [aggregate.row.id, blockersShown(aggregate, view.now)]));
}
