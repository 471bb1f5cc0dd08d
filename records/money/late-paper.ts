import type { Application } from '../../contracts';
import { at } from '../../domain/day';
import type { Subsidy } from '../../prisma/generated/client';
import { recordsOfAll } from '../joining';
import type { Transaction } from '../kernel/transaction';

/**
 * The applications on paper that are dated before a refusal of the same one for being late. Then another person than the one
 * who entered it reviews it [money §3].
 */
export async function datedBeforeRefusal(
  { tx }: Pick<Transaction, 'tx'>,
  rows: readonly Subsidy[],
): Promise<Set<string>> {
  const onPaper = rows.flatMap((row) => {
    const { receivedOn } = row.application as Application;
    return receivedOn === undefined ? [] : { ...row, receivedOn };
  });
  const records = await recordsOfAll(
    tx,
    onPaper.map(({ personId }) => personId),
  );
  const theSame = onPaper.map((row) => ({ row, persons: records.get(row.personId) ?? [] }));
  if (theSame.length === 0) return new Set();
  const refused = await tx.subsidy.findMany({
    where: {
      state: 'refused',
      refusal: { path: ['code'], equals: 'period_over' },
      OR: theSame.map(({ row: { programme, employerId, receivedOn }, persons }) => ({
        programme,
        employerId,
        personId: { in: persons },
        refusedAt: { gte: at(receivedOn, '00:00') },
      })),
    },
    select: { id: true, programme: true, employerId: true, personId: true, refusedAt: true },
  });
  const isLate = ({ row, persons }: (typeof theSame)[number]): boolean =>
    refused.some(
      (one) =>
        one.id !== row.id &&
        one.programme === row.programme &&
        one.employerId === row.employerId &&
        persons.includes(one.personId) &&
        (one.refusedAt ?? 0) >= at(row.receivedOn, '00:00'),
    );
  return new Set(theSame.filter(isLate).map(({ row }) => row.id));
}

/** The same for one application. */
export const isDatedBeforeRefusal = async (
  transaction: Pick<Transaction, 'tx'>,
  row: Subsidy,
): Promise<boolean> => (await datedBeforeRefusal(transaction, [row])).has(row.id);
