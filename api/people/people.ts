import { z } from 'zod';
import { dayOf } from '../../domain/day';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { namedInside } from '../../records/reads/beside';
import { recordsOf } from '../../records/joining';
import { definedFields } from '../http/defined-fields';
import { day, mahalla, pinfl, yesNo } from '../http/fields';
import { named, soughtName } from '../http/names';
import { eventsRoute } from '../http/events-route';
import { pageRoute } from '../http/page-route';
import { after, page, pageOf, paging, rowsToRead } from '../http/paging';
import { notFound } from '../http/problem';
import { caseReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { inAnyRecord, toComeAgain, visiblePeople } from '../http/visible';
import { importing } from './import';
import { edit, edited, params, person, shown, tag, withLatest } from './person';
import { change, create } from './recording';
import { shownVisit, visit, visiting } from './visits';

const list = pageRoute({
  path: '/people',
  tag,
  summary: 'The people of the mahalla, by recommendation, work, visits and cases',
  who: caseReaders,
  query: z.strictObject({
    ...paging,
    mahalla: mahalla.optional(),
    recommendation: z
      .enum(['valid', 'over', 'none'])
      .optional()
      .meta({ description: 'The state of the last known work recommendation.' }),
    visited: yesNo.optional(),
    work: z.enum(['yes', 'no', 'unknown']).optional().meta({
      description:
        'Whether the person works, as far as is known: an employment that the service confirmed counts, and so does YAMMT’s last answer.',
    }),
    comeAgain: day.optional().meta({
      description: 'The day of the next visit, of the last one, is this day or earlier.',
    }),
    case: yesNo.optional().meta({ description: 'Whether the person has an open case.' }),
  }),
  item: person,
  read({ records, actor, query, now }, { after: from, take }) {
    const today = dayOf(now);
    const recommended: Record<string, Prisma.PersonWhereInput> = {
      valid: { recommendedUntil: { gte: today } },
      over: { recommendedUntil: { lt: today } },
      none: { recommendedUntil: null },
    };
    return records.db.person.findMany({
      where: {
        AND: [
          visiblePeople(actor),
          { id: from, joinedTo: null },
          definedFields({ mahalla: query.mahalla }),
          recommended[query.recommendation ?? ''] ?? {},
          working[query.work ?? ''] ?? {},
          query.comeAgain === undefined
            ? {}
            : inAnyRecord({ visits: { some: toComeAgain(query.comeAgain) } }),
          some('visits', query.visited, {}),
          some('cases', query.case, { open: true }),
        ],
      },
      include: withLatest(actor),
      orderBy: { id: 'asc' },
      take,
    });
  },
  keyOf: ({ id }) => id,
  shown,
});

const works = inAnyRecord({
  NOT: [{ works: { equals: [] } }, { works: { equals: Prisma.AnyNull } }],
});
/** By what is known of work under any record of the person. */
const working: Record<string, Prisma.PersonWhereInput> = {
  yes: works,
  no: { AND: [inAnyRecord({ works: { equals: [] } }), { NOT: works }] },
  unknown: { NOT: inAnyRecord({ NOT: { works: { equals: Prisma.AnyNull } } }) },
};

const some = (
  relation: 'visits' | 'cases',
  wanted: 'yes' | 'no' | undefined,
  which: object,
): Prisma.PersonWhereInput =>
  wanted === undefined
    ? {}
    : { [wanted === 'yes' ? 'AND' : 'NOT']: inAnyRecord({ [relation]: { some: which } }) };

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
    const rows = await records.db.person.findMany({
      where: {
        AND: [
          visiblePeople(actor),
          { id: { gt: after(query) ?? '' } },
          inAnyRecord(body.name === undefined ? { pinfl: body.pinfl ?? '' } : named(body.name)),
        ],
      },
      include: withLatest(actor),
      orderBy: { id: 'asc' },
      take: rowsToRead(query),
    });
    return ok(page(query, rows, (row) => row.id, shown));
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
    const row = await records.db.person.findFirst({
      where: { AND: [{ id }, visiblePeople(actor)] },
      include: withLatest(actor),
    });
    if (!row) throw notFound();
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
    const where = { AND: [{ id }, visiblePeople(actor)] };
    if (!(await db.person.findFirst({ where, select: { id: true } }))) throw notFound();
    const all = await recordsOf(db, id);
    return { subject: { in: all.map((each) => `person/${each}`) } };
  },
});

/** The records that are joined to this one. */
const joinedRecords = (db: Pick<Tx, 'person'>, id: string) =>
  db.person.findMany({
    where: { joinedTo: id },
    omit: { nameKey: true, createdAt: true },
    orderBy: { id: 'asc' },
  });

export const peopleRoutes = [list, create, search, importing, one, events, change, visiting];
