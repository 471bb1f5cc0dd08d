import { hasFollowed, type InspectionState } from '../../domain/pathways/inspection';
import type { Saying } from '../../domain/words/notice-params';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { overtake } from '../../records/money/proposing';
import { tellOfficial } from '../steps/tell';
import { about, type WholeInspection } from './read';

export async function close(
  transaction: Transaction,
  row: WholeInspection,
  state: InspectionState,
  data: object = {},
): Promise<void> {
  await closeTasks(transaction, {}, state);
  await move(transaction, 'inspection', row, state, { ...data, endedAt: transaction.now });
  await overtakeWithdrawal(transaction, row, state);
}

/** A withdrawal of the resolution that is proposed can no longer be approved in these states. Nobody is asked about it any more. */
export async function overtakeWithdrawal(
  transaction: Transaction,
  row: WholeInspection,
  state: InspectionState,
): Promise<void> {
  if (!hasFollowed({ ...row, state })) return;
  const proposal = { kind: 'resolution_withdrawal', about: subjectOf('inspection', row.id), open: true };
  const open = await transaction.tx.approval.findFirst({ where: proposal });
  if (!open) return;
  await lockRow(transaction.tx, 'approval', open.id);
  await overtake(transaction, open, { employerId: row.employerId });
}

/**
 * The person and the case manager learn the inspection's decision and its grounds.
 *
 * @param toPerson the consequence for the person
 */
export async function tellOutcome(
  transaction: Transaction,
  row: WholeInspection,
  resolution: string,
  toPerson: Saying<'person_settled' | 'person_directed' | 'person_justified' | 'person_unjustified'>,
  grounds?: string,
): Promise<void> {
  const occasion = `${resolution}${occasionOf(row)}`;
  await notify(transaction, { ...toPerson, to: { kind: 'person', id: row.personId }, occasion });
  const params = { inspection: row.id, resolution, grounds: grounds ?? null };
  await tellOfficial(transaction, row.managerId, { type: 'resolution', params }, occasion);
}

/** Distinguishes the messages about a withdrawn resolution from the messages about the next resolution. */
export const occasionOf = ({ earlierResolutions }: WholeInspection): string => {
  const { length } = earlierResolutions as unknown[];
  return length === 0 ? '' : `-${length + 1}`;
};

/** Ends the inspection with a reason. */
export async function endInspection(
  transaction: Transaction,
  row: WholeInspection,
  why: string,
): Promise<void> {
  await close(transaction, row, 'ended', { findingOnly: why });
  await record(transaction, 'inspection_ended', about(row), { inspection: row.id, why });
}

/**
 * A settlement or a directive lapses. The inspection ends with a reason of the person's side, and the employer is told that it
 * owes no hire any more, as of a withdrawn referral [pathway §5].
 */
export async function lapse(transaction: Transaction, row: WholeInspection, why: string): Promise<void> {
  await endInspection(transaction, row, why);
  const { resolution } = row.resolution as { resolution: string };
  await notify(transaction, {
    type: 'resolution_lapsed',
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id, resolution },
  });
}

/** The inspection does not open, for the given reason. Only the person and the hearing official knew of the inspection. */
export async function notOpened(transaction: Transaction, row: WholeInspection, why: string): Promise<void> {
  await close(transaction, row, 'not_opened', { findingOnly: why });
  await record(transaction, 'inspection_not_opened', about(row), { inspection: row.id, why });
}

/** The message to the employer, by the reason why the ground of an inspection is taken back. */
const takenBack = {
  answered_in_time: 'inspection_taken_back',
  heard_in_time: 'inspection_taken_back',
  end_taken_back: 'early_end_taken_back',
  decision_replaced: 'inspection_of_replaced',
  job_reopened: 'inspection_of_reopened',
} as const;

/** The inspection's ground is taken back. The inspection ends with that reason, and the employer is told. */
export async function takeInspectionBack(
  transaction: Transaction,
  row: WholeInspection,
  why: keyof typeof takenBack,
): Promise<void> {
  if (row.state === 'hearing') return notOpened(transaction, row, why);
  await endInspection(transaction, row, why);
  await notify(transaction, {
    type: takenBack[why],
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id },
  });
}
