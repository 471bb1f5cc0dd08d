import { z } from 'zod';
import { type KnownPhone, phoneKept } from '../../domain/money/persons-account';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { mustBeKept } from '../../records/joining';
import { Refusal } from '../../records/kernel/refusal';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { withPlaces } from '../../records/reads/beside';
import { withRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { idOf, instant, language, revision } from '../http/fields';
import { visibleCases, visiblePeople } from '../http/visible';

/** A person as the API shows them, and how the record is read and locked. */

export const tag = 'people';
export const params = z.strictObject({ id: idOf('P') });

export const person = z
  .object({
    id: z.string(),
    pinfl: z.string(),
    name: z.string(),
    birth: z.string(),
    sex: z.enum(['male', 'female']),
    mahalla: z.string(),
    mahallaName: z.string().optional(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language,
    guardian: z.unknown(),
    skills: z.array(z.string()),
    wishes: z.unknown(),
    recommendation: z.unknown().meta({ description: 'TIEK’s last answer.' }),
    recommendedUntil: z.string().nullable(),
    works: z
      .array(z.looseObject({ stir: z.string(), since: z.string() }))
      .nullable()
      .meta({
        description:
          'What is known of present work: YAMMT’s last answer, and with `confirmed` the employments that the service confirmed. Null: nothing is known.',
      }),
    worksAsOf: instant.nullable().meta({ description: 'When YAMMT answered last about present work.' }),
    diedOn: z.string().nullable(),
    lastVisit: z.object({ on: z.string(), wish: z.string(), comeAgainOn: z.string().nullable() }).nullable(),
    openCase: z
      .string()
      .nullable()
      .meta({ description: 'The number of the open case, if the caller sees it.' }),
    joinedTo: z.string().nullable().meta({
      description: 'The record that is used in place of this one, where the person was recorded twice.',
    }),
  })
  .meta({ id: 'Person' });

/** A record with the last visit and the open case, also of the other records of the same person. */
export const withLatest = (actor: Actor) => {
  const latest = {
    visits: { where: { latest: true } },
    cases: { where: { AND: [{ open: true }, visibleCases(actor)] }, select: { id: true } },
  } as const satisfies Prisma.PersonInclude;
  const withJoined = { ...latest, joined: { include: latest, orderBy: { id: 'asc' } } } as const;
  return { ...withJoined, keeper: { include: withJoined } } as const satisfies Prisma.PersonInclude;
};

type Latest = { include: { visits: true; cases: { select: { id: true } } } };
type WithJoined = { include: Latest['include'] & { joined: Latest } };
type Found = Prisma.PersonGetPayload<{ include: WithJoined['include'] & { keeper: WithJoined } }>;

/** A record as it is answered. The last visit and the open case may be of any record of the person. */
export const shown = (row: Found) => {
  const records = [row, ...row.joined, ...(row.keeper ? [row.keeper, ...row.keeper.joined] : [])];
  const [last] = records.flatMap(({ visits }) => visits);
  return {
    ...ownFields(row),
    works: knownWork(records),
    lastVisit: last ? { on: last.on, wish: last.wish, comeAgainOn: last.comeAgainOn } : null,
    openCase: records.flatMap(({ cases }) => cases)[0]?.id ?? null,
  };
};

/** What is known of work under all records of a person, each contract once. */
function knownWork(records: readonly Pick<Found, 'works'>[]) {
  const known = records.flatMap(({ works }) => (works === null ? [] : [works as Work[]]));
  if (known.length === 0) return null;
  return [...new Map(known.flat().map((work) => [`${work.stir} ${work.since}`, work])).values()];
}

type Work = { stir: string; since: string };

const ownFields = ({
  visits: _,
  cases: _cases,
  joined: _joined,
  keeper: _keeper,
  createdAt: _at,
  nameKey: _key,
  phoneBefore: _before,
  phoneChangedOn: _changedOn,
  ...row
}: Found) => ({ ...row, worksAsOf: row.worksAsOf?.toISOString() ?? null });

export const edited = person.extend({ revision }).meta({ id: 'PersonEdited' });

/** A record with the revision that the next edit names. */
export const edit = async (tx: Tx, row: Found) =>
  withPlaces(tx, await withRevision(tx, `person/${row.id}`, shown(row)));

/** What is kept of a change of the telephone, by the policy's number of today. */
export async function phoneKeeper(transaction: Transaction) {
  const { n } = await policyNumber(transaction, 'newPhoneDays', transaction.today);
  return (before: KnownPhone, said: { phone?: string | null }) =>
    phoneKept(before, said, transaction.today, n);
}

/** A record as the transaction has it. */
export async function read(transaction: Transaction, id: string) {
  const row = await transaction.tx.person.findUniqueOrThrow({
    where: { id },
    include: withLatest(transaction.actor),
  });
  return edit(transaction.tx, row);
}

/** A visible person, locked. A person may be recorded twice: then only the kept record is taken. */
export async function lockPerson(transaction: Transaction, id: string) {
  await transaction.tx.$queryRaw`SELECT id FROM people WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await transaction.tx.person.findFirst({
    where: { AND: [{ id }, visiblePeople(transaction.actor)] },
  });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such person in your area. Check the number.');
  mustBeKept(row);
  return row;
}
