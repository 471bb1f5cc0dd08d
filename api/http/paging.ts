import { z } from 'zod';
import { Problem } from './problem';

/** The query of every list, to be spread into its own: `z.strictObject({ ...paging, state })`. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'At most so many items.' }),
  cursor: z
    .string()
    .max(400)
    .optional()
    .meta({ description: '`next` of the page before.', pattern: '^[A-Za-z0-9_-]+$' }),
};

export interface PageQuery {
  limit: number;
  cursor?: string | undefined;
}

/** A page as it is answered: `next` is null on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/**
 * The key after which the page begins, as `page` gave it away, undefined for the first page.
 *
 * @throws Problem 400 for a cursor that is none of ours
 */
export function after(query: PageQuery): string | undefined {
  if (query.cursor === undefined) return undefined;
  const key = Buffer.from(query.cursor, 'base64url').toString('utf8');
  if (!/^[\w./:+-]{1,200}$/.test(key) || cursorOf(key) !== query.cursor) throw notACursor();
  return key;
}

/** 400: a cursor is what a page gave away, and of this list. */
export const notACursor = (): Problem =>
  new Problem(400, 'malformed_query', 'The query is not as documented.', {
    errors: [{ field: 'cursor', detail: 'Is not a cursor of this list: use "next" of the page before.' }],
  });

/** How many rows to read for a page: one more, which tells whether there is a next. */
export const rowsToRead = (query: PageQuery): number => query.limit + 1;

/**
 * The page of rows read with `take` in the order of their key.
 *
 * @param keyOf the unique key the list is ordered by
 */
export function page<Row, Item>(
  query: PageQuery,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  shown: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const here = rows.slice(0, query.limit);
  const last = here.at(-1);
  return {
    items: here.map(shown),
    next: rows.length > here.length && last !== undefined ? cursorOf(keyOf(last)) : null,
  };
}

const cursorOf = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
