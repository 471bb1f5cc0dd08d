import type { Placement } from '../../contracts/training';
import type { Transaction } from '../../records/kernel/transaction';

export function placement(_transaction: Transaction, id: string, _body: Placement): Promise<void> {
  throw new Error(`the help of ${id} is not built`);
}

export function helpEnds(_transaction: Transaction, id: string): Promise<void> {
  throw new Error(`the help of ${id} is not built`);
}
