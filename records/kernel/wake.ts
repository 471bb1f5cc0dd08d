import type { Transaction } from './transaction';

/** Begins or wakes another row's workflow once this transaction is committed. */
export async function wake(transaction: Transaction, target: string): Promise<void> {
  if (target === transaction.waker || transaction.woken.has(target)) return;
  transaction.woken.set(target, transaction.waker);
  const { tx, waker, now, wakesCanWait = false } = transaction;
  await tx.$executeRaw`
    INSERT INTO outbox (subject, target, at, can_wait) VALUES (${waker}, ${target}, ${now}, ${wakesCanWait})`;
}

/**
 * Another row in the same transaction. Tasks, events and notices that are written through the answer have that row as their
 * subject, and its workflow is woken.
 */
export async function inRow(transaction: Transaction, subject: string): Promise<Transaction> {
  await wake(transaction, subject);
  return { ...transaction, subject };
}
