import type { ResolutionWithdrawal } from '../../contracts/inspection';
import { hasFollowed } from '../../domain/pathways/inspection';
import type { Json } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { notNow } from '../../records/kernel/refusal';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, reopenTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { propose } from '../../records/money/proposing';
import type { Effect } from '../money/approvals/effect';
import { tellOfficial } from '../steps/tell';
import { about, readInspection, type WholeInspection } from './read';

/** The proposal that another inspector decides. `resolvedAt` identifies the resolution. */
type Withdrawal = {
  inspection: string;
  resolvedAt: string;
  resolution: Json;
};

/**
 * The chief inspector proposes to withdraw a resolution that was entered by mistake. Another inspector decides [pathway §6].
 * The time limit is for the proposal only. A later decision harms nobody, because a contract or a measure ends the proposal.
 *
 * @throws Refusal 409 after the time, if no inspector entered the resolution, or if a contract or a measure has followed
 */
export async function resolutionWithdrawal(transaction: Transaction, id: string, body: ResolutionWithdrawal) {
  const row = await readInspection(transaction, id);
  const withdrawal: Withdrawal = {
    inspection: id,
    resolvedAt: row.resolvedAt?.toISOString() ?? '',
    resolution: row.resolution as Json,
  };
  const approval = await propose(transaction, {
    kind: 'resolution_withdrawal',
    about: transaction.subject,
    area: row.area,
    employerId: row.employerId,
    body: withdrawal,
    grounds: body.reason,
  });
  await record(
    transaction,
    'resolution_withdrawal_proposed',
    about(row),
    { inspection: id, approval },
    body.reason,
  );
  return { made: { kind: 'approval' as const, id: approval } };
}

/** The resolution is withdrawn. The inspection is examined again, and its clock goes on [pathway §6]. */
export const resolutionWithdrawn: Effect = {
  async approved(transaction, { body, grounds }) {
    const it = body as Withdrawal;
    await lockRow(transaction.tx, 'inspection', it.inspection);
    const there = inRow(transaction, subjectOf('inspection', it.inspection));
    const row = await readInspection(there, it.inspection);
    if (row.resolvedAt?.toISOString() !== it.resolvedAt || hasFollowed(row))
      throw notNow('acted_on', 'Somebody has acted on the resolution meanwhile: reject the proposal.');
    await closeTasks(there, { kinds: ['compliance'] }, 'resolution_withdrawn');
    await reopenTask(there, 'resolution');
    const earlier = {
      resolution: row.resolution,
      at: it.resolvedAt,
      withdrawnOn: there.today,
      reason: grounds,
    };
    await move(there, 'inspection', row, 'examining', {
      resolution: Prisma.DbNull,
      resolvedAt: null,
      startOn: null,
      endedAt: null,
      earlierResolutions: [...(row.earlierResolutions as Json[]), earlier as Json],
    });
    const { resolution } = row.resolution as { resolution: string };
    const params = { inspection: row.id, resolution };
    await record(there, 'resolution_withdrawn', about(row), params, grounds ?? undefined);
    await tellOfWithdrawal(there, row, it.resolvedAt);
  },
};

async function tellOfWithdrawal(
  transaction: Transaction,
  row: WholeInspection,
  occasion: string,
): Promise<void> {
  const params = { inspection: row.id };
  const employer = { kind: 'employer', id: row.employerId } as const;
  const person = { kind: 'person', id: row.personId } as const;
  await notify(transaction, { type: 'resolution_withdrawn', to: employer, params, occasion });
  await notify(transaction, { type: 'person_resolution_withdrawn', to: person, params: {}, occasion });
  await tellOfficial(transaction, row.managerId, { type: 'resolution_withdrawn', params }, occasion);
}
