import { z } from 'zod';
import { type Day, dayOf } from '../../domain/day';
import { birthDayOf, sexOf } from '../../domain/pinfl';
import { levelOf } from '../../domain/soato';
import type { Actor } from '../../domain/roles';
import { doubleInWords } from '../../domain/words/doubles.en';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { correctDeathIn } from '../../records/money/death';
import { nextNumber, nextNumbers } from '../../records/kernel/numbers';
import { mustBeKept, pairsOf, recordsOf } from '../../records/joining';
import { openCaseOf } from '../../records/opening';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { checkRevision, withRevision } from '../../records/kernel/revisions';
import { lockRow, move, type States, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { checkArea, wrongAreas } from '../http/areas';
import { changesOf } from '../http/changes';
import { asCommand } from '../http/commands';
import { cellOfWords, createOrChange, importCsv, importReport, type Refused } from '../http/csv-import';
import {
  day,
  email,
  idOf,
  line,
  lines,
  mahalla,
  phone,
  pinfl,
  revision,
  som,
  text,
  yesNo,
} from '../http/fields';
import { named, soughtName } from '../http/names';
import { after, page, pageOf, paging, rowsToRead } from '../http/paging';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { inAnyRecord, visibleCases, visiblePeople } from '../http/visible';

const tag = 'people';
const readers = ['case_manager', 'supervisor', 'employment_officer', 'auditor', 'administrator'] as const;
const keepers = ['case_manager', 'supervisor', 'administrator'] as const;

/** What a work recommendation of TIEK says, when it is imported or entered with the person. */
const recommendation = z.strictObject({
  group: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  validUntil: day,
  suitableKinds: lines.default([]),
  unsuitableKinds: lines.default([]),
  conditions: lines.default([]),
  maxHoursPerWeek: z.exactOptional(z.int().min(1).max(48)),
  words: z.string().max(2000).default(''),
});

const wishes = z.strictObject({
  kinds: z.exactOptional(lines),
  partTime: z.exactOptional(z.boolean()),
  minWage: z.exactOptional(som),
});

const guardian = z.strictObject({ name: line, ground: line, phone: z.exactOptional(phone) });

const fields = {
  name: line,
  mahalla,
  address: line.nullable(),
  phone: phone.nullable(),
  email: email.nullable(),
  guardian: guardian.nullable(),
  skills: lines,
  wishes: wishes.nullable(),
  recommendation: recommendation.nullable(),
};

/** A death that was reported and is none, or was on another day. */
const death = z
  .strictObject({ on: day.nullable(), reason: text })
  .meta({ description: 'For the supervisor: corrects a recorded death; `on` null: the person lives.' });

const newPerson = z.strictObject({
  pinfl,
  birth: day.optional().meta({ description: 'When given it must be the one in the PINFL.' }),
  name: fields.name,
  mahalla,
  address: fields.address.default(null),
  phone: fields.phone.default(null),
  email: fields.email.default(null),
  guardian: fields.guardian.default(null),
  skills: fields.skills.default([]),
  wishes: fields.wishes.default(null),
  recommendation: fields.recommendation.default(null),
});

export const person = z
  .object({
    id: z.string(),
    pinfl: z.string(),
    name: z.string(),
    birth: z.string(),
    sex: z.enum(['male', 'female']),
    mahalla: z.string(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    guardian: z.unknown(),
    skills: z.array(z.string()),
    wishes: z.unknown(),
    recommendation: z.unknown().meta({ description: 'What TIEK last said.' }),
    recommendedUntil: z.string().nullable(),
    works: z.unknown().meta({ description: 'What YAMMT last said of present work; null: not asked yet.' }),
    diedOn: z.string().nullable(),
    lastVisit: z.object({ on: z.string(), wish: z.string(), comeAgainOn: z.string().nullable() }).nullable(),
    openCase: z
      .string()
      .nullable()
      .meta({ description: 'The number of the open case that the caller may see.' }),
    joinedTo: z
      .string()
      .nullable()
      .meta({ description: 'One person was recorded twice: the record that is used in place of this one.' }),
  })
  .meta({ id: 'Person' });

/** A record with what is last known under it, and under the other records of the same person. */
export const withLatest = (actor: Actor) => {
  const latest = {
    visits: { orderBy: [{ on: 'desc' }, { id: 'desc' }], take: 1 },
    cases: { where: { AND: [{ open: true }, visibleCases(actor)] }, select: { id: true } },
  } as const satisfies Prisma.PersonInclude;
  const withJoined = { ...latest, joined: { include: latest, orderBy: { id: 'asc' } } } as const;
  return { ...withJoined, keeper: { include: withJoined } } as const satisfies Prisma.PersonInclude;
};

type Latest = { include: { visits: true; cases: { select: { id: true } } } };
type WithJoined = { include: Latest['include'] & { joined: Latest } };
type Found = Prisma.PersonGetPayload<{ include: WithJoined['include'] & { keeper: WithJoined } }>;

/** A record as it is answered; the last visit and the open case are the person's, under whichever of their records. */
export const shown = (row: Found) => {
  const records = [row, ...row.joined, ...(row.keeper ? [row.keeper, ...row.keeper.joined] : [])];
  const [last] = records.flatMap(({ visits }) => visits).toSorted((a, b) => (a.on < b.on ? 1 : -1));
  return {
    ...ownFields(row),
    lastVisit: last ? { on: last.on, wish: last.wish, comeAgainOn: last.comeAgainOn } : null,
    openCase: records.flatMap(({ cases }) => cases)[0]?.id ?? null,
  };
};

const ownFields = ({
  visits: _,
  cases: _cases,
  joined: _joined,
  keeper: _keeper,
  createdAt: _at,
  nameKey: _key,
  ...row
}: Found) => row;

const possibleDoubles = z.array(z.object({ id: z.string(), words: z.string() })).meta({
  description: 'Records with the same name, birth and mahalla and another PINFL, in words.',
});

const edited = person.extend({ revision }).meta({ id: 'PersonEdited' });

const edit = (tx: Pick<Tx, 'revision'>, row: Found) => withRevision(tx, `person/${row.id}`, shown(row));

const list = route({
  method: 'get',
  path: '/people',
  tag,
  summary: 'The people of the mahalla: recommended, working, visited, with a case',
  who: readers,
  query: z.strictObject({
    ...paging,
    mahalla: mahalla.optional(),
    recommendation: z
      .enum(['valid', 'over', 'none'])
      .optional()
      .meta({ description: 'The work recommendation, as last known.' }),
    visited: yesNo.optional(),
    work: z.enum(['yes', 'no', 'unknown']).optional().meta({ description: 'In work, as YAMMT last said.' }),
    case: yesNo.optional().meta({ description: 'Whether a case is open.' }),
  }),
  answers: { 200: pageOf(person) },
  async handle({ records, actor, query, now }) {
    const today = dayOf(now);
    const recommended: Record<string, Prisma.PersonWhereInput> = {
      valid: { recommendedUntil: { gte: today } },
      over: { recommendedUntil: { lt: today } },
      none: { recommendedUntil: null },
    };
    const working: Record<string, Prisma.PersonWhereInput> = {
      yes: { NOT: [{ works: { equals: [] } }, { works: { equals: Prisma.AnyNull } }] },
      no: { works: { equals: [] } },
      unknown: { works: { equals: Prisma.AnyNull } },
    };
    const rows = await records.db.person.findMany({
      where: {
        AND: [
          visiblePeople(actor),
          { id: { gt: after(query) ?? '' }, joinedTo: null },
          ...(query.mahalla === undefined ? [] : [{ mahalla: query.mahalla }]),
          recommended[query.recommendation ?? ''] ?? {},
          working[query.work ?? ''] ?? {},
          some('visits', query.visited, {}),
          some('cases', query.case, { open: true }),
        ],
      },
      include: withLatest(actor),
      orderBy: { id: 'asc' },
      take: rowsToRead(query),
    });
    return ok(page(query, rows, (row) => row.id, shown));
  },
});

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
  summary: 'Look for a person by PINFL or name',
  description:
    'A search is a body, because addresses carry no personal data. Names: every word is looked for anywhere in the name, in ' +
    'either script, with whatever apostrophe or without.',
  who: readers,
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

const params = z.strictObject({ id: idOf('P') });
const visit = z
  .object({
    on: z.string(),
    offered: z.array(z.string()),
    wish: z.string(),
    note: z.string().nullable(),
    comeAgainOn: z.string().nullable(),
    by: z.string(),
  })
  .meta({ id: 'Visit' });

const shownVisit = ({ on, offered, wish, note, comeAgainOn, byId }: Prisma.VisitGetPayload<object>) => ({
  on,
  offered,
  wish,
  note,
  comeAgainOn,
  by: byId,
});

const one = route({
  method: 'get',
  path: '/people/{id}',
  tag,
  summary: 'One person, with all visits',
  description:
    'Of somebody recorded twice the kept record, with what is known under the other; the other points to it.',
  who: readers,
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
    return ok({
      ...(await edit(records.db, row)),
      visits: visits.map(shownVisit),
      joined: await joinedRecords(records.db, id),
    });
  },
});

/** The joined records as they stand. */
const joinedRecords = (db: Pick<Tx, 'person'>, id: string) =>
  db.person.findMany({
    where: { joinedTo: id },
    omit: { nameKey: true, createdAt: true },
    orderBy: { id: 'asc' },
  });

const create = route({
  method: 'post',
  path: '/people',
  tag,
  summary: 'Record a person',
  description:
    'Somebody known only from an employer’s application for a subsidy has no mahalla yet: this tells it. ' +
    '`possibleDoubles` names who may be the same person under another PINFL.',
  who: keepers,
  command: true,
  body: newPerson,
  answers: { 201: edited.extend({ possibleDoubles }) },
  handle: (ctx) =>
    asCommand(ctx, { name: 'person', body: ctx.body }, async (transaction) => {
      const { birth, recommendation: said, ...given } = ctx.body;
      await checkArea(transaction.tx, transaction.actor, 'mahalla', given.mahalla);
      const known = checkBirth(given.pinfl, birth, transaction.today);
      const before = await transaction.tx.person.findUnique({ where: { pinfl: given.pinfl } });
      if (before && levelOf(before.mahalla) === 'mahalla')
        throw notNow(
          'already_recorded',
          'This person is recorded already. Whoever moved here is found when their case is opened.',
        );
      const id = before?.id ?? (await nextNumber(transaction.tx, 'person'));
      transaction.subject = `person/${id}`;
      const data = { ...known, createdAt: transaction.now, ...asWritten(given), ...recommendedBy(said) };
      await transaction.tx.person.upsert({ where: { id }, create: { id, ...data }, update: data });
      await record(transaction, 'person_recorded', { personId: id });
      return {
        status: 201,
        body: { ...(await read(transaction, id)), possibleDoubles: await doublesOf(transaction, id) },
      };
    }),
});

/** Who may be the same person, as far as name, birth and mahalla tell. */
async function doublesOf({ tx }: Transaction, id: string) {
  const pairs = await pairsOf(tx, { of: id, n: 20 });
  return pairs.map(({ a, b }) => {
    const other = a === id ? b : a;
    return { id: other, words: doubleInWords(other) };
  });
}

const change = route({
  method: 'patch',
  path: '/people/{id}',
  tag,
  summary: 'Change what is known of a person',
  who: keepers,
  command: true,
  edits: true,
  params,
  body: z.strictObject({ ...fields, death }).partial(),
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'person', subject: `person/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { recommendation: said, death: corrected, ...given } = ctx.body;
        const before = await lockPerson(transaction, ctx.params.id);
        await checkRevision(transaction);
        if (corrected) await correctDeath(transaction, before, corrected);
        await checkOpenCase(transaction, ctx.params.id, before, ctx.body);
        if (given.mahalla !== undefined)
          await checkArea(transaction.tx, transaction.actor, 'mahalla', given.mahalla);
        const changes = changesOf(before, {
          ...given,
          ...(said !== undefined && recommendationFields(said)),
        });
        await transaction.tx.person.update({ where: ctx.params, data: asWritten(changes.data) });
        if (changes.fields.length > 0)
          await record(
            transaction,
            'person_changed',
            { personId: ctx.params.id },
            { fields: changes.fields.join(', ') },
          );
        return { status: 200, body: await read(transaction, ctx.params.id) };
      },
    ),
});

/**
 * A wrong report of a death closed the case: once it is taken back the case can be reopened, and the end of an employment
 * taken back, by their own commands. Of a death on another day the employments that it ended follow.
 */
async function correctDeath(
  transaction: Transaction,
  { id, birth, diedOn }: { id: string; birth: string; diedOn: string | null },
  { on, reason }: z.output<typeof death>,
): Promise<void> {
  if (transaction.actor.role !== 'supervisor')
    throw new Refusal(403, 'not_yours', 'A recorded death is corrected by the supervisor.');
  if (diedOn === null) throw notNow('no_death', 'No death is recorded. It is, by closing the case.');
  if (on !== null && (on < birth || on > transaction.today))
    throw wrongField('death', 'impossible_day', 'The day lies between the birth and today.');
  const records = await recordsOf(transaction.tx, id);
  await transaction.tx.person.updateMany({ where: { id: { in: records } }, data: { diedOn: on } });
  await record(transaction, 'death_corrected', { personId: id }, { from: diedOn, on: on ?? '-' }, reason);
  await correctDeathIn(transaction, id, on);
  if (on !== null) await endsFollow(transaction, id, on, reason);
}

/** The employments that the death ended, ended on its day; not before they began. */
async function endsFollow(
  transaction: Transaction,
  personId: string,
  diedOn: Day,
  reason: string,
): Promise<void> {
  const where = {
    personId: { in: await recordsOf(transaction.tx, personId) },
    endReason: 'died',
    endedOn: { not: null },
  };
  for (const { id } of await transaction.tx.employment.findMany({ where, orderBy: { id: 'asc' } })) {
    await lockRow(transaction.tx, 'retention', id);
    const job = await transaction.tx.employment.findUniqueOrThrow({ where: { id } });
    const endedOn = diedOn < job.hiredOn ? job.hiredOn : diedOn;
    if (job.endReason !== 'died' || job.endedOn === endedOn) continue;
    const here = { ...transaction, subject: subjectOf('retention', id) };
    await move(here, 'retention', job, job.state as States['retention'], { endedOn });
    await record(here, 'end_corrected', job, { from: job.endedOn, on: endedOn }, reason);
  }
}

/**
 * While a case is open its recommendation is TIEK's answer, or a certificate entered in the case, and its mahalla changes
 * with the case [pathway §3].
 */
async function checkOpenCase(
  transaction: Transaction,
  personId: string,
  before: { mahalla: string },
  said: { recommendation?: unknown; mahalla?: string | undefined },
): Promise<void> {
  const open = await openCaseOf(transaction.tx, personId);
  if (!open) return;
  if (said.recommendation !== undefined) throw notNow(...askedOfTiek);
  if (said.mahalla !== undefined && said.mahalla !== before.mahalla) throw notNow(...movesWithCase);
}

const askedOfTiek = [
  'asked_of_tiek',
  'While a case is open TIEK is asked: use the case, which also takes a certificate.',
] as const;
const movesWithCase = [
  'moves_with_case',
  'The person has an open case: it moves with them, by its transfer.',
] as const;

/** What a line may not change of a person with an open case, with the code of the command that refuses the same. */
function heldByCase(before: object, said: object): Refused | undefined {
  const { fields } = changesOf(before, said);
  const refusals = {
    mahalla: movesWithCase,
    recommendation: askedOfTiek,
    recommendedUntil: askedOfTiek,
  } as const;
  for (const [field, [code, detail]] of Object.entries(refusals))
    if (fields.includes(field)) return { field, code, detail };
  return undefined;
}

const wants = ['job', 'trade', 'own_business', 'nothing_now', 'not_met'] as const;

const visiting = route({
  method: 'post',
  path: '/people/{id}/visits',
  tag,
  summary: 'Record a visit: what was offered, what the person wants, when to come again',
  description: 'A case follows from a wish; *nothing now* opens none and is no refusal.',
  who: ['case_manager', 'supervisor'],
  command: true,
  params,
  body: z.strictObject({
    on: day,
    offered: lines.default([]),
    wish: z.enum(wants),
    note: text.nullable().default(null),
    comeAgainOn: day.nullable().default(null),
  }),
  answers: { 201: visit },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'visit', subject: `person/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { body, params: at } = ctx;
        const before = await lockPerson(transaction, at.id);
        if (body.on > transaction.today) throw wrongField('on', 'future_day', 'Is still to come.');
        if (body.on < before.birth) throw wrongField('on', 'before_birth', 'Lies before the person’s birth.');
        if (body.comeAgainOn !== null && body.comeAgainOn <= body.on)
          throw wrongField('comeAgainOn', 'before_visit', 'Does not lie after the visit.');
        const row = await transaction.tx.visit.create({
          data: { personId: at.id, ...body, byId: transaction.actor.id, at: transaction.now },
        });
        await record(transaction, 'visited', { personId: at.id }, { on: row.on, wish: row.wish });
        return { status: 201, body: shownVisit(row) };
      },
    ),
});

