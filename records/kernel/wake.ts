import type { Transaction } from './transaction';

/** Begins or wakes another row's workflow once this transaction is committed. */
export async function wake(transaction: Transaction, target: string): Promise<void> {
  if (target === transaction.waker || transaction.woken.has(target)) return;
  transaction.woken.add(target);
  await transaction.tx.outbox.create({ data: { subject: transaction.waker, target, at: transaction.now } });
}

/**
 * Another row in the same transaction: what is written through the answer (tasks, events, notices) stands under its name,
 * and its workflow is woken.
 */
export async function inRow(transaction: Transaction, subject: string): Promise<Transaction> {
  await wake(transaction, subject);
  return { ...transaction, subject };
}
