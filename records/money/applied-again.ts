import { isPaidOnce } from '../../domain/policy';
import type { Tx } from '../../prisma/db';
import { Prisma, type Subsidy } from '../../prisma/generated/client';
import { recordsOfAll } from '../joining';

/** The newer application for the same hire, by the refused or abandoned one: only one of the two can be paid. */
export async function appliedAgain(tx: Tx, rows: readonly Subsidy[]): Promise<Map<string, string>> {
  const wages = rows.filter((row) => row.employerId !== null && !isPaidOnce(row));
  if (wages.length === 0) return new Map();
  const records = await recordsOfAll(
    tx,
    wages.map(({ personId }) => personId),
  );
  const others = await tx.subsidy.findMany({
    where: {
      state: { notIn: ['refused', 'abandoned'] },
      stop: { equals: Prisma.DbNull },
      OR: wages.map(({ programme, employerId, personId, hiredOn }) => ({
        programme,
        employerId,
        personId: { in: records.get(personId) ?? [] },
        hiredOn,
      })),
    },
    select: { id: true, programme: true, employerId: true, personId: true, hiredOn: true },
  });
  return new Map(
    wages.flatMap((row) => {
      const same = others.find(
        (one) =>
          one.id !== row.id &&
          one.programme === row.programme &&
          one.employerId === row.employerId &&
          one.hiredOn === row.hiredOn &&
          records.get(row.personId)?.includes(one.personId),
      );
      return same ? [[row.id, same.id] as const] : [];
    }),
  );
}
