import type { CaseState } from '../../domain/pathways/case';
import type { Case } from '../../prisma/generated/client';
import type { Transaction } from '../../records/kernel/transaction';

export type CaseRow = Case & { state: CaseState };

export const readCase = async (transaction: Transaction, id: string): Promise<CaseRow> =>
  (await transaction.tx.case.findUniqueOrThrow({ where: { id } })) as CaseRow;

export const personOf = (transaction: Transaction, { personId }: CaseRow) =>
  transaction.tx.person.findUniqueOrThrow({ where: { id: personId } });
