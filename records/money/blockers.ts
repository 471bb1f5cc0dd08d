import { type Blocker, blockersOf } from '../../domain/money/blockers';
import type { Tx } from '../../prisma/db';
import type { Account, Claim, Subsidy } from '../../prisma/generated/client';

/** The account that an employer is paid to, with when it may be; null while none is confirmed. */
export const accountOf = (tx: Pick<Tx, 'account'>, employerId: string): Promise<Account | null> =>
  tx.account.findFirst({ where: { employerId, state: 'confirmed' } });

/** What stands in the way of approving a claim now: read from the record, never stored [money §4]. */
export async function blockersFor(
  tx: Tx,
  claim: Pick<Claim, 'subsidyId' | 'month' | 'employerId' | 'amount' | 'checkPassed' | 'state'> & {
    subsidy: Subsidy;
  },
  now: Date,
): Promise<Blocker[]> {
  const { subsidy } = claim;
  const account = await accountOf(tx, claim.employerId);
  const commitment = await tx.commitment.findUnique({
    where: { subsidyId_month: { subsidyId: claim.subsidyId, month: claim.month } },
  });
  const reported = (subsidy.endReported as { on: string } | null)?.on ?? (await endReportedOf(tx, subsidy));
  return blockersOf({
    month: claim.month || undefined,
    amount: claim.amount ?? 0n,
    checkPassed: claim.checkPassed,
    endReportedOn: reported,
    committed: commitment?.amount ?? 0n,
    accountUsableFrom: account?.usableFrom ?? undefined,
    disputed: claim.state === 'disputed',
    now,
  });
}

/** The last day of the job as the monitoring of the employment has it reported and not confirmed. */
async function endReportedOf(tx: Tx, { employmentId }: Subsidy): Promise<string | undefined> {
  if (employmentId === null) return undefined;
  const job = await tx.employment.findUnique({
    where: { id: employmentId },
    select: { state: true, ending: true },
  });
  return job?.state === 'ending' ? (job.ending as { on: string } | null)?.on : undefined;
}
