import type { z } from 'zod';
import type { Db } from '../../prisma/db';
import { countParts, readParts } from '../../records/reads/lists/parts';
import { namedInside, withNames } from '../../records/reads/beside';
import { askedFor, type Filters, queryOf, type QueryOf } from './filters';
import { after, page, pageOf, rowsToRead, totalOf } from './paging';
import { type Ctx, ok, route, type Route } from './route';
import type { Described } from './stateful';

interface PageRoute<
  W extends object,
  F extends Filters<W>,
  R,
  S extends object,
  P extends z.ZodType,
> extends Described {
  path: string;
  tag: string;
  who: Route['who'];
  params?: P;
  filters: F;
  item: z.ZodType;
  /** The rows of the list before any filter, in parts that have no row in common. */
  parts: (ctx: Ctx<z.output<P>, QueryOf<F>>) => readonly W[] | Promise<readonly W[]>;
  /** The condition of the rows after a key. */
  after: (key: string) => W;
  /** Reads rows in the order of their keys. */
  read: (ctx: Ctx<z.output<P>, QueryOf<F>>, find: { where: { AND: W[] }; take: number }) => Promise<R[]>;
  count: (db: Db, find: { where: { AND: W[] }; take: number }) => Promise<number>;
  /** Rows that no condition finds. They are the last of the list. */
  last?: (ctx: Ctx<z.output<P>, QueryOf<F>>) => Promise<readonly R[]>;
  /** The unique key that the list is ordered by. */
  keyOf: (row: R) => string;
  shown: (row: R) => S;
  /** The row that an item is about. The item then also has the names of that row. */
  subjectOf?: (item: S) => string;
}

/**
 * A list of rows that wait for nothing, with the names beside their numbers.
 *
 * @typeParam W the condition on its rows
 */
export const pageRoute =
  <W extends object>() =>
  <const F extends Filters<W>, R, S extends object, P extends z.ZodType = z.ZodObject>({
    filters,
    item,
    parts,
    after: afterKey,
    read,
    count,
    last = () => Promise.resolve([]),
    keyOf,
    shown,
    subjectOf,
    ...described
  }: PageRoute<W, F, R, S, P>): Route =>
    route({
      ...described,
      method: 'get',
      query: queryOf(filters),
      answers: { 200: pageOf(item) },
      async handle(ctx) {
        const asked = (await askedFor<W>(filters, ctx)) as W;
        const all = (await parts(ctx)).map((part) => ({ AND: [part, asked] }));
        const key = after(ctx.query);
        const next = key === undefined ? [] : [afterKey(key)];
        const take = rowsToRead(ctx.query);
        const found = await readParts(
          ctx.records.db,
          all,
          take,
          (part) => read(ctx, { where: { AND: [...part.AND, ...next] }, take }),
          keyOf,
        );
        const rest = await last(ctx);
        const rows = found.length < take ? [...found, ...rest] : found;
        const total = await totalOf(
          async (most) =>
            (await countParts(all, most, (where, n) => count(ctx.records.db, { where, take: n }))) +
            rest.length,
        );
        const { items, ...paged } = page(ctx.query, rows, total, keyOf, shown);
        const { records, actor } = ctx;
        const named = subjectOf
          ? await withNames(records.db, items, subjectOf, actor)
          : await namedInside(records.db, items, actor);
        return ok({ items: named, ...paged });
      },
    });
