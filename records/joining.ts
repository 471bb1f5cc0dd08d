import type { Day } from '../domain/day';
import type { Tx } from '../prisma/db';
import { Prisma } from '../prisma/generated/client';
import type { Person } from '../prisma/generated/client';
import { notNow, Refusal, wrongField } from './kernel/refusal';
import type { Transaction } from './kernel/transaction';

/*
 * One person recorded twice, under two personal numbers: one record is joined to the other, which is kept. The joined record
 * points to the kept one, and nothing else is written: what each has stays under its number and is read as one. So it can be
 * undone, nothing is lost, and no payment is touched.
 */

/** The numbers of all records of a person: the kept one and what is joined to it, whichever is asked for. */
export async function recordsOf(tx: Pick<Tx, '$queryRaw'>, personId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH kept AS (SELECT coalesce(joined_to, id) AS id FROM people WHERE id = ${personId})
    SELECT people.id FROM people, kept WHERE people.id = kept.id OR people.joined_to = kept.id ORDER BY people.id`;
  return rows.map(({ id }) => id);
}

/** Locks a person, under all their records: what is one of a person is checked and written one after another. */
export async function lockPerson(tx: Pick<Tx, '$queryRaw'>, personId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM people WHERE id = ${personId} FOR NO KEY UPDATE`;
  const records = await recordsOf(tx, personId);
  await tx.$queryRaw`SELECT id FROM people WHERE id = ANY(${records}) ORDER BY id FOR NO KEY UPDATE`;
}

/** A person has died: each of their records says so that did not yet. */
export async function recordDeath({ tx }: Pick<Transaction, 'tx'>, personId: string, on: Day): Promise<void> {
  const records = await recordsOf(tx, personId);
  await tx.person.updateMany({ where: { id: { in: records }, diedOn: null }, data: { diedOn: on } });
}

/** What is proposed and decided: which record is joined to which, or separated from it. */
export type Joining = { person: string; into: string };

/**
 * Locks both records and checks that the one can be joined to the other.
 *
 * @throws Refusal 409 when either is joined already, or both have an open case: one open case per person [pathway §3]
 */
export async function mustBeJoinable(transaction: Transaction, { person, into }: Joining): Promise<void> {
  if (person === into) throw wrongField('into', 'same_record', 'Is the same record.');
  const [from, kept] = await lockBoth(transaction, person, into);
  mustBeKept(from);
  mustBeKept(kept);
  const joined = await transaction.tx.person.findFirst({ where: { joinedTo: person }, select: { id: true } });
  if (joined)
    throw notNow('keeps_another', `${joined.id} is joined to ${person}: join it the other way round.`);
  const both = [...(await recordsOf(transaction.tx, person)), ...(await recordsOf(transaction.tx, into))];
  const open = await transaction.tx.case.findMany({
    where: { open: true, personId: { in: both } },
    orderBy: { id: 'asc' },
  });
  if (open.length > 1)
    throw notNow(
      'open_cases',
      `Both have an open case: ${open.map(({ id }) => id).join(', ')}. Close one of them first: a person has one.`,
    );
}

/** @throws Refusal 409 when it is not, or no longer, joined to the other */
export async function mustBeJoined(transaction: Transaction, { person, into }: Joining): Promise<void> {
  const [from] = await lockBoth(transaction, person, into);
  if (from.joinedTo !== into) throw notNow('not_joined', `${person} is not joined to ${into}.`);
}

async function lockBoth({ tx }: Transaction, person: string, into: string): Promise<[Person, Person]> {
  const ids = [person, into];
  await tx.$queryRaw`SELECT id FROM people WHERE id = ANY(${ids}) ORDER BY id FOR NO KEY UPDATE`;
  const rows = await tx.person.findMany({ where: { id: { in: ids } } });
  const [from, kept] = ids.map((id) => rows.find((row) => row.id === id));
  if (!from || !kept) throw new Refusal(404, 'not_found', 'There is no such person in your area.');
  return [from, kept];
}

/** @throws Refusal 409 for a record that is joined to another: that one is used in its place */
export function mustBeKept({ id, joinedTo }: Pick<Person, 'id' | 'joinedTo'>): void {
  if (joinedTo !== null)
    throw notNow('joined', `${id} is joined to ${joinedTo}: use ${joinedTo} in its place.`);
}

/** Two records that may be of one person, the older first. */
export interface Pair {
  a: string;
  b: string;
}

/**
 * Records with the same birth and mahalla and the same name: folded, in whatever order, and one may leave out a word of the
 * other (a patronymic). Those that are joined are no more found.
 *
 * @param of pairs of one record only; else all of an area
 * @returns at most `n`, in the order of their numbers, after the pair named
 */
export const pairsOf = (
  tx: Pick<Tx, '$queryRaw'>,
  { area = '', of, after = { a: '', b: '' }, n }: { area?: string; of?: string; after?: Pair; n: number },
): Promise<Pair[]> => {
  const one = of === undefined ? Prisma.empty : Prisma.sql`AND ${of} IN (a.id, b.id)`;
  return tx.$queryRaw<Pair[]>`
    SELECT a.id AS a, b.id AS b
    FROM people a JOIN people b ON b.mahalla = a.mahalla AND b.birth = a.birth AND b.id > a.id
      AND (string_to_array(a.name_key, ' ') <@ string_to_array(b.name_key, ' ')
        OR string_to_array(a.name_key, ' ') @> string_to_array(b.name_key, ' '))
    WHERE a.joined_to IS NULL AND b.joined_to IS NULL AND starts_with(a.mahalla, ${area})
      AND (a.id, b.id) > (${after.a}, ${after.b}) ${one}
    ORDER BY a.id, b.id LIMIT ${n}`;
};
