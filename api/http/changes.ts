import { isDeepStrictEqual } from 'node:util';

/**
 * Of what was said about a row only what differs from it, and the names of these fields, for the event.
 *
 * @param before the row as it stands
 * @param said the fields as given; one that is undefined was not given
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