/** @throws Refusal 422 when the PINFL's day of birth is still to come, or another was given */
function checkBirth(
  number: string,
  given: string | undefined,
  today: string,
): { birth: string; sex: string } {
  const birth = birthDayOf(number);
  if (birth > today)
    throw wrongField('pinfl', 'pinfl_birth_date', 'Holds a day of birth that is still to come.');
  if (given !== undefined && given !== birth)
    throw wrongField('birth', 'birth_differs', 'Differs from the day of birth in the PINFL.');
  return { birth, sex: sexOf(number) };
}

type Recommended = z.output<typeof recommendation> | null;

const recommendationFields = (said: Recommended) => {
  if (said === null) return { recommendation: null, recommendedUntil: null };
  const { validUntil, ...rest } = said;
  return { recommendation: rest, recommendedUntil: validUntil };
};

const recommendedBy = (said: Recommended) => asWritten(recommendationFields(said));

/** JSON columns take their null by another name. */
function asWritten<Data extends object>(data: Data) {
  const nulls = ['guardian', 'wishes', 'recommendation'].filter(
    (field) => (data as Record<string, unknown>)[field] === null,
  );
  return { ...data, ...Object.fromEntries(nulls.map((field) => [field, Prisma.DbNull])) } as {
    [Field in keyof Data]: Field extends 'guardian' | 'wishes' | 'recommendation'
      ? Exclude<Data[Field], null> | typeof Prisma.DbNull
      : Data[Field];
  };
}

