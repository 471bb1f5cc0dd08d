import { Prisma } from '../prisma/generated/client';
import { kinds } from './kernel/kinds';
import { subjectOf } from './kernel/rows';
import type { Transaction } from './kernel/transaction';
import { wake } from './kernel/wake';

/** The kinds of rows that look again when their employer is liquidated, reorganised, or corrected. */
const ofEmployer = ['referral', 'inspection', 'retention', 'public-works'] as const;

/** Wakes every open row of an employer. */
export async function wakeRowsOfEmployer(transaction: Transaction, employerId: string): Promise<void> {
  for (const kind of ofEmployer) {
    const rows = await transaction.tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM ${Prisma.raw(kinds[kind].table)} WHERE employer_id = ${employerId} AND open ORDER BY id`;
    for (const { id } of rows) wake(transaction, subjectOf(kind, id));
  }
}
