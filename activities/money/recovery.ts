import { monthsClaim } from '../../domain/money/claim-id';
import { addDays, dayOf } from '../../domain/day';
import type { RecoveryDecision } from '../../domain/money/commands';
import type { Json } from '../../prisma/db';
import type { Recovery } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { mustBeAnother } from '../../records/kernel/participations';
import { post } from '../../records/kernel/ledger';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import type { RowFile } from '../row-handlers';
import { placeOfSubsidy, readSubsidy } from './read';
import { aboutRecovery, postingOfRecovery, readRecovery, repaid } from './recovering';

export { repaid };

/** The chief finance officer extends once, hands it to a court, or writes it off: who took part in the correction does not. */
async function decision(unit: Unit, id: string, body: RecoveryDecision): Promise<void> {
  const row = await readRecovery(unit, id);
  const overpaid = await unit.tx.claim.findUniqueOrThrow({ where: { id: row.claimId } });
  await mustBeAnother(unit, 'recovery', [subjectOf('claim', monthsClaim(overpaid))]);
  if (body.decision === 'extend') return extend(unit, row, body);
  await closeTasks(unit, {}, body.decision);
  if (body.decision === 'hand_over') return handOver(unit, row, body);
  await writeOff(unit, row, body);
}

type As<D extends RecoveryDecision['decision']> = Extract<RecoveryDecision, { decision: D }>;

/** Counted from the last day, or from today where it has passed. */
async function extend(unit: Unit, row: Recovery, { days, reason }: As<'extend'>): Promise<void> {
  const before = row.outcome as { extended?: unknown } | null;
  if (before?.extended) throw notNow('extended_before', 'The time to repay is extended once.');
  const subsidy = await readSubsidy(unit, row.subsidyId);
  const where = { subject: unit.subject, kind: 'repayment', closedAt: null };
  const { due } = await unit.tx.task.findFirstOrThrow({ where });
  const last = due && due > unit.now ? dayOf(due) : unit.today;
  const length = { n: days, unit: 'days' } as const;
  await openTask(unit, { ...placeOfSubsidy(subsidy), kind: 'repayment', from: last, length });
  const extended = { days, until: addDays(last, days), by: unit.actor.id };
  await move(unit, 'recovery', row, row.state as 'demanded', { outcome: { extended } });
  await record(unit, 'recovery_extended', aboutRecovery(row), { days }, reason);
}

/** What comes in later still comes with the statement, under the recovery's number. */
async function handOver(unit: Unit, row: Recovery, body: As<'hand_over'>): Promise<void> {
  await decided(unit, row, 'handed_over', body);
  await record(unit, 'recovery_handed_over', aboutRecovery(row), { number: body.number }, body.court);
}

async function writeOff(unit: Unit, row: Recovery, body: As<'write_off'>): Promise<void> {
  const { number, date } = body.order;
  if (date > unit.today)
    throw wrongField('order.date', 'impossible_day', 'The order is not of a day to come.');
  await post(unit, 'written_off', { ...postingOfRecovery(row, row.left), act: `${number} (${date})` });
  await decided(unit, row, 'written_off', { ...body, amount: Number(row.left) }, { left: 0n });
  await record(unit, 'recovery_written_off', aboutRecovery(row), { number }, body.grounds);
}

const decided = (
  unit: Unit,
  row: Recovery,
  state: 'handed_over' | 'written_off',
  outcome: object,
  data: object = {},
): Promise<void> =>
  move(unit, 'recovery', row, state, {
    ...data,
    outcome: { ...(row.outcome as object), ...outcome, by: unit.actor.id } as Json,
  });

/** An overpayment demanded back [money §6]. */
export const recoveryFile: RowFile<'recovery'> = {
  kind: 'recovery',
  commands: { decision },
  steps: {},
  questions: {},
};
