import type { Day } from '../../domain/day';
import { type Blocker, blockersOf } from '../../domain/money/blockers';
import type { ReportedEnd } from '../../domain/money/job-end';
import type { Tx } from '../../prisma/db';
import type { Account, Claim, Subsidy } from '../../prisma/generated/client';
import type { View } from '../kernel/view';

/** The employer's confirmed account, and the instant from which it may be used; null while none is confirmed. */
export const accountOf = (tx: Pick<Tx, 'account'>, employerId: string): Promise<Account | null> =>
  tx.account.findFirst({ where: { employerId, state: 'confirmed' } });

/** The fields of a claim from which its blockers are computed. */
export type Blockable = Pick<
  Claim,
  'id' | 'subsidyId' | 'month' | 'employerId' | 'amount' | 'setOffDone' | 'checkPassed' | 'state'
> & { subsidy: Subsidy };

/** The blockers of one claim's approval now, in any state. They are read from the record and never stored [money §4]. */
export async function blockersFor(tx: Reader, claim: Blockable, now: Date): Promise<Blocker[]> {
  return (await computed(tx, [claim], now)).get(claim.id) ?? [];
}

/**
 * The blockers of the approval of several claims now. The number of queries does not grow with the claims. A view reads the
 * blockers of a claim once.
 *
 * @returns by id; only claims that await a decision or are disputed have any
 */
export async function blockersForAll(
  { tx, now, blockers: known = new Map() }: Pick<View, 'tx' | 'now' | 'blockers'>,
  claims: readonly Blockable[],
): Promise<ReadonlyMap<string, Blocker[]>> {
  const looked = claims.filter(({ id, state }) => hasBlockers(state) && !known.has(id));
  if (looked.length > 0) for (const [id, its] of await computed(tx, looked, now)) known.set(id, its);
  return known;
}

const hasBlockers = (state: string): boolean => state === 'ready' || state === 'disputed';

type Reader = Pick<Tx, 'account' | 'commitment' | 'employment' | 'payment' | 'task'>;

async function computed(
  tx: Reader,
  looked: readonly Blockable[],
  now: Date,
): Promise<Map<string, Blocker[]>> {
  const accounts = await tx.account.findMany({
    where: { employerId: { in: looked.map(({ employerId }) => employerId) }, state: 'confirmed' },
  });
  const commitments = await tx.commitment.findMany({
    where: { subsidyId: { in: looked.map(({ subsidyId }) => subsidyId) } },
  });
  const ends = await reportedEnds(tx, looked);
  const differing = await differingPayments(tx, looked);
  return new Map(
    looked.map((claim) => {
      const { subsidy, month } = claim;
      const reserved = commitments.find(
        (one) => one.subsidyId === claim.subsidyId && one.month === claim.month,
      );
      const account = accounts.find(({ employerId }) => employerId === claim.employerId);
      const facts = {
        month: month || undefined,
        amount: (claim.amount ?? 0n) - claim.setOffDone,
        checkPassed: claim.checkPassed,
        endReportedOn: earlier(
          (subsidy.endReported as ReportedEnd | null)?.on,
          ends.get(subsidy.employmentId ?? ''),
        ),
        committed: reserved?.amount ?? 0n,
        accountUsableFrom: account?.usableFrom ?? undefined,
        disputed: claim.state === 'disputed' || differing.has(claim.id),
        now,
      };
      return [claim.id, blockersOf(facts)];
    }),
  );
}

const earlier = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/**
 * Claims with an earlier payment that hinders a new attempt [money §5]. There are two cases. The treasury's statement differs
 * from the record, and nobody has explained the difference. Or an officer says that the payment came back, and the treasury has
 * not said so.
 */
async function differingPayments(
  tx: Pick<Tx, 'payment' | 'task'>,
  claims: readonly Blockable[],
): Promise<Set<string>> {
  const payments = await tx.payment.findMany({
    where: { claimId: { in: claims.map(({ id }) => id) } },
    select: { key: true, claimId: true, state: true, word: true },
  });
  if (payments.length === 0) return new Set();
  const differences = await tx.task.findMany({
    where: { kind: 'difference', ref: { in: payments.map(({ key }) => key) }, closedAt: null },
    select: { ref: true },
  });
  const refs = new Set(differences.map(({ ref }) => ref));
  const differs = payments.filter(
    ({ key, state, word }) => refs.has(key) || (word === 'officer' && state !== 'settled'),
  );
  return new Set(differs.map(({ claimId }) => claimId));
}

/** The last days of jobs that were reported in the monitoring of employments and are not confirmed. */
async function reportedEnds(tx: Pick<Tx, 'employment'>, claims: readonly Blockable[]) {
  const jobs = claims.flatMap(({ subsidy }) => subsidy.employmentId ?? []);
  const ending = await tx.employment.findMany({
    where: { id: { in: jobs }, state: 'ending' },
    select: { id: true, ending: true },
  });
  return new Map(ending.map(({ id, ending: reported }) => [id, (reported as { on: string } | null)?.on]));
}
