import { z } from 'zod';
import { subsidyPathway } from '../../domain/pathways/subsidy';
import { contains } from '../../domain/soato';
import type { Prisma } from '../../prisma/generated/client';
import { workerFor } from '../../records/reads/money';
import { Refusal, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { choiceRoute, commandRoutes } from '../http/command-route';
import { area, instant } from '../http/fields';
import { days, type Filters, is, within } from '../http/filters';
import { itemOf, listRoute, ofEmployer, overdue } from '../http/lists';
import { moneyReaders } from '../http/readers';
import type { Route } from '../http/route';
import { stateful } from '../http/stateful';

/** The routes that wage subsidies and adaptations share, because they have one pathway. */

/** The roles that apply: the employer, or the employment officer for an employer that applies on paper [S: in writing]. */
export const applicants = ['employer', 'employment_officer'] as const;

const states = [...subsidyPathway.open, ...subsidyPathway.closed] as const;

export const subsidySummary = {
  programme: z.string(),
  employerId: z.string(),
  personId: z
    .string()
    .nullable()
    .meta({ description: 'The worker. It is null for an adaptation, and in answers to the employer.' }),
  area: z.string(),
  hiredOn: z.string().nullable(),
  appliedOn: z.string(),
  orderedAt: instant.nullable(),
  periodFrom: z.string().nullable(),
  periodTo: z.string().nullable(),
  lastDay: z.string().nullable(),
  amount: z.int().nullable().meta({ description: 'The amount of an adaptation, in so’m.' }),
};

/** A subsidy as its own answer and its commands show it. */
export const subsidyShape = (name: string) =>
  stateful(name, {
    ...subsidySummary,
    application: z.looseObject({}),
    tiekGroup: z.int().nullable().meta({
      description: 'The disability group as TIEK said it, beside the application’s; null for the employer.',
    }),
    refusal: z.looseObject({}).nullable().meta({
      description:
        'Why it was refused: code, rule, act and version, or the words of the review; `why` and `next` say it in words, with what can be done.',
    }),
    endReported: z
      .looseObject({ on: z.string(), because: z.literal('died').optional() })
      .nullable()
      .meta({
        description:
          'A reported end of the job that is not confirmed. Months from its month on are not approved. In answers to the offices it says whether a death was reported.',
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

/** The filters of the lists of the money. */
export const moneyFilters = {
  employer: ofEmployer,
  region: within('area', area.meta({ description: 'Only this region: its code of 4 digits.' })),
  area: within(
    'area',
    area.meta({ description: 'Only this region or district: its code of 4 or 7 digits.' }),
  ),
  overdue,
};

export const subsidyFilters = {
  ...moneyFilters,
  state: is('state', z.enum(states)),
  ...days('appliedOn', 'Applied for'),
};

const item = itemOf(subsidySummary);

/** The list of wage subsidies, or of adaptations: both are subsidies, of other programmes. */
export const listOfSubsidies = ({
  programmes,
  ...described
}: {
  kind: 'subsidy' | 'adaptation';
  summary: string;
  filters: Filters<Prisma.SubsidyWhereInput>;
  item: z.ZodType;
  programmes: NonNullable<Prisma.SubsidyWhereInput['programme']>;
}): Route =>
  listRoute({
    ...described,
    who: moneyReaders,
    where: { programme: programmes },
    read: (db, find) => db.subsidy.findMany(find),
    shown: (row, actor) => item({ ...row, personId: workerFor(actor, row.personId) }),
  });

/**
 * The employer that applies: the caller, or the employer of the paper that an employment officer enters.
 *
 * @throws Refusal 404 outside the officer's area; 422 when the officer names none, or an employer names one
 */
export async function applicantOf(transaction: Transaction, named: string | undefined) {
  const { role, employerId: id, area: here } = transaction.actor;
  if (role === 'employer') {
    if (named !== undefined)
      throw wrongField('employer', 'not_yours', 'Leave this out: an employer applies for itself.');
    const own = await transaction.tx.employer.findUnique({ where: { id: id ?? '' } });
    if (!own)
      throw new Refusal(
        403,
        'not_yours',
        'Your enterprise is not recorded. Ask the employment office to record it.',
      );
    return own;
  }
  if (named === undefined)
    throw wrongField('employer', 'missing', 'Give the STIR of the employer on the paper.');
  const employer = await transaction.tx.employer.findUnique({ where: { stir: named } });
  if (!employer || !contains(here, employer.district))
    throw new Refusal(404, 'not_found', 'No employer with this STIR is recorded in your area.');
  return employer;
}

/** The commands that a wage subsidy and an adaptation both take. */
export function subsidyCommands(
  kind: 'subsidy' | 'adaptation',
  shape: ReturnType<typeof subsidyShape>,
): Route[] {
  const commands = commandRoutes(kind, shape, {
    evidence: {
      summary: 'Enter a document in place of the labour register’s answer',
      description: 'If the contract is not in force, `until` is the last day.',
    },
    review: {
      summary: 'Review the application: propose it, return it for completion, or refuse it with a code',
      description:
        'A proposal first reserves the money, and then goes to the head for the order. It names each worker without a name (422 `missing_names`). A return pauses the deadline, and gives the employer 10 working days. Until the order is signed the application may be reviewed again, which frees the reserved money. An application that the law excludes is not proposed (409 with its code).',
    },
    completion: { summary: 'Complete a returned application: each given field replaces the earlier one' },
    order: {
      summary: 'Sign the order, as the head: its number is unique per office and year',
      description:
        'A person who entered, completed or reviewed the application does not sign (403 `took_part`). Months that are over get their claims at once. The money must be reserved (409 `no_commitment`).',
    },
    stop: {
      previews: true,
      summary:
        'Waive the subsidy from a later day as the employer, or stop it with a code as the employment officer',
      description:
        '`from` is the first day without a subsidy. An adaptation stops at once, if its payment is not sent yet (409 `paid_already`).',
    },
  });
  const objection = choiceRoute({
    kind,
    names: ['objection', 'objectionDecision'],
    choose: (body) => ('upheld' in body ? 'objectionDecision' : 'objection'),
    summary: 'Object once to a refusal as the employer, or decide on the objection as the head',
    description:
      'The employer objects with `words` within 10 working days of the refusal. The head decides with `upheld` and grounds (allowedActions: `objectionDecision`). An objection is not upheld where the law still excludes the application (409 with its code).',
    answers: { 200: shape },
  });
  return [...commands, objection];
}
