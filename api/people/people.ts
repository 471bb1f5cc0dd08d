import { z } from 'zod';
import { addMonths, type Day, dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Db, Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { namedInside } from '../../records/reads/beside';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { recordsOf } from '../../records/joining';
import { countNamed, named } from '../../records/reads/lists/named';
import { byNumbers, countParts, readParts } from '../../records/reads/lists/parts';
import { day, line, mahalla, pinfl, yesNo } from '../http/fields';
import { filter, instants, within } from '../http/filters';
import { soughtName } from '../http/names';
import { eventsRoute } from '../http/events-route';
import { peopleParts } from '../http/list-parts';
import { pageRoute } from '../http/page-route';
import { after, page, pageOf, paging, rowsToRead, totalOf } from '../http/paging';
import { notFound } from '../http/problem';
import { caseReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { foundInAnyRecord, inAnyRecord, readsEverything, toComeAgain, visiblePeople } from '../http/visible';
import { importing } from './import';
import { edit, edited, params, person, shown, tag, withLatest } from './person';
import { change, create } from './recording';
import { shownVisit, visit, visiting } from './visits';

const age = z.coerce.number().int().min(0).max(130);

const list = pageRoute<Prisma.PersonWhereInput>()({
  path: '/people',
  tag,
  summary: 'The people of the mahalla, by recommendation, work, visits, cases, age and skill',
  who: caseReaders,
  filters: {
    mahalla: within('mahalla', mahalla),
    recommendation: filter(
      z
        .enum(['valid', 'over', 'none'])
        .meta({ description: 'The state of the last known work recommendation.' }),
      (state, { now }) => recommended(dayOf(now))[state],
    ),
    recommendationEndsBy: filter(
      day.meta({ description: 'The work recommendation is valid today, and ends on this day or before.' }),
      (last, { now }) => ({ recommendedUntil: { gte: dayOf(now), lte: last } }),
    ),
    visited: filter(
      yesNo.meta({ description: 'Whether the person was met at a visit. A visit that met nobody is none.' }),
      (wanted) => some('visits', wanted, { wish: { not: 'not_met' } }),
    ),
    work: filter(
      z.enum(['yes', 'no', 'unknown']).meta({
        description:
          'Whether the person works, as far as is known: an employment that the service confirmed counts, and so does YAMMT’s last answer.',
      }),
      (wanted) => working[wanted],
    ),
    comeAgain: filter(
      day.meta({ description: 'The day of the next visit, of the last one, is this day or earlier.' }),
      (on) => inAnyRecord({ visits: { some: toComeAgain(on) } }),
    ),
    case: filter(yesNo.meta({ description: 'Whether the person has an open case.' }), (wanted) =>
      some('cases', wanted, { open: true }),
    ),
    ageFrom: filter(age.meta({ description: 'The least age, in full years.' }), (years, { now }) => ({
      birth: { lte: yearsBefore(dayOf(now), years) },
    })),
    ageTo: filter(age.meta({ description: 'The highest age, in full years.' }), (years, { now }) => ({
      birth: { gt: yearsBefore(dayOf(now), years + 1) },
    })),
    skill: filter(
      line.meta({ description: 'A code, name or synonym. See GET /vocabularies/skill/terms.' }),
      (word, { records: { db } }) => skilled(word, db),
    ),
    ...instants('createdAt', 'Recorded'),
  },
  item: person,
  parts: async ({ records, actor }) =>
    (await peopleParts(records.db, actor)).map((part) => ({ AND: [part, { joinedTo: null }] })),
  after: (gt) => ({ id: { gt } }),
  read: ({ records, actor }, find) => found(records.db, find, actor),
  count: (db, find) => db.person.count(find),
  keyOf: ({ id }) => id,
  shown,
});

const orderBy = { id: 'asc' } as const;

/** People of a condition, with the latest facts that the caller sees. */
const found = (db: Db, find: { where: Prisma.PersonWhereInput; take: number }, actor: Actor) =>
  byNumbers(db.person.findMany({ ...find, select: { id: true }, orderBy }), (where) =>
    db.person.findMany({ where, include: withLatest(actor), orderBy }),
  );

const recommended = (today: Day) => ({
  valid: { recommendedUntil: { gte: today } },
  over: { recommendedUntil: { lt: today } },
  none: { recommendedUntil: null },
});

const yearsBefore = (today: Day, years: number): Day => addMonths(today, -12 * years);

/**
 * People with a skill under any of its names, and with the word itself from before the vocabularies. Records that are joined to
 * another are few. They are read first, so that one index serves the rest.
 */
async function skilled(word: string, db: Db): Promise<Prisma.PersonWhereInput> {
  const vocabulary = await readVocabulary(db, db);
  const record = { skills: { hasSome: [...new Set([word, ...vocabulary.codesOf('skill', word)])] } };
  const joined = await db.person.findMany({
    where: { ...record, joinedTo: { not: null } },
    select: { joinedTo: true },
  });
  return { OR: [record, { id: { in: joined.flatMap(({ joinedTo }) => joinedTo ?? []) } }] };
}

const works = inAnyRecord({
  NOT: [{ works: { equals: [] } }, { works: { equals: Prisma.AnyNull } }],
});
/** By what is known of work under any record of the person. */
const working = {
  yes: works,
  no: { AND: [inAnyRecord({ works: { equals: [] } }), { NOT: works }] },
  unknown: { NOT: inAnyRecord({ NOT: { works: { equals: Prisma.AnyNull } } }) },
};

const some = (
  relation: 'visits' | 'cases',
  wanted: 'yes' | 'no',
  which: object,
): Prisma.PersonWhereInput => ({
  [wanted === 'yes' ? 'AND' : 'NOT']: inAnyRecord({ [relation]: { some: which } }),
});

const search = route({
  method: 'post',
  path: '/people/search',
  tag,
  summary: 'Find people by PINFL or name',
  description:
    'It is a POST, so that no URL holds personal data. Every word is searched anywhere in the name, in ' +
    'either script, with any apostrophe or none.',
  who: caseReaders,
  body: z
    .strictObject({ pinfl: pinfl.optional(), name: soughtName.optional() })
    .refine(
      ({ pinfl: number, name }) => (number === undefined) !== (name === undefined),
      'Give either pinfl or name',
    ),
  query: z.strictObject(paging),
  answers: { 200: pageOf(person) },
  async handle({ records, actor, body, query }) {
    const sought = body.name === undefined ? { pinfl: body.pinfl ?? '' } : named(body.name);
    const inAny = await foundInAnyRecord(records.db, sought);
    const parts = (await peopleParts(records.db, actor)).map((part) => ({ AND: [part, inAny] }));
    const take = rowsToRead(query);
    const rows = await readParts(
      records.db,
      parts,
      take,
      (where) => found(records.db, { where: { ...where, id: { gt: after(query) ?? '' } }, take }, actor),
      ({ id }) => id,
    );
    const [, { id: others }] = inAny.OR;
    const total = await totalOf((most) =>
      readsEverything(actor) && body.name !== undefined
        ? countNamed(records.db, body.name, others.in, most)
        : countParts(parts, most, (where, n) => records.db.person.count({ where, take: n })),
    );
    return ok(page(query, rows, total, (row) => row.id, shown));
  },
});

const one = route({
  method: 'get',
  path: '/people/{id}',
  tag,
  summary: 'One person, with all visits',
  description:
    'Of a person who was recorded twice, the kept record also shows the facts of the other. The other record names the kept one.',
  who: caseReaders,
  params,
  answers: {
    200: edited.extend({
      visits: z.array(visit),
      joined: z
        .array(z.looseObject({ id: z.string() }))
        .meta({ description: 'The records that are joined to this one.' }),
    }),
  },
  async handle({ records, actor, params: { id } }) {
    const row = await personSeen(records.db, id, actor);
    const visits = await records.db.visit.findMany({
      where: { personId: { in: await recordsOf(records.db, id) } },
      orderBy: [{ on: 'desc' }, { id: 'desc' }],
    });
    const whole = {
      ...(await edit(records.db, row)),
      visits: visits.map(shownVisit),
      joined: await joinedRecords(records.db, id),
    };
    const [answer] = await namedInside(records.db, [whole], actor);
    return ok(answer);
  },
});

const events = eventsRoute({
  path: '/people/{id}/events',
  tag,
  summary: 'What was recorded and changed of a person: who, when, which fields',
  description:
    'The events name the changed fields without their values. Those of joined records are among them.',
  who: caseReaders,
  params,
  async eventsOf({ records: { db }, actor, params: { id } }) {
    await personSeen(db, id, actor);
    const all = await recordsOf(db, id);
    return { subject: { in: all.map((each) => `person/${each}`) } };
  },
});

/** The person, as the caller sees it. @throws Problem 404 when the caller does not see the person */
async function personSeen(db: Pick<Db, 'person'>, id: string, actor: Actor) {
  const where = { AND: [{ id }, visiblePeople(actor)] };
  const row = await db.person.findFirst({ where, include: withLatest(actor) });
  if (!row) throw notFound();
  return row;
}

/** The records that are joined to this one. */
const joinedRecords = (db: Pick<Tx, 'person'>, id: string) =>
  db.person.findMany({
    where: { joinedTo: id },
    omit: { nameKey: true, createdAt: true },
    orderBy: { id: 'asc' },
  });

export const peopleRoutes = [list, create, search, importing, one, events, change, visiting];
