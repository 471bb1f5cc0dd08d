import { z } from 'zod';
import { caseOutcomes, casePathway, measureKinds, serviceKinds } from '../../domain/pathways/case';
import type { Consent } from '../../domain/commands';
import type { Actor } from '../../domain/roles';
import { contains, levelOf } from '../../domain/soato';
import { eventInWords } from '../../domain/words/events.en';
import type { Case, Prisma } from '../../prisma/generated/client';
import { assign } from '../../records/assignments';
import { readClosureForm } from '../../records/reads/closure-form';
import { recordsOf } from '../../records/joining';
import { openCase, openCaseOf } from '../../records/opening';
import { Refusal } from '../../records/kernel/refusal';
import { represent } from '../../records/reads/represent';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { managerOf } from '../../records/workers';
import { asCommand, give } from '../http/commands';
import { area, day, idOf, instant, line, mahalla, pinfl, revision, text } from '../http/fields';
import { named, soughtName } from '../http/names';
import { after, page, pageOf, paging, rowsToRead } from '../http/paging';
import { Problem } from '../http/problem';
import { type Ctx, ok, route } from '../http/route';
import { referralShape } from './referrals';
import {
  commandRoute,
  document,
  flag,
  listed,
  owners,
  paramsOf,
  personId,
  seen,
  stateful,
  waitsLike,
} from '../http/stateful';
import { inAnyRecord, visibleCases } from '../http/visible';

const tag = 'cases';
const readers = ['case_manager', 'supervisor', 'employment_officer', 'auditor', 'administrator'] as const;
const states = [...casePathway.open, ...casePathway.closed] as const;

const summary = {
  personId: z.string(),
  area: z.string(),
  managerId: z.string().nullable(),
  openedAt: instant,
  eligibility: z.enum(['asking', 'yes', 'no', 'unknown', 'evidence']),
  outcome: z.enum(caseOutcomes).nullable(),
  closedAt: instant.nullable(),
};
const caseItem = stateful('CaseItem', summary);
const caseShape = stateful('Case', {
  ...summary,
  consent: z.looseObject({ by: z.string(), on: z.string() }),
  personsWish: z.string().nullable(),
  assessment: z.looseObject({}).nullable(),
  plan: z
    .looseObject({ measures: z.array(z.looseObject({})), services: z.array(z.looseObject({})) })
    .nullable(),
  referrals: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  employments: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  closure: z.looseObject({}).nullable(),
  revision: revision.meta({ description: 'Of the assessment and the plan; also the answer’s ETag.' }),
});

const itemOf = ({
  id,
  state,
  since,
  personId: person,
  area: where,
  managerId,
  openedAt,
  eligibility,
  outcome,
  closedAt,
}: Case) => ({
  id,
  state,
  since,
  personId: person,
  area: where,
  managerId,
  openedAt,
  eligibility,
  outcome,
  closedAt,
});

const consent = z.strictObject({
  by: z.enum(['person', 'parent', 'guardian']),
  name: line.optional(),
  ground: line.optional(),
  on: day.optional(),
  purpose: text.optional(),
});

const opening = z
  .strictObject({
    person: personId.optional(),
    pinfl: pinfl.optional(),
    consent,
    personsWish: text.optional(),
  })
  .refine(({ person, pinfl: number }) => (person === undefined) !== (number === undefined), {
    path: ['person'],
    message: 'Exactly one of person and pinfl is needed',
  });

const open = route({
  method: 'post',
  path: '/cases',
  tag,
  summary: 'Open a case for a person of the mahalla, with consent',
  description:
    'Needs no worker: the case stands with the answer, its workflow runs when a worker is there. A person with an open case elsewhere: 409 `open_case_elsewhere`, and that case’s manager is asked for a transfer.',
  who: ['case_manager', 'supervisor'],
  command: true,
  body: opening,
  answers: { 201: caseShape },
  async handle(ctx) {
    try {
      return await asCommand(ctx, { name: 'opening', body: ctx.body }, (transaction) =>
        opened(transaction, ctx.body),
      );
    } catch (error) {
      if (error instanceof Problem && error.code === 'open_case_elsewhere') await askForTransfer(ctx);
      throw error;
    }
  },
});

type Opening = z.output<typeof opening>;

