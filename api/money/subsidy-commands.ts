import { z } from 'zod';
import { subsidyPathway } from '../../domain/pathways/subsidy';
import { contains } from '../../domain/soato';
import type { Prisma } from '../../prisma/generated/client';
import { workerFor } from '../../records/reads/money';
import { Refusal, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { choiceRoute, commandRoutes } from '../http/command-route';
import { area, instant } from '../http/fields';
import { given } from '../http/given';
import { itemOf, listRoute } from '../http/lists';
import { paging } from '../http/paging';
import { moneyReaders } from '../http/readers';
import type { Route } from '../http/route';
import { employerId, flag, stateful } from '../http/stateful';

/** What wage subsidies and the adaptation of workplaces have in common on their way through the API: one pathway. */

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

/** What the lists of the money are asked by. */
export const moneyQuery = {
  ...paging,
  employer: employerId.optional(),
  region: area.optional().meta({ description: 'The code of a region.' }),
  area: area.optional().meta({ description: 'The code of a region or a district.' }),
  overdue: flag.optional(),
};

export const subsidyQuery = { ...moneyQuery, state: z.enum(states).optional() };
type SubsidyQuery = z.output<z.ZodObject<typeof subsidyQuery>>;

/** The condition of `moneyQuery`. */
export const moneyWhere = ({
  employer,
  region = '',
  area = '',
  state,
}: {
  employer?: string | undefined;
  region?: string | undefined;
  area?: string | undefined;
  state?: string | undefined;
}) => ({
  AND: [{ area: { startsWith: region } }, { area: { startsWith: area } }],
  ...given({ employerId: employer, state }),
});

const item = itemOf(subsidySummary);

/** The list of wage subsidies, or of adaptations: both are subsidies, of other programmes. */
export const listOfSubsidies = <Q extends z.ZodType<SubsidyQuery>>({
  programmes,
  ...described
}: {
  kind: 'subsidy' | 'adaptation';
  summary: string;
  query: Q;
  item: z.ZodType;
  programmes: (query: z.output<Q>) => NonNullable<Prisma.SubsidyWhereInput['programme']>;
}): Route =>
  listRoute({
    ...described,
    who: moneyReaders,
    where: ({ query }) => ({ ...moneyWhere(query), programme: programmes(query) }),
    read: (db, find) => db.subsidy.findMany(find),
    shown: (row, actor) => item({ ...row, personId: workerFor(actor, row.personId) }),
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

/** The commands that a wage subsidy and an adaptation both take. */
export function subsidyCommands(
  kind: 'subsidy' | 'adaptation',
  shape: ReturnType<typeof subsidyShape>,
): Route[] {
  const commands = commandRoutes(kind, shape, {
    evidence: {
      summary: 'A document in place of the labour register’s answer',
      description: 'Not in force: `until` is the last day.',
    },
    review: {
      summary: 'The review proposes, returns for completion, or refuses with a code',
      description:
        'A proposal is reserved first and then goes to the head for the order. A worker whose name nobody told is named (422 `missing_names`). A return pauses the clock; the employer has 10 working days. Until the order is signed it may be reviewed again: what was reserved is free then. What the law excludes is not proposed (409 with its code).',
    },
    completion: { summary: 'Complete a returned application: what is said replaces what was there' },
    order: {
      summary: 'The head signs the order: number and date, unique per office and year',
      description:
        'Whoever entered, completed or reviewed the application does not sign it (403 `took_part`). Months already over get their claims at once. What is needed by it has to be reserved (409 `no_commitment`).',
    },
    stop: {
      summary: 'The employer waives from a day to come, or the employment officer stops with a code',
      description:
        '`from` is the first day that is not paid for. An adaptation stops at once, while its payment is not sent (409 `paid_already`).',
    },
  });
  const objection = choiceRoute({
    kind,
    names: ['objection', 'objectionDecision'],
    choose: (body) => ('upheld' in body ? 'objectionDecision' : 'objection'),
    summary: 'A refused employer objects, once; the head decides',
    description:
      'Within 10 working days of the refusal: `words`. The decision, `upheld` with its grounds, is the head’s (allowedActions: `objectionDecision`). What the law still excludes is not upheld (409 with its code).',
    answers: { 200: shape },
  });
  return [...commands, objection];
}
