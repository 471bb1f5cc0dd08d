import type { Interruption } from '../../contracts/training';
import type { Transaction } from '../../records/kernel/transaction';

export function interruption(_transaction: Transaction, id: string, _body: Interruption): Promise<void> {
  throw new Error(`the interruption of ${id} is not built`);
}

export function goesOn(_transaction: Transaction, id: string): Promise<void> {
  throw new Error(`the interruption of ${id} is not built`);
}
