import type { CaseState } from '../../domain/pathways/case';
import type { Case } from '../../prisma/generated/client';
import type { Unit } from '../../records/kernel/transaction';

export type CaseRow = Case & { state: CaseState };

export const readCase = async (unit: Unit, id: string): Promise<CaseRow> =>
  (await unit.tx.case.findUniqueOrThrow({ where: { id } })) as CaseRow;

export const personOf = (unit: Unit, { personId }: CaseRow) =>
  unit.tx.person.findUniqueOrThrow({ where: { id: personId } });
