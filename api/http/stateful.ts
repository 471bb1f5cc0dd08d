import { z } from 'zod';
import { type Actor, roles } from '../../domain/roles';
import type { Prisma, Task } from '../../prisma/generated/client';
import { possibleWith } from '../../records/reads/actions';
import { represent } from '../../records/reads/represent';
import { kinds, shownKinds } from '../../records/kernel/kinds';
import { type ShownKind, subjectOf } from '../../records/kernel/rows';
import { firstWait, waitingRow, waitsOf } from '../../records/reads/waiting';
import { day, idLike, idOf, instant } from './fields';
import { after, type PageQuery, page, paging, rowsToRead } from './paging';
import { notFound, Problem } from './problem';
import { type Ctx, ok, type Reply, route, type Route } from './route';
import { visibleRow } from './visible';

/** What the pathway's rows have in common on their way through the API. */

const numberLike = (kind: ShownKind): z.ZodType<string> => {
  const { number } = kinds[kind];
  if (number === 'day') return day;
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
    overdue: z.boolean(),
    then: z.string().meta({ description: 'What happens if nobody acts.' }),
    policy: z.string().optional().meta({
      description: 'The version of the policy that the length is from; GET /policies/{id} names the act.',
    }),
  })
  .nullable()
  .meta({ id: 'WaitingFor' });

/** The shape of a row that waits, with some of its own fields. */
export const stateful = <F extends z.ZodRawShape>(id: string, fields: F) =>
  z
    .looseObject({
      id: z.string(),
      state: z.string(),
      since: instant,
      ...fields,
      waitingFor,
      allowedActions: z.array(z.string()),
    })
    .meta({ id });

type Params = z.ZodObject<{ id: z.ZodType<string> }>;
export const paramsOf = (kind: ShownKind): Params => z.strictObject({ id: ids[kind] });

/** How a route is described. */
export interface Shown {
  path: string;
  tag: string;
  summary: string;
  description?: string;
}

/** One row of a kind as it is shown to the caller. @throws Problem 404 outside their area */
export async function seen(ctx: Ctx<{ id: string }>, kind: ShownKind): Promise<Record<string, unknown>> {
  const { db } = ctx.records;
  if (!(await visibleRow(db, kind, ctx.params.id, ctx.actor))) throw notFound();
  return (await represent(db, kind, ctx.params.id, ctx.actor, ctx.now)) as Record<string, unknown>;
}

type Row = { id: string; state: string };

interface Listed<R extends Row, S extends object> {
  kind: ShownKind;
  /** Only rows of which some open wait is like this. */
  waits?: Prisma.TaskWhereInput | undefined;
  /** Reads at most `n` rows in the order of their ids. */
  read: (ids: Prisma.StringFilter, n: number) => Promise<R[]>;
  shown: (row: R) => S;
}

/** A page of rows with what each waits for and what the caller may do. */
export async function listed<R extends Row, S extends object>(
  ctx: Ctx<unknown, PageQuery>,
  { kind, waits, read, shown }: Listed<R, S>,
): Promise<Reply> {
  const { query } = ctx;
  const gt = after(query) ?? '';
  const rows = waits ? await waiting(ctx, kind, waits, gt, read) : await read({ gt }, rowsToRead(query));
  const tasks = await tasksOf(ctx, kind, rows);
  const ids = rows.map((row) => row.id);
  const possible = await possibleWith(ctx.records.db, kind, ids, ctx.actor);
  return ok(
    page(
      query,
      rows,
      (row) => row.id,
      (row) => ({
        ...shown(row),
        waitingFor: firstWait(tasks.get(row.id) ?? [], ctx.now),
        allowedActions: possible.get(row.id)?.allowedActions ?? [],
      }),
    ),
  );
}

const CHUNK = 1000;

/** Goes through the open waits until the page is full. */
async function waiting<R extends Row>(
  ctx: Ctx<unknown, PageQuery>,
  kind: ShownKind,
  waits: Prisma.TaskWhereInput,
  from: string,
  read: Listed<R, object>['read'],
): Promise<R[]> {
  const rows: R[] = [];
  let last = from;
  for (;;) {
    const ids = await waitingIds(ctx, kind, waits, last);
    rows.push(...(await read({ in: ids }, rowsToRead(ctx.query) - rows.length)));
    const next = ids.at(-1);
    if (ids.length < CHUNK || next === undefined || rows.length === rowsToRead(ctx.query)) return rows;
    last = next;
  }
}

