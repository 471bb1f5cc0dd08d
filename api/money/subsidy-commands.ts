import { z } from 'zod';
import { subsidyPathway } from '../../domain/pathways/subsidy';
import type { Programme } from '../../domain/policy';
import type { Actor } from '../../domain/roles';
import { contains } from '../../domain/soato';
import type { Prisma, Subsidy } from '../../prisma/generated/client';
import { workerFor } from '../../records/reads/money';
import { Refusal, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { choiceRoute, commandRoute } from '../http/command-route';
import { area, instant } from '../http/fields';
import { paging } from '../http/paging';
import type { Ctx, Route } from '../http/route';
import { employerId, flag, listed, stateful, waitsLike } from '../http/stateful';
import { visibleSubsidies } from '../http/visible';

/** What wage subsidies and the adaptation of workplaces have in common on their way through the API: one pathway. */

export const moneyReaders = [
  'employment_officer',
  'finance_officer',
  'employer',
  'auditor',
  'administrator',
] as const;

/** Who may apply: the employer, or the employment officer for one that applies on paper [S: in writing]. */
export const applicants = ['employer', 'employment_officer'] as const;

const states = [...subsidyPathway.open, ...subsidyPathway.closed] as const;

export const subsidySummary = {
  programme: z.string(),
  employerId: z.string(),
  personId: z
    .string()
    .nullable()
    .meta({ description: 'The worker; null for an adaptation, and for the employer.' }),
  area: z.string(),
  hiredOn: z.string().nullable(),
  appliedOn: z.string(),
  orderedAt: instant.nullable(),
  periodFrom: z.string().nullable(),
  periodTo: z.string().nullable(),
  lastDay: z.string().nullable(),
  amount: z.int().nullable().meta({ description: 'Of an adaptation, in so’m.' }),
};

/** A subsidy as its own answer and its commands show it. */
export const subsidyShape = (name: string) =>
  stateful(name, {
    ...subsidySummary,
    application: z.looseObject({}),
    refusal: z
      .looseObject({})
      .nullable()
      .meta({ description: 'Why it was refused: code, rule, act and version, or the words of the review.' }),
    endReported: z
      .looseObject({ on: z.string(), because: z.literal('died').optional() })
      .nullable()
      .meta({
        description:
          'An end of the job that is reported and not confirmed: from its month on nothing is approved. To the offices it says whether the person’s death was told.',
      }),
    order: z.looseObject({ number: z.string().optional() }).nullable(),
    claims: z.array(
      z.looseObject({
        id: z.string(),
        month: z.string(),
        state: z.string(),
        amount: z.int().nullable(),
        settledOn: z.string().nullable(),
      }),
    ),
  });

const subsidyItemOf = (row: Subsidy, actor: Actor) => ({
  id: row.id,
  state: row.state,
  since: row.since,
  programme: row.programme,
  employerId: row.employerId,
  personId: workerFor(actor, row.personId),
  area: row.area,
  hiredOn: row.hiredOn,
  appliedOn: row.appliedOn,
  orderedAt: row.orderedAt,
  periodFrom: row.periodFrom,
  periodTo: row.periodTo,
  lastDay: row.lastDay,
  amount: row.amount,
});

/** What the lists of the money are asked by. */
export const moneyQuery = {
  ...paging,
  employer: employerId.optional(),
  region: area.optional().meta({ description: 'The code of a region.' }),
  area: area.optional().meta({ description: 'The code of a region or a district.' }),
  overdue: flag.optional(),
};

export const subsidyQuery = { ...moneyQuery, state: z.enum(states).optional() };

/** The condition of `moneyQuery`. */
export const moneyWhere = (query: {
  employer?: string | undefined;
  region?: string | undefined;
  area?: string | undefined;
  state?: string | undefined;
}) => ({
  AND: [{ area: { startsWith: query.region ?? '' } }, { area: { startsWith: query.area ?? '' } }],
  ...(query.employer !== undefined && { employerId: query.employer }),
  ...(query.state !== undefined && { state: query.state }),
});

const programmeIs = (programme: Programme | undefined): Prisma.SubsidyWhereInput =>
  programme === undefined ? { programme: { not: 'workplace_adaptation' } } : { programme };

/** A page of wage subsidies or of adaptations; without a programme, of the wage subsidies of every one. */
export const listedSubsidies = (
  ctx: Ctx<unknown, z.output<z.ZodObject<typeof subsidyQuery>>>,
  kind: 'subsidy' | 'adaptation',
  programme: Programme | undefined,
) =>
  listed(ctx, {
    kind,
    waits: waitsLike(ctx.query, ctx.now),
    read: (id, take) =>
      ctx.records.db.subsidy.findMany({
        where: { AND: [visibleSubsidies(ctx.actor), moneyWhere(ctx.query), programmeIs(programme)], id },
        orderBy: { id: 'asc' },
        take,
      }),
    shown: (row) => subsidyItemOf(row, ctx.actor),
  });

/**
 * The employer that applies: the caller, or the one whose paper an employment officer enters.
 *
 * @throws Refusal 404 outside the officer's area, 422 when it is missing or not the caller's to say
 */
export async function applicantOf(transaction: Transaction, named: string | undefined) {
  const { role, employerId: id, area: here } = transaction.actor;
  if (role === 'employer') {
    if (named !== undefined)
      throw wrongField('employer', 'not_yours', 'An employer applies for itself: leave it out.');
    const own = await transaction.tx.employer.findUnique({ where: { id: id ?? '' } });
    if (!own) throw new Refusal(403, 'not_yours', 'This is for employers that are recorded.');
    return own;
  }
  if (named === undefined)
    throw wrongField('employer', 'missing', 'Name the employer whose paper this is, by its STIR.');
  const employer = await transaction.tx.employer.findUnique({ where: { stir: named } });
  if (!employer || !contains(here, employer.district))
    throw new Refusal(404, 'not_found', 'There is no such employer in your area.');
  return employer;
}

/** The commands that a wage subsidy and an adaptation both take; `base` is the path of the one or the other. */
export function subsidyCommands(
  kind: 'subsidy' | 'adaptation',
  shape: ReturnType<typeof subsidyShape>,
): Route[] {
  const base = kind === 'subsidy' ? '/subsidies' : '/adaptations';
  const shown = (path: string) => ({ kind, path: `${base}/{id}${path}`, tag: base.slice(1) });
  const answers = { 200: shape };
  return [
    commandRoute({
      ...shown('/evidence'),
      name: 'evidence',
      summary: 'A document in place of the labour register’s answer',
      description: 'Not in force: `until` is the last day.',
      answers,
    }),
    commandRoute({
      ...shown('/review'),
      name: 'review',
      summary: 'The review proposes, returns for completion, or refuses with a code',
      description:
        'A proposal is reserved first and then goes to the head for the order. A worker whose name nobody told is named (422 `missing_names`). A return pauses the clock; the employer has 10 working days. Until the order is signed it may be reviewed again: what was reserved is free then. What the law excludes is not proposed (409 with its code).',
      answers,
    }),
    commandRoute({
      ...shown('/completion'),
      name: 'completion',
      summary: 'Complete a returned application: what is said replaces what was there',
      answers,
    }),
    commandRoute({
      ...shown('/order'),
      name: 'order',
      summary: 'The head signs the order: number and date, unique per office and year',
      description:
        'Whoever entered, completed or reviewed the application does not sign it (403 `took_part`). Months already over get their claims at once. What is needed by it has to be reserved (409 `no_commitment`).',
      answers,
    }),
    choiceRoute({
      ...shown('/objection'),
      names: ['objection', 'objectionDecision'],
      choose: (body) => ('upheld' in body ? 'objectionDecision' : 'objection'),
      summary: 'A refused employer objects, once; the head decides',
      description:
        'Within 10 working days of the refusal: `words`. The decision, `upheld` with its grounds, is the head’s (allowedActions: `objectionDecision`). What the law still excludes is not upheld (409 with its code).',
      answers,
    }),
    commandRoute({
      ...shown('/stop'),
      name: 'stop',
      summary: 'The employer waives from a day to come, or the employment officer stops with a code',
      description:
        '`from` is the first day that is not paid for. An adaptation stops at once, while its payment is not sent (409 `paid_already`).',
      answers,
    }),
  ];
}
