import type { CaseState } from '../../domain/pathways/case';
import { type Case, type Person, Prisma } from '../../prisma/generated/client';
import { columnsOf } from '../../records/kernel/columns';
import type { Tx } from '../../prisma/db';
import { takeLockedAggregate } from '../../records/kernel/aggregates';
import type { Transaction } from '../../records/kernel/transaction';

export type CaseRow = Case & { state: CaseState };

export const readCase = async (transaction: Transaction, id: string): Promise<CaseRow> =>
  (takeLockedAggregate(transaction, 'case', id)?.row ??
    (await transaction.tx.case.findUniqueOrThrow({ where: { id } }))) as CaseRow;

export async function personOf({ tx }: Transaction, { personId }: CaseRow): Promise<Person> {
  const [person] = await tx.$queryRaw<Person[]>`
    SELECT ${columnsOf(Prisma.PersonScalarFieldEnum, 'people', ['skills'])} FROM people WHERE id = ${personId}`;
  if (!person) throw new Error(`there is no person ${personId}`);
  return person;
}

/** The number by which the registers know the person of a case. */
export async function pinflOf({ tx }: { tx: Tx }, caseId: string): Promise<string> {
  const select = { person: { select: { pinfl: true } } };
  const { person } = await tx.case.findUniqueOrThrow({ where: { id: caseId }, select });
  return person.pinfl;
}
