import { z } from 'zod';
import { roles } from '../../domain/roles';
import { kinds, shownKinds } from '../../records/kernel/kinds';
import type { ShownKind } from '../../records/kernel/rows';
import { viewOf } from '../../records/kernel/view';
import { namedInside } from '../../records/reads/beside';
import { represent } from '../../records/reads/represent';
import { coded, day, idLike, idOf, instant } from './fields';
import { notFound } from './problem';
import { type Ctx, ok, route, type Route } from './route';
import { visibleRow } from './visible';

/** The shapes, numbers and paths of the rows that wait. */

/** The day of the employment fund, or of another fund: `social_protection-2026-03-04`. */
const fundsDay = z
  .string()
  .refine(
    (id) => day.safeParse(id.replace(/^social_protection-/, '')).success,
    coded('impossible_date', 'Give a day of the calendar as YYYY-MM-DD'),
  )
  .meta({ example: '2026-03-04' });

const numberLike = (kind: ShownKind): z.ZodType<string> => {
  const { number } = kinds[kind];
  if (number === 'fundsDay') return fundsDay;
  return 'prefix' in number ? idOf(number.prefix) : idLike(number.like, number.example);
};

const ids = Object.fromEntries(shownKinds.map((kind) => [kind, numberLike(kind)])) as Record<
  ShownKind,
  z.ZodType<string>
>;
export const caseId = ids.case;
export const personId = idOf('P');
export const employerId = idOf('E');
export const claimId = ids.claim;
export const officialId = z
  .string()
  .regex(/^[\w.-]{1,60}$/, 'Write 1 to 60 letters, digits, ".", "_" or "-"');

/** `overdue=yes` or `overdue=true`. */
export const flag = z
  .stringbool({ truthy: ['yes', 'true'], falsy: ['no', 'false'] })
  .meta({ override: { type: 'string', enum: ['yes', 'no', 'true', 'false'] } });

export const owners = [...roles, 'register', 'clock'] as const;

const waitingFor = z
  .object({
    what: z.string(),
    role: z.enum(owners),
    rank: z.string().optional(),
    assignee: z.string().optional(),
    since: instant,
    due: instant.nullable(),
    dueOn: z.string().nullable().meta({ description: 'The day of `due` in Tashkent.' }),
    overdue: z.boolean(),
    then: z.string().meta({ description: 'The step that follows if nobody acts.' }),
    policy: z.string().optional().meta({
      description: 'The version of the policy with the length of the wait. GET /policies/{id} names the act.',
    }),
  })
  .nullable()
  .meta({ id: 'WaitingFor' });

/** The shape of the actions that something beside the state forbids. */
export const notAllowed = z
  .array(
    z.object({
      action: z.string(),
      code: z.string().meta({ description: 'Stable, for programs.' }),
      words: z.string().meta({ description: 'Why, and what can be done, in the reader’s language.' }),
    }),
  )
  .meta({
    description: 'The actions that the state allows and that another reason forbids to the caller now.',
  });

const namedPerson = z.looseObject({ id: z.string().nullable(), name: z.string() }).meta({
  id: 'NamedPerson',
  description:
    'An employer sees the name while something is asked about the person, and of its workers. It does not see our numbers of its workers in the money.',
});
const namedEmployer = z
  .looseObject({ id: z.string(), name: z.string(), stir: z.string() })
  .meta({ id: 'NamedEmployer' });
const namedJob = z.looseObject({ id: z.string(), title: z.string() }).meta({ id: 'NamedJob' });

/** The parties of a row, with names. Rows without parties, such as a budget line, leave them out. */
export const parties = {
  person: namedPerson.nullable().optional(),
  employer: namedEmployer.nullable().optional(),
  job: namedJob.nullable().optional(),
};

/** The shape of a row that waits, with its parties and some of its own fields. */
export const stateful = <F extends z.ZodRawShape>(id: string, fields: F) =>
  z
    .looseObject({
      id: z.string(),
      state: z.string(),
      since: instant,
      ...parties,
      ...fields,
      waitingFor,
      allowedActions: z.array(z.string()),
      notAllowed,
    })
    .meta({ id, description: NAMES });

const NAMES =
  'Beside every number of an official, a place, an employer or a job stands its name: `managerId` has `managerName`, `by` has `byName`, `area` has `areaName`.';

type Params = z.ZodObject<{ id: z.ZodType<string> }>;
export const paramsOf = (kind: ShownKind): Params => z.strictObject({ id: ids[kind] });

/** How a route is described. Path and tag are those of the row's kind unless given. */
export interface Described {
  path?: string;
  tag?: string;
  summary: string;
  description?: string;
}

/** The collection of a kind: its path, which also names it on the reference page. */
export const collectionOf = (kind: ShownKind) => ({ path: `/${kinds[kind].path}`, tag: kinds[kind].path });

/** The path of one row of a kind, or of something under the row. */
export const rowPath = (kind: ShownKind, under = ''): string => `${collectionOf(kind).path}/{id}${under}`;

/** Checks that the caller sees a row. @throws Problem 404 outside their area */
export async function mustSee(
  { records, actor, params }: Pick<Ctx<{ id: string }>, 'records' | 'actor' | 'params'>,
  kind: ShownKind,
): Promise<void> {
  if (!(await visibleRow(records.db, kind, params.id, actor))) throw notFound();
}

/** One row of a kind as it is shown to the caller. @throws Problem 404 outside their area */
export async function seen(ctx: Ctx<{ id: string }>, kind: ShownKind): Promise<Record<string, unknown>> {
  await mustSee(ctx, kind);
  return (await represent(viewOf(ctx.records, ctx.actor, ctx.now), kind, ctx.params.id)) as Record<
    string,
    unknown
  >;
}

interface OneRoute extends Described {
  kind: ShownKind;
  who: Route['who'];
  shape: z.ZodType;
  /** What is added to the row before it is answered. */
  also?: (ctx: Ctx<{ id: string }>, shown: Record<string, unknown>) => Promise<object> | object;
}

/** One row of a kind. */
export const oneRoute = ({ kind, shape, also, ...described }: OneRoute): Route =>
  route({
    ...collectionOf(kind),
    path: rowPath(kind),
    ...described,
    method: 'get',
    params: paramsOf(kind),
    answers: { 200: shape },
    async handle(ctx) {
      const shown = await seen(ctx, kind);
      if (!also) return ok(shown);
      const more = await namedInside(ctx.records.db, [await also(ctx, shown)], ctx.actor);
      return ok({ ...shown, ...more[0] });
    },
  });
