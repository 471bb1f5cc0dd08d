import type { Transaction } from '../../records/kernel/transaction';

export function lastDay(_transaction: Transaction, id: string): Promise<void> {
  throw new Error(`the last day of ${id} is not built`);
}
