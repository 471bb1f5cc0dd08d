import { record } from '../../records/kernel/events';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { RegistrationAnswer } from '../../registers/business';
import {
  aboutBusiness,
  awaitMarkCheck,
  hasValidMark,
  type OwnBusiness,
  readBusiness,
  revokeMarks,
} from '../steps/business';
import { askAboutMark, keepWatching, MARK, MARK_AGAIN } from '../steps/marks';

/** The month is over: the register is asked, while a mark is valid. */
export async function markFallsDue(transaction: Transaction, id: string): Promise<void> {
  const row = await readBusiness(transaction, id);
  await closeTasks(transaction, { kinds: ['mark_check'] }, 'due');
  if (await hasValidMark(transaction, row)) await askAboutMark(transaction, row);
  await keepWatching(transaction, row);
}

/**
 * The register's answer about the mark of a business that is over. A first no is provisional: the register is asked again a day later.
 * The second one revokes the mark.
 */
export async function aboutMark(
  transaction: Transaction,
  row: OwnBusiness,
  answer: Exclude<RegistrationAnswer, { answer: 'unknown' }>,
  ref: string,
): Promise<void> {
  if (answer.answer === 'yes') {
    await awaitMarkCheck(transaction, row);
    return keepWatching(transaction, row);
  }
  if (ref === MARK) {
    await askAboutMark(transaction, row, MARK_AGAIN);
    return keepWatching(transaction, row);
  }
  const on = answer.because === 'ended' ? answer.until : transaction.today;
  await record(transaction, 'mark_business_over', aboutBusiness(row), { on });
  await revokeMarks(transaction, row, 'deregistered');
  await keepWatching(transaction, row, {
    lastOn: row.startedOn !== null && on < row.startedOn ? row.startedOn : on,
    ...(row.state === 'sustained' && { endReason: 'deregistered' }),
  });
}