async function opened(transaction: Transaction, body: Opening) {
  const person = await personOf(transaction, body);
  const area = mahallaFor(transaction.actor, person);
  const managerId =
    transaction.actor.role === 'case_manager' ? transaction.actor.id : await managerOf(transaction, area);
  const id = await openCase(transaction, {
    personId: person.id,
    consent: body.consent as Consent,
    ...(body.personsWish !== undefined && { personsWish: body.personsWish }),
    managerId,
    area,
  });
  transaction.subject = subjectOf('case', id);
  await wake(transaction, transaction.subject);
  return {
    status: 201,
    body: await represent(transaction.tx, 'case', id, transaction.actor, transaction.now),
  };
}

const whoseCase = ({ person, pinfl: number }: Opening): Prisma.PersonWhereInput => ({
  ...(person !== undefined && { id: person }),
  ...(number !== undefined && { pinfl: number }),
});

/**
 * A person of the caller's area, or a newcomer: whoever has a case elsewhere but stands before the case manager with their
 * personal number.
 *
 * @throws Refusal 404 for anybody else
 */
async function personOf(transaction: Transaction, body: Opening) {
  const found = await transaction.tx.person.findFirst({ where: whoseCase(body), include: { keeper: true } });
  const person = found?.keeper ?? found;
  const { role, area } = transaction.actor;
  const newcomer = body.pinfl !== undefined && role === 'case_manager' && levelOf(area) === 'mahalla';
  const here = person && contains(area, person.mahalla);
  if (!person || !(here || (newcomer && (await openCaseOf(transaction.tx, person.id)))))
    throw new Refusal(404, 'not_found', 'There is no such person in your area.');
  return person;
}

/** The mahalla on record, or that of the case manager a newcomer came to. */
const mahallaFor = ({ area }: Actor, person: { mahalla: string }): string =>
  contains(area, person.mahalla) ? person.mahalla : area;

/** The case elsewhere is asked for in the caller's name; what it says to that is its own mahalla's to see. */
async function askForTransfer(ctx: Ctx<unknown, unknown, Opening>): Promise<void> {
  const { db } = ctx.records;
  const person = await db.person.findFirst({ where: whoseCase(ctx.body), select: { id: true } });
  const found = await db.case.findFirst({
    where: { open: true, personId: { in: person ? await recordsOf(db, person.id) : [] } },
    select: { id: true, person: { select: { mahalla: true } } },
  });
  if (!found) return;
  const asking = { ...ctx, route: `${ctx.route}#askTransfer` };
  const order = {
    subject: subjectOf('case', found.id),
    name: 'askTransfer',
    body: { to: mahallaFor(ctx.actor, found.person) },
  };
  try {
    await give(asking, { ...order, unseen: true });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
  }
}

const list = route({
  method: 'get',
  path: '/cases',
  tag,
  summary: 'Cases of the caller’s area',
  description:
    '`waitingFor` and `overdue` look at every open wait of the case and its referrals and employments.',
  who: readers,
  query: z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    waitingFor: z.enum(owners).optional(),
    overdue: flag.optional(),
    area: area.optional(),
    person: personId.optional(),
  }),
  answers: { 200: pageOf(caseItem) },
  handle(ctx) {
    const { query } = ctx;
    return listed(ctx, {
      kind: 'case',
      waits: waitsLike(query, ctx.now),
      read: async (id, n) =>
        ctx.records.db.case.findMany({
          where: {
            AND: [visibleCases(ctx.actor)],
            id,
            ...(query.state && { state: query.state }),
            ...(query.area !== undefined && { area: { startsWith: query.area } }),
            ...(query.person !== undefined && {
              personId: { in: await recordsOf(ctx.records.db, query.person) },
            }),
          },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: itemOf,
    });
  },
});

