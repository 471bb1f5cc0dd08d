import { dayOf } from '../../domain/day';
import { paidByDay } from '../../domain/money/paid-by';
import type { ClaimState } from '../../domain/pathways/claim';
import type { Aggregate } from '../kernel/aggregates';
import type { View } from '../kernel/view';

/** The day by which a claim is paid, or was paid; null while the day is not known. */
export async function paidBy(
  { law, calendar, today }: Pick<View, 'law' | 'calendar' | 'today'>,
  { row, around: { payments }, waiting }: Aggregate<'claim'>,
): Promise<string | null> {
  const decision = waiting.find(({ kind }) => kind === 'claim_decision');
  const policy = (await law()).policies.find(({ id }) => id === row.policyId);
  const { sending, treasurySilence: treasury } = policy?.rules.lengths ?? {};
  const sent = payments.at(-1);
  const day = paidByDay(
    {
      state: row.state as ClaimState,
      month: row.month,
      decidedBy: decision?.due ? dayOf(decision.due) : undefined,
      approvedOn: row.approvedAt ? dayOf(row.approvedAt) : undefined,
      sentOn: sent && dayOf(sent.createdAt),
      settledOn: row.settledOn ?? undefined,
      today,
      sending: sending?.n ?? 1,
      treasury: treasury?.n ?? 3,
    },
    await calendar(),
  );
  return day ?? null;
}
