import type { Task } from '../../prisma/generated/client';
import { type ShownKind, subjectOf } from '../../records/kernel/rows';
import type { View } from '../../records/kernel/view';
import { possibleWith } from '../../records/reads/actions';
import { withNames } from '../../records/reads/beside';
import { type Listing, rowsOf, walk } from '../../records/reads/lists/walk';
import { firstWait, waitingRow, waitsOf } from '../../records/reads/waiting';
import { after, type PageQuery, page, rowsToRead, type Total, totalOf } from './paging';
import { type Ctx, ok, type Reply } from './route';

/** A page of rows that wait. */

export type Row = { id: string; state: string };

/** How a list reads its rows: those of a condition, in the order of their ids. */
export interface Find {
  where: { AND: object[] };
  orderBy: { id: 'asc' };
  take: number;
}

interface Listed<R extends Row> extends Listing {
  read: (find: Find) => Promise<R[]>;
  shown: (row: R) => object;
}

/** A page of rows, each with its first wait, with the actions of the caller, and with the names beside its numbers. */
export async function listed<R extends Row>(
  ctx: Ctx<unknown, PageQuery>,
  view: View,
  { read, shown, ...listing }: Listed<R>,
): Promise<Reply> {
  const { kind } = listing;
  const from = after(ctx.query) ?? '';
  const take = rowsToRead(ctx.query);
  const { ids: next, total } = await found(ctx, listing, from, take);
  const rows = await read({ where: { AND: [{ id: { in: next } }] }, orderBy: { id: 'asc' }, take });
  const tasks = await tasksOf(ctx, kind, rows);
  const ids = rows.map((row) => row.id);
  const possible = await possibleWith(view, kind, ids);
  const items = rows.map((row) => ({
    ...shown(row),
    id: row.id,
    waitingFor: firstWait(tasks.get(row.id) ?? [], ctx.now, ctx.actor),
    allowedActions: possible.get(row.id)?.allowedActions ?? [],
    notAllowed: possible.get(row.id)?.notAllowed ?? [],
  }));
  const named = await withNames(ctx.records.db, items, ({ id }) => subjectOf(kind, id), ctx.actor);
  return ok(
    page(
      ctx.query,
      named,
      total,
      ({ id }) => id,
      (item) => item,
    ),
  );
}

interface Found {
  /** The numbers of the next rows. */
  ids: readonly string[];
  total: Total;
}

/** The next rows of a list after one of them, and its total. What a walk finds is both. */
async function found({ records: { db } }: Ctx, listing: Listing, from: string, take: number): Promise<Found> {
  const { waits, sift } = listing;
  const numbers = listing.numbers ?? (waits || sift ? undefined : rowsOf(db, listing));
  if (numbers)
    return { ids: await numbers.next(from, take), total: await totalOf((most) => numbers.count(most)) };
  const counted: string[] = [];
  const total = await totalOf(async (most) => counted.push(...(await firstOf(walk(db, listing), most))));
  return { ids: from === '' ? counted.slice(0, take) : await firstOf(walk(db, listing, from), take), total };
}

/** The first so many of what a walk finds. */
async function firstOf(chunks: AsyncIterable<readonly string[]>, most: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const chunk of chunks) {
    ids.push(...chunk);
    if (ids.length >= most) break;
  }
  return ids.slice(0, most);
}

async function tasksOf(ctx: Ctx, kind: ShownKind, rows: readonly Row[]): Promise<Map<string, Task[]>> {
  const waits = new Map(rows.map((row) => [row.id, [] as Task[]]));
  const ids = [...waits.keys()];
  const mine =
    kind === 'case' ? { caseId: { in: ids } } : { subject: { in: ids.flatMap((id) => waitsOf(kind, id)) } };
  for (const task of await ctx.records.db.task.findMany({ where: { ...mine, closedAt: null } }))
    waits.get((kind === 'case' ? task.caseId : waitingRow(task.subject)) ?? '')?.push(task);
  return waits;
}