const search = route({
  method: 'post',
  path: '/cases/search',
  tag,
  summary: 'Find cases by the person’s name or PINFL',
  description:
    'A POST, so that no personal data stands in a URL. Names are looked for as in POST /people/search.',
  who: readers,
  query: z.strictObject(paging),
  body: z
    .strictObject({ name: soughtName.optional(), pinfl: pinfl.optional() })
    .refine((body) => (body.name === undefined) !== (body.pinfl === undefined), {
      path: ['name'],
      message: 'Exactly one of name and pinfl is needed',
    }),
  answers: { 200: pageOf(caseItem.extend({ person: z.object({ id: z.string(), name: z.string() }) })) },
  handle(ctx) {
    const { name, pinfl: number } = ctx.body;
    return listed(ctx, {
      kind: 'case',
      read: (id, n) =>
        ctx.records.db.case.findMany({
          where: {
            AND: [visibleCases(ctx.actor)],
            id,
            person: inAnyRecord({
              ...(name !== undefined && named(name)),
              ...(number !== undefined && { pinfl: number }),
            }),
          },
          include: { person: { select: { id: true, name: true } } },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: (row) => ({ ...itemOf(row), person: row.person }),
    });
  },
});

const params = paramsOf('case');

const one = route({
  method: 'get',
  path: '/cases/{id}',
  tag,
  summary: 'One case',
  description: 'A closed case shows the form of what was done and how long each step took.',
  who: readers,
  params,
  answers: { 200: caseShape },
  async handle(ctx) {
    const shown = await seen(ctx, 'case');
    return ok(
      shown['state'] === 'closed'
        ? { ...shown, form: await readClosureForm(ctx.records.db, ctx.params.id) }
        : shown,
    );
  },
});

const happened = z
  .object({
    at: instant,
    type: z.string(),
    words: z.string(),
    grounds: z.string().nullable(),
    by: z.object({ id: z.string(), name: z.string().nullable(), role: z.string() }),
    subject: z.string(),
    params: z.looseObject({}),
    policy: z
      .object({ id: z.string(), act: z.string() })
      .nullable()
      .meta({ description: 'The version of the policy it was decided under, and its act.' }),
    correlationId: z.string(),
  })
  .meta({ id: 'Happened' });

const timeline = route({
  method: 'get',
  path: '/cases/{id}/timeline',
  tag,
  summary: 'What happened in a case, in words: who, in which role, when, what, on what grounds',
  who: readers,
  params,
  query: z.strictObject(paging),
  answers: { 200: pageOf(happened) },
  async handle(ctx) {
    await seen(ctx, 'case');
    const { db } = ctx.records;
    const events = await db.event.findMany({
      where: { caseId: ctx.params.id, id: { gt: eventAfter(after(ctx.query)) } },
      orderBy: { id: 'asc' },
      take: rowsToRead(ctx.query),
    });
    const officials = await db.official.findMany({
      where: { id: { in: [...new Set(events.map((event) => event.actorId))] } },
      select: { id: true, name: true },
    });
    const names = new Map(officials.map(({ id, name }) => [id, name]));
    const versions = await db.policyVersion.findMany({
      where: { id: { in: [...new Set(events.map((event) => event.policyId))] } },
      select: { id: true, act: true },
    });
    const policies = new Map(versions.map((version) => [version.id, version]));
    return ok(
      page(
        ctx.query,
        events,
        (event) => String(event.id),
        (event) => ({
          at: event.at,
          type: event.type,
          words: eventInWords(event.type, event.params as Record<string, unknown>),
          grounds: event.grounds,
          by: { id: event.actorId, name: names.get(event.actorId) ?? null, role: event.actorRole },
          subject: event.subject,
          params: event.params,
          policy: policies.get(event.policyId) ?? null,
          correlationId: event.correlationId,
        }),
      ),
    );
  },
});

const eventAfter = (key: string | undefined): bigint =>
  key !== undefined && /^\d{1,18}$/.test(key) ? BigInt(key) : 0n;

const assessment = commandRoute({
  kind: 'case',
  name: 'assessment',
  method: 'put',
  edits: true,
  path: '/cases/{id}/assessment',
  tag,
  summary: 'Record what was assessed with the person',
  body: z.strictObject({ capabilities: text, needs: text, wishes: text, conditions: text, barriers: text }),
  answers: { 200: caseShape },
});

const plan = commandRoute({
  kind: 'case',
  name: 'plan',
  method: 'put',
  edits: true,
  path: '/cases/{id}/plan',
  tag,
  summary: 'Write the plan: measures in order, and services',
  description:
    'The whole plan, each time. Measures other than `job` begin and end by hand (`startedOn`, `endedOn`, `outcome`); a job begins with the hire.',
  body: z.strictObject({
    measures: z
      .array(
        z.strictObject({
          kind: z.enum(measureKinds),
          subsidised: z.boolean().optional(),
          provider: line.optional(),
          dueOn: day.optional(),
          startedOn: day.optional(),
          endedOn: day.optional(),
          outcome: line.optional(),
        }),
      )
      .max(20),
    services: z
      .array(
        z.strictObject({
          kind: z.enum(serviceKinds),
          provider: line,
          dueOn: day.optional(),
          outcome: line.optional(),
        }),
      )
      .max(50)
      .default([]),
  }),
  answers: { 200: caseShape },
});

const eligibility = commandRoute({
  kind: 'case',
  name: 'eligibility',
  path: '/cases/{id}/eligibility',
  tag,
  summary: 'A certificate in place of a silent TIEK, TIEK asked again, or a new examination arranged',
  body: z.discriminatedUnion('step', [
    z.strictObject({
      step: z.literal('certificate'),
      certificate: document.extend({ validUntil: day, group: z.literal([1, 2, 3]) }),
    }),
    z.strictObject({ step: z.literal('ask_again') }),
    z.strictObject({ step: z.literal('new_examination'), on: day }),
  ]),
  answers: { 200: caseShape },
});

const vacancy = idOf('V');

const referral = commandRoute({
  kind: 'case',
  name: 'referral',
  path: '/cases/{id}/referrals',
  tag,
  summary: 'Refer the person to a job',
  description:
    'A job that the work recommendation calls not suitable needs `exception` and the supervisor’s yes: the case manager’s call asks for it (200, the case), the supervisor’s issues the referral (201), and the supervisor’s `declined` is the no.',
  body: z.union([
    z.strictObject({
      vacancy,
      exception: z.strictObject({ wish: text, adaptation: text }).optional(),
    }),
    z.strictObject({ vacancy, declined: text }),
  ]),
  answers: { 200: caseShape, 201: referralShape },
});

const reasoned = z.strictObject({ reason: text });

const withdrawal = commandRoute({
  kind: 'case',
  name: 'withdrawal',
  path: '/cases/{id}/withdrawal',
  tag,
  summary: 'The person withdraws: everything stops together',
  body: reasoned,
  answers: { 200: caseShape },
});

const transfer = commandRoute({
  kind: 'case',
  name: 'transfer',
  path: '/cases/{id}/transfer',
  tag,
  summary: 'The person moved: the case goes to the new mahalla with its clocks',
  description:
    'The old case manager keeps it until the new one takes it over. `to` its own mahalla: the person stays.',
  body: z.union([
    z.strictObject({ to: mahalla, reason: text }),
    z.strictObject({ takeOver: z.literal(true) }),
  ]),
  answers: { 200: caseShape },
});

const closure = commandRoute({
  kind: 'case',
  name: 'closure',
  path: '/cases/{id}/closure',
  tag,
  summary: 'Close a case with its outcome and summary',
  description:
    'Against the person’s wish it needs the supervisor’s yes: the case manager’s call asks for it, the supervisor’s closes, and `declined` is the no.',
  body: z.union([
    z.strictObject({
      outcome: z.enum(caseOutcomes),
      summary: text,
      personAgrees: z.boolean(),
      on: day.optional(),
    }),
    z.strictObject({ declined: text }),
  ]),
  answers: { 200: caseShape },
});

const reopening = commandRoute({
  kind: 'case',
  name: 'reopening',
  path: '/cases/{id}/reopening',
  tag,
  summary: 'Reopen a case within 12 months: nobody starts from zero',
  body: reasoned,
  answers: { 200: caseShape },
});

const assignments = route({
  method: 'post',
  path: '/assignments',
  tag,
  summary: 'Move cases with their tasks to another case manager, or to the office',
  description:
    'Names the `cases`, or the official `from` whom all move together. `to` a case manager of the area, or `office`: the supervisor’s worklist. `leaves`: the last day of an official who leaves.',
  who: ['supervisor', 'administrator'],
  command: true,
  body: z
    .strictObject({
      from: line.optional(),
      cases: z.array(idOf('C')).min(1).max(500).optional(),
      to: line,
      leaves: day.optional(),
    })
    .refine((body) => body.from !== undefined || body.cases !== undefined, {
      path: ['cases'],
      message: 'Name the cases, or the official whose cases move',
    }),
  answers: { 200: z.object({ cases: z.int(), tasks: z.int() }) },
  handle(ctx) {
    const { from, cases, to, leaves } = ctx.body;
    const assignment = {
      to,
      ...(from !== undefined && { from }),
      ...(cases && { cases }),
      ...(leaves !== undefined && { leaves }),
    };
    return asCommand(
      ctx,
      { subject: `official/${from ?? to}`, name: 'assignment', body: assignment },
      async (transaction) => ({
        status: 200,
        body: await assign(transaction, assignment),
      }),
    );
  },
});

export const caseRoutes = [
  open,
  list,
  search,
  one,
  timeline,
  assessment,
  plan,
  eligibility,
  referral,
  withdrawal,
  transfer,
  closure,
  reopening,
  assignments,
];
