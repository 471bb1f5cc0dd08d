import type { CaseState } from '../../domain/pathways/case';
import type { Case } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import { handedOn } from '../../records/kernel/files';
import type { Transaction } from '../../records/kernel/transaction';

export type CaseRow = Case & { state: CaseState };

export const readCase = async (transaction: Transaction, id: string): Promise<CaseRow> =>
  (handedOn(transaction, 'case', id)?.row ??
    (await transaction.tx.case.findUniqueOrThrow({ where: { id } }))) as CaseRow;

export const personOf = (transaction: Transaction, { personId }: CaseRow) =>
  transaction.tx.person.findUniqueOrThrow({ where: { id: personId } });

/** The number by which the registers know the person of a case. */
export async function pinflOf({ tx }: { tx: Tx }, caseId: string): Promise<string> {
  const select = { person: { select: { pinfl: true } } };
  const { person } = await tx.case.findUniqueOrThrow({ where: { id: caseId }, select });
  return person.pinfl;
}
