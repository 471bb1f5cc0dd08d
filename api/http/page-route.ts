import type { z } from 'zod';
import { namedInside } from '../../records/reads/beside';
import { after, type PageQuery, page, pageOf, rowsToRead } from './paging';
import { type Ctx, ok, route, type Route } from './route';
import type { Described } from './stateful';

/** Where a page begins, and how many rows to read for it. */
interface From {
  after: { gt: string };
  take: number;
}

interface PageRoute<Q extends z.ZodType<PageQuery>, R, P extends z.ZodType> extends Described {
  path: string;
  tag: string;
  who: Route['who'];
  params?: P;
  query: Q;
  item: z.ZodType;
  /** Reads rows in the order of their keys. */
  read: (ctx: Ctx<z.output<P>, z.output<Q>>, from: From) => Promise<R[]>;
  /** The unique key that the list is ordered by. */
  keyOf: (row: R) => string;
  shown: (row: R) => object;
}

/** A list of rows that wait for nothing, with the names beside their numbers. */
export const pageRoute = <Q extends z.ZodType<PageQuery>, R, P extends z.ZodType = z.ZodObject>({
  item,
  read,
  keyOf,
  shown,
  ...described
}: PageRoute<Q, R, P>): Route =>
  route({
    ...described,
    method: 'get',
    answers: { 200: pageOf(item) },
    async handle(ctx) {
      const rows = await read(ctx, { after: { gt: after(ctx.query) ?? '' }, take: rowsToRead(ctx.query) });
      const { items, next } = page(ctx.query, rows, keyOf, shown);
      return ok({ items: await namedInside(ctx.records.db, items, ctx.actor), next });
    },
  });
