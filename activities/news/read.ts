import type { Employment, News as NewsRow, Person } from '../../prisma/generated/client';
import { lockRow, type RowKind, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import type { News } from '../../registers/news';

/** The content of news of a type. */
export type Told<T extends News['type']> = Extract<News, { type: T }>;

export const readNews = ({ tx }: Transaction, id: string): Promise<NewsRow> =>
  tx.news.findUniqueOrThrow({ where: { id } });

/** Locks another row in this transaction. The row's workflow is woken. */
export async function locked(transaction: Transaction, kind: RowKind, id: string): Promise<Transaction> {
  await lockRow(transaction.tx, kind, id);
  return inRow(transaction, subjectOf(kind, id));
}

export interface Pair {
  person: Person;
  personId: string;
  employerId: string;
}

export const personOf = (transaction: Transaction, pinfl: string): Promise<Person | null> =>
  transaction.tx.person.findUnique({ where: { pinfl } });

export async function pairOf(
  transaction: Transaction,
  { pinfl, stir }: { pinfl: string; stir: string },
): Promise<Pair | undefined> {
  const person = await personOf(transaction, pinfl);
  const employer = await transaction.tx.employer.findUnique({ where: { stir } });
  return person && employer ? { person, personId: person.id, employerId: employer.id } : undefined;
}

/** The employments of the person with the employer in these states, the latest first. */
export const jobsOf = (
  transaction: Transaction,
  { personId, employerId }: Pair,
  states: string[],
): Promise<Employment[]> =>
  transaction.tx.employment.findMany({
    where: { personId, employerId, state: { in: states } },
    orderBy: { id: 'desc' },
  });