/** A case is waiting when it or a step of it is, and an adaptation when its payment is. */
async function waitingIds(
  ctx: Ctx,
  kind: ShownKind,
  waits: Prisma.TaskWhereInput,
  from: string,
): Promise<string[]> {
  const { task } = ctx.records.db;
  const all = { ...waits, closedAt: null };
  if (kind === 'case') {
    const groups = await task.groupBy({
      by: ['caseId'],
      where: { ...all, caseId: { gt: from } },
      orderBy: { caseId: 'asc' },
      take: CHUNK,
    });
    return groups.flatMap((group) => group.caseId ?? []);
  }
  const ids = new Set<string>();
  for (const subject of subjectsAfter(kind, from)) {
    const groups = await task.groupBy({
      by: ['subject'],
      where: { ...all, subject },
      orderBy: { subject: 'asc' },
      take: CHUNK,
    });
    for (const group of groups) ids.add(waitingRow(group.subject));
  }
  ids.delete(from);
  const found = kind === 'adaptation' ? [...ids].toSorted() : [...ids];
  return found.slice(0, CHUNK);
}

/** An adaptation waits for its payment, too. */
const subjectsAfter = (kind: ShownKind, from: string): Prisma.StringFilter[] => [
  { startsWith: `${kind}/`, gt: subjectOf(kind, from) },
  ...(kind === 'adaptation' ? [{ startsWith: 'claim/A-', gt: subjectOf('claim', from) }] : []),
];

async function tasksOf(ctx: Ctx, kind: ShownKind, rows: readonly Row[]): Promise<Map<string, Task[]>> {
  const waits = new Map(rows.map((row) => [row.id, [] as Task[]]));
  const ids = [...waits.keys()];
  const mine =
    kind === 'case' ? { caseId: { in: ids } } : { subject: { in: ids.flatMap((id) => waitsOf(kind, id)) } };
  for (const task of await ctx.records.db.task.findMany({ where: { ...mine, closedAt: null } }))
    waits.get((kind === 'case' ? task.caseId : waitingRow(task.subject)) ?? '')?.push(task);
  return waits;
}

/** The waits that a list is asked for: owed by a role, overdue. */
export function waitsLike(
  query: { waitingFor?: string | undefined; overdue?: boolean | undefined },
  now: Date,
) {
  const { waitingFor: role, overdue } = query;
  return role === undefined && overdue !== true
    ? undefined
    : { ...(role !== undefined && { role }), ...(overdue === true && { due: { lt: now } }) };
}

/** What referrals and employments, which are between a case and an employer, are listed by. */
export const betweenQuery = <S extends string>(states: readonly S[]) =>
  z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    employer: employerId.optional(),
    case: caseId.optional().meta({ description: 'Not for employers.' }),
    overdue: flag.optional(),
  });

/** The condition of `betweenQuery`. @throws Problem 403 for an employer that names a case */
export const betweenWhere = (
  actor: Actor,
  query: { state?: string | undefined; employer?: string | undefined; case?: string | undefined },
) => ({
  ...(query.state !== undefined && { state: query.state }),
  ...(query.employer !== undefined && { employerId: query.employer }),
  ...ofCase(actor, query.case),
});

/**
 * The condition of a case that a list is asked for. Employers are shown no case numbers, and find none by trying.
 *
 * @throws Problem 403 for an employer that names one, whichever it is
 */
export function ofCase({ role }: Actor, asked: string | undefined): { caseId?: string } {
  if (asked === undefined) return {};
  if (role === 'employer')
    throw new Problem(403, 'not_yours', 'Employers see no cases: leave the filter `case` out.');
  return { caseId: asked };
}

interface OneRoute extends Shown {
  kind: ShownKind;
  who: Route['who'];
  shape: z.ZodType;
}

export const oneRoute = ({ kind, shape, ...shown }: OneRoute): Route =>
  route({
    ...shown,
    method: 'get',
    params: paramsOf(kind),
    answers: { 200: shape },
    handle: async (ctx) => ok(await seen(ctx, kind)),
  });
