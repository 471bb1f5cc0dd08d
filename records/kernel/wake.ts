import type { Transaction } from './transaction';

/** Begins or wakes another row's workflow once this transaction is committed. */
export function wake(transaction: Transaction, target: string): void {
  const { entries, woken, waker, now, wakesCanWait = false } = transaction;
  if (target !== waker && !woken.has(target)) {
    woken.set(target, waker);
    entries.wakes.push({ subject: waker, target, at: now, canWait: wakesCanWait });
  }
}

/**
 * Another row in the same transaction. Tasks, events and notices that are written through the answer have that row as their
 * subject, and its workflow is woken.
 */
export function inRow(transaction: Transaction, subject: string): Transaction {
  wake(transaction, subject);
  return { ...transaction, subject };
}
