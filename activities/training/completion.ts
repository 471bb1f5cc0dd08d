import type { Certificate, Completion } from '../../contracts/training';
import type { Transaction } from '../../records/kernel/transaction';

export function completion(_transaction: Transaction, id: string, _body: Completion): Promise<void> {
  throw new Error(`the completion of ${id} is not built`);
}

export function certificate(_transaction: Transaction, id: string, _body: Certificate): Promise<void> {
  throw new Error(`the certificate of ${id} is not built`);
}
