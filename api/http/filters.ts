import { z } from 'zod';
import { afterDay, at } from '../../domain/day';
import { firstDay, isMonth, nextMonth } from '../../domain/money/months';
import { contains } from '../../domain/soato';
import { codeIn } from '../../records/codes';
import { Prisma } from '../../prisma/generated/client';
import type { Waits } from '../../records/reads/lists/waits';
import { coded, day } from './fields';
import { paging } from './paging';
import { Problem } from './problem';
import type { Ctx } from './route';

/** The filters of a list are data beside it: the query's schema and the condition are made of them. */

/**
 * A filter by its value: a condition on the rows, on their open waits, or on both.
 *
 * @typeParam W the condition on a row
 */
export interface Filter<W, T> {
  schema: z.ZodType<T>;
  where?(value: T, ctx: Ctx): W | Promise<W>;
  waits?(value: T, ctx: Ctx): Waits | undefined;
}

export type Filters<W = object> = Readonly<Record<string, Filter<W, unknown>>>;

/** The query of a list with these filters. */
export type QueryOf<F extends Filters> = z.output<z.ZodObject<typeof paging>> & {
  [Name in keyof F]?: z.output<F[Name]['schema']> | undefined;
};

export const filter = <T, W extends object>(
  schema: z.ZodType<T>,
  where: (value: T, ctx: Ctx) => W | Promise<W>,
): Filter<W, T> => ({ schema, where });

/** Rows with this value in a column. */
export const is = <T, C extends string>(column: C, schema: z.ZodType<T>) =>
  filter(schema, (value) => ({ [column]: value }) as Record<C, T>);

/**
 * Rows of an area, or of any area within it.
 *
 * @throws Problem 403 for a place that has nothing in common with the caller's area
 */
export const within = <C extends string>(column: C, schema: z.ZodType<string>) =>
  filter(schema, (code, { actor: { area } }) => {
    if (!contains(area, code) && !contains(code, area))
      throw new Problem(403, 'not_yours', 'That place lies outside your area. Give one inside it.');
    return { [column]: codeIn(code) } as Record<C, ReturnType<typeof codeIn>>;
  });

const fromDay = (what: string) => day.meta({ description: `${what} on this day or later.` });
const toDay = (what: string) => day.meta({ description: `${what} on this day or before.` });

/**
 * The date range of a list, `from` and `to`, both included: rows by a column of days.
 *
 * @param what the event, e.g. `Hired`
 */
export const days = <C extends string>(column: C, what: string) => ({
  from: filter(fromDay(what), (from) => ({ [column]: { gte: from } }) as Record<C, { gte: string }>),
  to: filter(toDay(what), (to) => ({ [column]: { lte: to } }) as Record<C, { lte: string }>),
});

/** The same by a column of instants. */
export const instants = <C extends string>(column: C, what: string) => ({
  from: filter(
    fromDay(what),
    (from) => ({ [column]: { gte: at(from, '00:00') } }) as Record<C, { gte: Date }>,
  ),
  to: filter(toDay(what), (to) => ({ [column]: { lt: afterDay(to) } }) as Record<C, { lt: Date }>),
});

/** A month, as `2024-03`. */
export const month = z
  .string()
  .refine((text) => /^\d{4}-\d{2}$/.test(text) && isMonth(text), 'Give a month as YYYY-MM')
  .meta({ pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$`, example: '2024-03' });

/** Rows whose instant lies in a month. */
export const inMonth = <C extends string>(column: C, what: string) =>
  filter(
    month.meta({ description: `${what} in this month.` }),
    (wanted) =>
      ({
        [column]: { gte: at(firstDay(wanted), '00:00'), lt: at(firstDay(nextMonth(wanted)), '00:00') },
      }) as Record<C, { gte: Date; lt: Date }>,
  );

/** The pairs of filters that are the bounds of one range. */
const ranges = [
  { least: 'from', most: 'to', message: 'Give the day of from, or a later one' },
  { least: 'ageFrom', most: 'ageTo', message: 'Give the age of ageFrom, or a higher one' },
] as const;

/** The query of a list: its page and its filters. A range whose end is before its beginning is refused. */
export function queryOf<F extends Filters>(filters: F): z.ZodType<QueryOf<F>> {
  const shape = Object.fromEntries(
    Object.entries(filters).map(([name, { schema }]) => [name, asParameter(schema)]),
  );
  const query = z.strictObject({ ...paging, ...shape });
  const checked = ranges
    .filter(({ least, most }) => least in shape && most in shape)
    .reduce(
      (schema, { least, most, message }) => schema.refine(rises(least, most), refusal(most, message)),
      query,
    );
  return checked as z.ZodType<QueryOf<F>>;
}

/** The description stands at the parameter, not at its schema alone. */
const asParameter = (schema: z.ZodType) => {
  const { description } = schema.meta() ?? {};
  return description === undefined ? schema.optional() : schema.optional().meta({ description });
};

const refusal = (path: string, message: string) => ({ path: [path], ...coded('impossible_range', message) });

const rises = (least: string, most: string) => (query: Readonly<Record<string, unknown>>) => {
  const [low, high] = [query[least], query[most]] as (string | number | undefined)[];
  return low === undefined || high === undefined || low <= high;
};

/** The condition of the filters that the query gives. */
export async function askedFor<W extends object>(filters: Filters<W>, ctx: Ctx): Promise<{ AND: W[] }> {
  const AND: W[] = [];
  for (const { by, value } of given(filters, ctx)) if (by.where) AND.push(await by.where(value, ctx));
  return { AND };
}

/** The condition on open waits of the filters that the query gives; undefined: there is none. */
export function waitsAskedFor(filters: Filters, ctx: Ctx): Waits | undefined {
  const asked = given(filters, ctx).flatMap(({ by, value }) => by.waits?.(value, ctx) ?? []);
  if (asked.length <= 1) return asked[0];
  return {
    are: Prisma.join(
      asked.map(({ are }) => are),
      ' AND ',
    ),
  };
}

const given = <W>(filters: Filters<W>, { query }: Ctx) =>
  Object.entries(filters).flatMap(([name, by]) => {
    const value = (query as Readonly<Record<string, unknown>>)[name];
    return value === undefined ? [] : { by, value };
  });
