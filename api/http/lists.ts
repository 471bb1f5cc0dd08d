import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import type { Prisma, Task } from '../../prisma/generated/client';
import type { Where } from '../../records/kernel/kinds';
import { type ShownKind, subjectOf } from '../../records/kernel/rows';
import { possibleWith } from '../../records/reads/actions';
import { firstWait, waitingRow, waitsOf } from '../../records/reads/waiting';
import { given } from './given';
import { after, type PageQuery, page, pageOf, paging, rowsToRead } from './paging';
import { Problem } from './problem';
import { type Ctx, ok, type Reply, route, type Route } from './route';
import { caseId, collectionOf, type Described, employerId, flag } from './stateful';
import { visible } from './visible';

/** Lists of the rows that wait. */

/** The waits that a list may be asked for. */
interface WaitsQuery {
  waitingFor?: string | undefined;
  overdue?: boolean | undefined;
}

/** How a list reads its rows: those that the caller sees and asked for, in the order of their ids. */
interface Find {
  where: { AND: object[]; id: Prisma.StringFilter };
  orderBy: { id: 'asc' };
  take: number;
}

interface ListRoute<
  K extends ShownKind,
  Q extends z.ZodType<PageQuery & WaitsQuery>,
  R extends Row,
> extends Described {
  kind: K;
  who: Route['who'];
  query: Q;
  item: z.ZodType;
  /** Which rows are asked for, of those that the caller sees. */
  where: (ctx: Ctx<unknown, z.output<Q>>) => Where<K> | Promise<Where<K>>;
  /** Only rows with an open wait like this; those that the query names unless given. */
  waits?: (ctx: Ctx<unknown, z.output<Q>>) => Prisma.TaskWhereInput | undefined;
  read: (db: Db, find: Find) => Promise<R[]>;
  shown: (row: R, actor: Actor) => object;
}

/** The list of a kind's rows. */
export const listRoute = <K extends ShownKind, Q extends z.ZodType<PageQuery & WaitsQuery>, R extends Row>({
  kind,
  item,
  where,
  waits = (ctx) => waitsLike(ctx.query, ctx.now),
  read,
  shown,
  ...described
}: ListRoute<K, Q, R>): Route =>
  route({
    ...collectionOf(kind),
    ...described,
    method: 'get',
    answers: { 200: pageOf(item) },
    async handle(ctx) {
      const { actor, records } = ctx;
      const AND = [visible[kind](actor), await where(ctx)];
      return listed(ctx, {
        kind,
        waits: waits(ctx),
        read: (id, take) => read(records.db, { where: { AND, id }, orderBy: { id: 'asc' }, take }),
        shown: (row) => shown(row, actor),
      });
    },
  });

/** Of a row the fields that an item of a list has: number, state, since when, and those of its shape. */
export const itemOf =
  <F extends string>(fields: Readonly<Record<F, unknown>>) =>
  <R extends Readonly<Record<F | 'id' | 'state' | 'since', unknown>>>(
    row: R,
  ): Pick<R, F | 'id' | 'state' | 'since'> => {
    const names = ['id', 'state', 'since', ...Object.keys(fields)] as (F | 'id' | 'state' | 'since')[];
    return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<
      R,
      F | 'id' | 'state' | 'since'
    >;
  };

/** An item as the caller sees it: employers are shown no case numbers. */
export const withoutCase = (item: { caseId: unknown }, { role }: Actor): object =>
  role === 'employer' ? { ...item, caseId: undefined } : item;

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

/** The query of referrals and employments, which are between a case and an employer. */
export const betweenQuery = <S extends string>(states: readonly S[]) =>
  z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    employer: employerId.optional(),
    case: caseId.optional().meta({ description: 'Not for employers.' }),
    overdue: flag.optional(),
  });

/** The condition of `betweenQuery`. @throws Problem 403 for an employer that names a case */
export const betweenWhere = ({
  actor,
  query: { state, employer, case: asked },
}: Ctx<
  unknown,
  { state?: string | undefined; employer?: string | undefined; case?: string | undefined }
>) => ({ ...given({ state, employerId: employer }), ...ofCase(actor, asked) });

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
