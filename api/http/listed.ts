import type { Prisma, Task } from '../../prisma/generated/client';
import { type ShownKind, subjectOf } from '../../records/kernel/rows';
import { possibleWith } from '../../records/reads/actions';
import { withNames } from '../../records/reads/beside';
import { firstWait, waitingRow, waitsOf } from '../../records/reads/waiting';
import { after, type PageQuery, page, rowsToRead } from './paging';
import { type Ctx, ok, type Reply } from './route';

/** A page of rows that wait. */

export type Row = { id: string; state: string };

interface Listed<R extends Row, S extends object> {
  kind: ShownKind;
  /** Only rows with an open wait like this. */
  waits?: Prisma.TaskWhereInput | undefined;
  /** Reads at most `n` rows in the order of their ids. */
  read: (ids: Prisma.StringFilter, n: number) => Promise<R[]>;
  shown: (row: R) => S;
}

/** A page of rows, each with its first wait, with the actions of the caller, and with the names beside its numbers. */
export async function listed<R extends Row, S extends object>(
  ctx: Ctx<unknown, PageQuery>,
  { kind, waits, read, shown }: Listed<R, S>,
): Promise<Reply> {
  const { query } = ctx;
  const gt = after(query) ?? '';
  const rows = waits ? await waiting(ctx, kind, waits, gt, read) : await read({ gt }, rowsToRead(query));
  const tasks = await tasksOf(ctx, kind, rows);
  const ids = rows.map((row) => row.id);
  const possible = await possibleWith(ctx.records.db, kind, ids, ctx.actor, ctx.now);
  const items = rows.map((row) => ({
    ...shown(row),
    id: row.id,
    waitingFor: firstWait(tasks.get(row.id) ?? [], ctx.now, ctx.actor),
    allowedActions: possible.get(row.id)?.allowedActions ?? [],
  }));
  const named = await withNames(ctx.records.db, items, ({ id }) => subjectOf(kind, id), ctx.actor);
  return ok(
    page(
      query,
      named,
      ({ id }) => id,
      (item) => item,
    ),
  );
}

const CHUNK = 1000;

/** Reads rows by their open waits until the page is full. */
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

/** A case also waits where a referral or an employment of it waits, and an adaptation where its payment does. */
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

/** The waits of a payment count for its adaptation. */
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
