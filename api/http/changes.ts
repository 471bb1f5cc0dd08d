import { isDeepStrictEqual } from 'node:util';

/**
 * The given fields that differ from a row, and their names for the event.
 *
 * @param before the row before the change
 * @param said the given fields; an undefined field was not given
 */
export function changesOf<Said extends object>(
  before: object,
  said: Said,
): { data: { [Field in keyof Said]?: Exclude<Said[Field], undefined> }; fields: string[] } {
  const known = before as Record<string, unknown>;
  const differing = Object.entries(said).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(known[field], value),
  );
  return {
    data: Object.fromEntries(differing) as { [Field in keyof Said]?: Exclude<Said[Field], undefined> },
    fields: differing.map(([field]) => field),
  };
}
