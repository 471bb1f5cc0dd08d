import { z } from 'zod';
import { malformed, type Problem } from './problem';

/** The query of every list, to be spread into its own: `z.strictObject({ ...paging, state })`. */
export const paging = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'The most items of one page.' }),
  cursor: z
    .string()
    .max(400)
    .optional()
    .meta({ description: '`next` of the previous page.', pattern: '^[A-Za-z0-9_-]+$' }),
};

export interface PageQuery {
  limit: number;
  cursor?: string | undefined;
}

/** Up to this number a list says exactly how many items it has. */
const COUNTED = 10_000;
const MORE = 'more than 10,000';

const total = z
  .union([z.int().min(0).max(COUNTED), z.literal(MORE)])
  .meta({ id: 'Total', description: 'The number of all items of a list, on all its pages.' });
export type Total = z.output<typeof total>;

/** A page of a list. On the last page `next` is null. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: total,
  });

/**
 * The number of a list's items. The count ends soon after the most that is told exactly.
 *
 * @param count counts items, at most as many as it is told
 */
export async function totalOf(count: (most: number) => Promise<number>): Promise<Total> {
  const counted = await count(COUNTED + 1);
  return counted > COUNTED ? MORE : counted;
}

/**
 * The key after which the page begins. It is in the cursor that `page` made, and undefined for the first page.
 *
 * @throws Problem 400 for a cursor that `page` did not make
 */
export function after(query: PageQuery): string | undefined {
  if (query.cursor === undefined) return undefined;
  const key = Buffer.from(query.cursor, 'base64url').toString('utf8');
  if (!/^[\w./:+-]{1,300}$/.test(key) || cursorOf(key) !== query.cursor) throw notACursor();
  return key;
}

/** 400: the cursor is not one of this list. */
export const notACursor = (): Problem =>
  malformed('query', [{ field: 'cursor', detail: 'Send "next" of the previous page of this list.' }]);

/** How many rows to read for a page: one more than it shows, to know whether there is a next page. */
export const rowsToRead = (query: PageQuery): number => query.limit + 1;

/**
 * The page of rows read with `take` in the order of their key.
 *
 * @param all the number of the list's items
 * @param keyOf the unique key the list is ordered by
 */
export function page<Row, Item>(
  query: PageQuery,
  rows: readonly Row[],
  all: Total,
  keyOf: (row: Row) => string,
  shown: (row: Row) => Item,
): { items: Item[]; next: string | null; total: Total } {
  const here = rows.slice(0, query.limit);
  const last = here.at(-1);
  return {
    items: here.map(shown),
    next: rows.length > here.length && last !== undefined ? cursorOf(keyOf(last)) : null,
    total: all,
  };
}

const cursorOf = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
