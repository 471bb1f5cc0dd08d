import type { Day } from '../domain/day';
import type { Tx } from '../prisma/db';
import { Prisma } from '../prisma/generated/client';
import type { Case, Person } from '../prisma/generated/client';
import { type Versions, versionColumns } from './kernel/versions';
import { recordChange } from './kernel/changes';
import { columnsOf } from './kernel/columns';
import { notNow, Refusal, wrongField } from './kernel/refusal';
import type { Transaction } from './kernel/transaction';

/*
 * One person may be recorded twice, under two personal numbers. One record is joined to the other, which is kept. The joined
 * record points to the kept one, and nothing else is written: the rows of each keep their number, and both are read as one. So
 * a join can be undone, nothing is lost, and no payment is touched.
 */

/** The numbers of all records of a person, by the number of any of them: the kept record and those joined to it. */
export const recordsOf = async (tx: Pick<Tx, '$queryRaw'>, personId: string): Promise<string[]> =>
  (await recordsOfAll(tx, [personId])).get(personId) ?? [];

/** The same for several persons, by the number that was asked for. Numbers of nobody are left out. */
export async function recordsOfAll(
  tx: Pick<Tx, '$queryRaw'>,
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  const records = new Map<string, string[]>();
  if (personIds.length === 0) return records;
  const rows = await tx.$queryRaw<{ asked: string; id: string }[]>`
    WITH kept AS (SELECT id AS asked, coalesce(joined_to, id) AS id FROM people WHERE id = ANY(${[...personIds]}))
    SELECT kept.asked, people.id FROM people JOIN kept ON people.id = kept.id OR people.joined_to = kept.id ORDER BY people.id`;
  for (const { asked, id } of rows) records.set(asked, [...(records.get(asked) ?? []), id]);
  return records;
}

/** A person whose records are all locked. */
export interface LockedPerson {
  person: Person;
  /** The numbers of all records. */
  records: string[];
  /** The person's open case, in any mahalla and under any of the records. */
  openCase: Pick<Case, 'id' | 'area'> | null;
}

/**
 * Locks all records of a person, so that two changes of one person follow each other. The statement that reads them reads the
 * versions of law and calendar, too.
 *
 * @param by the number or the PINFL of one record
 * @returns undefined when there is no such person
 */
export async function lockPerson(
  { tx, now, heard }: Pick<Transaction, 'tx' | 'now' | 'heard'>,
  by: { id: string } | { pinfl: string },
): Promise<LockedPerson | undefined> {
  const which = 'id' in by ? Prisma.sql`id = ${by.id}` : Prisma.sql`pinfl = ${by.pinfl}`;
  const [person] = await tx.$queryRaw<Person[]>`
    SELECT ${columnsOf(Prisma.PersonScalarFieldEnum, 'people')} FROM people WHERE ${which} FOR NO KEY UPDATE`;
  if (!person) return undefined;
  const kept = person.joinedTo ?? person.id;
  const [{ records, openCase, ...versions }] = await tx.$queryRaw<[Omit<LockedPerson, 'person'> & Versions]>`
    WITH records AS (SELECT id FROM people WHERE id = ${kept} OR joined_to = ${kept})
    SELECT ARRAY(SELECT id FROM records ORDER BY id) AS records,
      (SELECT json_build_object('id', id, 'area', area) FROM cases
       WHERE open AND person_id IN (SELECT id FROM records) LIMIT 1) AS "openCase",
      ${versionColumns(now)}`;
  heard(versions);
  if (records.length > 1)
    await tx.$queryRaw`SELECT id FROM people WHERE id = ANY(${records}) ORDER BY id FOR NO KEY UPDATE`;
  return { person, records, openCase };
}

/** A person has died: the day is written on each of their records that has none. */
export async function recordDeath(transaction: Transaction, personId: string, on: Day): Promise<void> {
  const records = await recordsOf(transaction.tx, personId);
  const living = await transaction.tx.person.updateManyAndReturn({
    where: { id: { in: records }, diedOn: null },
    data: { diedOn: on },
    select: { id: true },
  });
  for (const { id } of living)
    await recordChange(transaction, {
      kind: 'person',
      key: id,
      before: { death: null },
      said: { death: on },
      about: { personId: id },
    });
}

/** The proposal that is decided: a record is joined to another, or separated from it. */
export type Joining = { person: string; into: string };

/**
 * Locks both records and checks that the one can be joined to the other.
 *
 * @throws Refusal 409 when either is joined already, or both have an open case: one open case per person [pathway §3]
 */
export async function mustBeJoinable(transaction: Transaction, { person, into }: Joining): Promise<void> {
  if (person === into) throw wrongField('into', 'same_record', 'Is the same record: name another.');
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
      `Both have an open case: ${open.map(({ id }) => id).join(', ')}. Close one of them first: a person has one open case.`,
    );
}

/** @throws Refusal 409 when the record is not joined to the other, or no longer */
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

/** @throws Refusal 409 for a record that is joined to another: the caller uses the other in its place */
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
 * Records with the same birth, mahalla and name. The database keeps these pairs (`possible_doubles` defines them).
 *
 * @param of pairs of one record only; else all of an area
 * @returns at most `n` pairs, in the order of their numbers, after the pair `after`
 */
export const pairsOf = (tx: Pick<Tx, '$queryRaw'>, { n, ...asked }: Asked & { n: number }): Promise<Pair[]> =>
  tx.$queryRaw<Pair[]>`SELECT a, b ${pairs(asked)} ORDER BY a, b LIMIT ${n}`;

/** The number of these pairs of an area, counted up to `most`. */
export async function countPairs(tx: Pick<Tx, '$queryRaw'>, area: string, most: number): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM (SELECT 1 ${pairs({ area })} LIMIT ${most}) AS found`;
  return row.count;
}

interface Asked {
  area?: string;
  of?: string;
  after?: Pair;
}

const pairs = ({ area = '', of, after = { a: '', b: '' } }: Asked): Prisma.Sql =>
  of === undefined
    ? Prisma.sql`FROM doubles WHERE mahalla LIKE ${`${area}%`} AND (a, b) > (${after.a}, ${after.b})`
    : Prisma.sql`FROM doubles WHERE a = ${of} OR b = ${of}`;
