import type { LookBackEvidence } from '../../contracts/training';
import type { Task } from '../../prisma/generated/client';
import type { Transaction } from '../../records/kernel/transaction';
import type { Question } from '../row-handlers';

export function lookBack(_transaction: Transaction, id: string, _task: Task): Promise<void> {
  throw new Error(`the look-back of ${id} is not built`);
}

export function evidenceOfLookBack(_transaction: Transaction, id: string, _task: Task): Promise<void> {
  throw new Error(`the look-back of ${id} is not built`);
}

export function lookBackUnknown(_transaction: Transaction, id: string, _task: Task): Promise<void> {
  throw new Error(`the look-back of ${id} is not built`);
}

export function lookBackEvidence(
  _transaction: Transaction,
  id: string,
  _body: LookBackEvidence,
): Promise<void> {
  throw new Error(`the look-back of ${id} is not built`);
}

export const lookBackAnswer: Question = {
  ask: (_registers, _transaction, id) => {
    throw new Error(`the look-back of ${id} is not built`);
  },
  onAnswer: (_transaction, id) => {
    throw new Error(`the look-back of ${id} is not built`);
  },
};