/** A person the caller may see, locked; of somebody recorded twice the kept record. */
async function lockPerson(transaction: Transaction, id: string) {
  await transaction.tx.$queryRaw`SELECT id FROM people WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await transaction.tx.person.findFirst({
    where: { AND: [{ id }, visiblePeople(transaction.actor)] },
  });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such person in your area.');
  mustBeKept(row);
  return row;
}

async function read(transaction: Transaction, id: string) {
  const row = await transaction.tx.person.findUniqueOrThrow({
    where: { id },
    include: withLatest(transaction.actor),
  });
  return edit(transaction.tx, row);
}

const cellNumber = z.coerce.number();
const importRow = z.strictObject({
  pinfl,
  name: line,
  mahalla,
  address: line.exactOptional(),
  phone: phone.exactOptional(),
  email: email.exactOptional(),
  skills: cellOfWords.pipe(lines).exactOptional(),
  recommendedUntil: day.exactOptional(),
  group: cellNumber.pipe(z.union([z.literal(1), z.literal(2), z.literal(3)])).exactOptional(),
  suitableKinds: cellOfWords.pipe(lines).exactOptional(),
  unsuitableKinds: cellOfWords.pipe(lines).exactOptional(),
  conditions: cellOfWords.pipe(lines).exactOptional(),
  maxHoursPerWeek: cellNumber.pipe(z.int().min(1).max(48)).exactOptional(),
  words: z.string().max(2000).exactOptional(),
});
type ImportRow = z.output<typeof importRow>;

const importing = route({
  method: 'post',
  path: '/people/import',
  tag,
  summary: 'Import people from CSV, with their work recommendations',
  description:
    'Columns: pinfl, name, mahalla; optional: address, phone, email, skills, and of the work recommendation: recommendedUntil, ' +
    'group, suitableKinds, unsuitableKinds, conditions, maxHoursPerWeek, words. Lists are separated by semicolons. The key is ' +
    'the PINFL; an empty cell leaves what is known as it is. A line that changes the mahalla or the recommendation of a person ' +
    'with an open case is refused, as PATCH /people/{id} does.',
  who: ['supervisor', 'administrator'],
  takes: 'csv',
  answers: { 200: importReport },
  handle: (ctx) =>
    importCsv<ImportRow>(ctx, {
      what: 'people',
      row: importRow,
      columns: {
        needed: ['pinfl', 'name', 'mahalla'],
        possible: Object.keys(importRow.shape).filter((name) => !['pinfl', 'name', 'mahalla'].includes(name)),
      },
      keyOf: (row) => row.pinfl,
      write: writeRows,
      eventOf: (did, id) => ({
        type: did === 'created' ? 'person_recorded' : 'person_changed',
        about: { personId: id },
        ...(did === 'changed' && { params: { fields: 'import' } }),
        subject: `person/${id}`,
      }),
    }),
});

async function writeRows(transaction: Transaction, rows: readonly ImportRow[]) {
  const { tx, actor, today } = transaction;
  const wrong = new Map(
    (
      await wrongAreas(
        tx,
        actor,
        rows.map((row) => row.mahalla),
      )
    ).map(({ code, detail }) => [code, detail]),
  );
  const numbers = rows.map((row) => row.pinfl);
  await tx.$queryRaw`SELECT id FROM people WHERE pinfl = ANY(${numbers}) ORDER BY id FOR NO KEY UPDATE`;
  const found = await tx.person.findMany({
    where: { pinfl: { in: numbers } },
    include: {
      cases: { where: { open: true }, select: { id: true } },
      joined: { where: { cases: { some: { open: true } } }, select: { id: true } },
    },
  });
  const known = new Map(found.map((row) => [row.pinfl, row]));
  const plan = (row: ImportRow) => {
    const before = known.get(row.pinfl);
    const detail = wrong.get(row.mahalla);
    if (detail !== undefined) return { field: 'mahalla', detail };
    if (birthDayOf(row.pinfl) > today)
      return { field: 'pinfl', detail: 'Holds a day of birth that is still to come.' };
    if (row.group !== undefined && row.recommendedUntil === undefined)
      return { field: 'recommendedUntil', detail: 'Is required with the rest of the recommendation.' };
    if (before && !before.mahalla.startsWith(actor.area))
      return { field: 'pinfl', detail: 'Is recorded in another area.' };
    if (before?.joinedTo)
      return {
        field: 'pinfl',
        code: 'joined',
        detail: `Is joined to ${before.joinedTo}: change that record.`,
      };
    const said = asRow(row);
    const held =
      before && before.cases.length + before.joined.length > 0 ? heldByCase(before, said) : undefined;
    return held ?? { ...(before && { before }), said };
  };
  return createOrChange(rows, plan, {
    numbers: (n) => nextNumbers(tx, 'person', n),
    create: (made) =>
      tx.person.createMany({
        data: made.map(({ id, said }) => ({
          id,
          birth: birthDayOf(said.pinfl),
          sex: sexOf(said.pinfl),
          createdAt: transaction.now,
          ...said,
        })),
      }),
    update: (id, data) => tx.person.update({ where: { id }, data }),
  });
}

/** A line as the row's columns; the recommendation is one, when the group is given. */
function asRow({
  group,
  suitableKinds,
  unsuitableKinds,
  conditions,
  maxHoursPerWeek,
  words,
  ...row
}: ImportRow) {
  if (group === undefined) return row;
  const said = {
    group,
    suitableKinds: suitableKinds ?? [],
    unsuitableKinds: unsuitableKinds ?? [],
    conditions: conditions ?? [],
    ...(maxHoursPerWeek !== undefined && { maxHoursPerWeek }),
    words: words ?? '',
  };
  return { ...row, recommendation: said };
}

export const peopleRoutes = [list, create, search, importing, one, change, visiting];
