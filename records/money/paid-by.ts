import { dayOf } from '../../domain/day';
import { paidByDay } from '../../domain/money/paid-by';
import type { ClaimState } from '../../domain/pathways/claim';
import type { Tx } from '../../prisma/db';
import type { Claim, Payment } from '../../prisma/generated/client';
import { subjectOf } from '../kernel/rows';
import { readCalendar } from '../kernel/calendar';

/** The day by which a claim is paid, or was paid; null while the day is not known. */
export async function paidBy(
  tx: Tx,
  claim: Pick<Claim, 'id' | 'state' | 'month' | 'policyId' | 'approvedAt' | 'settledOn'> & {
    payments: readonly Pick<Payment, 'createdAt'>[];
  },
  now: Date,
): Promise<string | null> {
  const decision = await tx.task.findFirst({
    where: { subject: subjectOf('claim', claim.id), kind: 'claim_decision', closedAt: null },
    select: { due: true },
  });
  const policy = await tx.policyVersion.findUnique({ where: { id: claim.policyId } });
  const { lengths } = (policy?.rules ?? {}) as { lengths?: Record<string, { n: number }> };
  const sent = claim.payments.at(-1);
  const day = paidByDay(
    {
      state: claim.state as ClaimState,
      month: claim.month,
      decidedBy: decision?.due ? dayOf(decision.due) : undefined,
      approvedOn: claim.approvedAt ? dayOf(claim.approvedAt) : undefined,
      sentOn: sent && dayOf(sent.createdAt),
      settledOn: claim.settledOn ?? undefined,
      today: dayOf(now),
      sending: lengths?.['sending']?.n ?? 1,
      treasury: lengths?.['treasurySilence']?.n ?? 3,
    },
    await readCalendar(tx),
  );
  return day ?? null;
}
