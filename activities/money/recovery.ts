import { addDays } from '../../domain/day';
import type { RecoveryDecision } from '../../contracts/recovery';
import type { Json } from '../../prisma/db';
import type { Recovery } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { post } from '../../records/kernel/ledger';
import { wrongField } from '../../records/kernel/refusal';
import { notify } from '../../records/kernel/notices';
import { move } from '../../records/kernel/rows';
import { closeTasks, dueDay, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { toPayee } from '../../records/money/payees';
import type { RowHandlers } from '../row-handlers';
import { instalmentOver, laterParts, remindInstalment, setOffConsent } from './persons-debt';
import { aboutRecovery, placeOfSubsidy, readSubsidy } from './read';
import { postingOfRecovery, readRecovery, repaid } from './recovering';

export { repaid };

/**
 * The chief finance officer extends a recovery once, hands it to a court, or writes it off. Nobody who took part in the
 * correction decides.
 */
async function decision(transaction: Transaction, id: string, body: RecoveryDecision): Promise<void> {
  const row = await readRecovery(transaction, id);
  if (body.decision === 'extend') return extend(transaction, row, body);
  await closeTasks(transaction, {}, body.decision);
  if (body.decision === 'hand_over') return handOver(transaction, row, body);
  await writeOff(transaction, row, body);
}

type As<D extends RecoveryDecision['decision']> = Extract<RecoveryDecision, { decision: D }>;

/** The extension counts from the last day, or from today if that day is past. */
async function extend(
  transaction: Transaction,
  row: Recovery,
  { days, reason }: As<'extend'>,
): Promise<void> {
  if (row.personId !== null) return extendParts(transaction, row, { decision: 'extend', days, reason });
  const subsidy = await readSubsidy(transaction, row.subsidyId);
  const due = await dueDay(transaction, 'repayment');
  const last = due !== null && due > transaction.today ? due : transaction.today;
  const length = { n: days, unit: 'days' } as const;
  await openTask(transaction, { ...placeOfSubsidy(subsidy), kind: 'repayment', from: last, length });
  const extended = { days, until: addDays(last, days), by: transaction.actor.id };
  await move(transaction, 'recovery', row, row.state as 'demanded', { outcome: { extended } });
  await record(transaction, 'recovery_extended', await aboutRecovery(transaction, row), { days }, reason);
  await notify(transaction, {
    type: 'recovery_extended',
    to: toPayee(row),
    params: { recovery: row.id, amount: Number(row.left), due: extended.until },
  });
}

async function extendParts(
  transaction: Transaction,
  row: Recovery,
  { days, reason }: As<'extend'>,
): Promise<void> {
  const due = await laterParts(transaction, row, days);
  const extended = { days, until: due, by: transaction.actor.id };
  await move(transaction, 'recovery', row, row.state as 'demanded', { outcome: { extended } });
  await record(transaction, 'recovery_extended', await aboutRecovery(transaction, row), { days }, reason);
  await notify(transaction, {
    type: 'recovery_extended',
    to: toPayee(row),
    params: { recovery: row.id, amount: Number(row.left), due },
  });
}

/** Later receipts still arrive with the statement, under the recovery's number. */
async function handOver(transaction: Transaction, row: Recovery, body: As<'hand_over'>): Promise<void> {
  await decided(transaction, row, 'handed_over', body);
  await record(
    transaction,
    'recovery_handed_over',
    await aboutRecovery(transaction, row),
    { number: body.number },
    body.court,
  );
}

async function writeOff(transaction: Transaction, row: Recovery, body: As<'write_off'>): Promise<void> {
  const { number, date } = body.order;
  if (date > transaction.today)
    throw wrongField('order.date', 'impossible_day', 'The order is not of a day to come.');
  await post(transaction, 'written_off', { ...postingOfRecovery(row, row.left), act: `${number} (${date})` });
  await decided(transaction, row, 'written_off', { ...body, amount: Number(row.left) }, { left: 0n });
  await record(
    transaction,
    'recovery_written_off',
    await aboutRecovery(transaction, row),
    { number, ...(row.causedBy !== null && { cause: row.causedBy }) },
    body.grounds,
  );
}

const decided = (
  transaction: Transaction,
  row: Recovery,
  state: 'handed_over' | 'written_off',
  outcome: object,
  data: object = {},
): Promise<void> =>
  move(transaction, 'recovery', row, state, {
    ...data,
    outcome: { ...(row.outcome as object), ...outcome, by: transaction.actor.id } as Json,
  });

/** An overpayment demanded back [money §6]. */
export const recoveryHandlers: RowHandlers<'recovery'> = {
  kind: 'recovery',
  commands: { decision, setOffConsent },
  steps: { remindInstalment, instalmentOver },
  questions: {},
};
