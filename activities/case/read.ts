import type { CaseState } from '../../domain/pathways/case';
import { type Case, type Person, Prisma } from '../../prisma/generated/client';
import { columnsOf } from '../../records/kernel/columns';
import type { Tx } from '../../prisma/db';
import { takeLockedAggregate } from '../../records/kernel/aggregates';
import type { Transaction } from '../../records/kernel/transaction';

export type CaseRow = Case & { state: CaseState };

export const readCase = async (transaction: Transaction, id: string): Promise<CaseRow> =>
  (takeLockedAggregate(transaction, 'case', id)?.row ?? (await caseOf(transaction.tx, id))) as CaseRow;

async function caseOf(tx: Tx, id: string): Promise<Case> {
  const [row] = await tx.$queryRaw<Case[]>`
    SELECT ${columnsOf(Prisma.CaseScalarFieldEnum, 'cases')} FROM cases WHERE id = ${id}`;
  if (!row) throw new Error(`there is no case ${id}`);
  return row;
}

export async function personOf({ tx }: Transaction, { personId }: CaseRow): Promise<Person> {
  const [person] = await tx.$queryRaw<Person[]>`
    SELECT ${columnsOf(Prisma.PersonScalarFieldEnum, 'people', ['skills'])} FROM people WHERE id = ${personId}`;
  if (!person) throw new Error(`there is no person ${personId}`);
  return person;
}

/** The number by which the registers know the person of a case. */
export async function pinflOf({ tx }: { tx: Tx }, caseId: string): Promise<string> {
  const [person] = await tx.$queryRaw<{ pinfl: string }[]>`
    SELECT pinfl FROM cases JOIN people ON people.id = person_id WHERE cases.id = ${caseId}`;
  if (!person) throw new Error(`there is no case ${caseId}`);
  return person.pinfl;
}
