/** A place at which an answer is not as expected. */
export interface Difference {
  at: string;
  expected: unknown;
  got: unknown;
}

type Fields = Record<string, unknown>;

/** The conditions on a list that may replace its items. */
const ofLists: Record<string, (list: readonly unknown[], said: unknown) => boolean> = {
  contains: (list, said) =>
    (Array.isArray(said) ? (said as unknown[]) : [said]).every((each) =>
      list.some((item) => matches(each, item)),
    ),
  lacks: (list, said) =>
    !(Array.isArray(said) ? (said as unknown[]) : [said]).some((each) =>
      list.some((item) => matches(each, item)),
    ),
  length: (list, said) => list.length === said,
};

/**
 * Compares an expected part with an answer. Of an object only the named fields are compared, of a list the items at the same place.
 * `{ contains }`, `{ lacks }` or `{ length }` may replace a list. `null` also means a missing field.
 *
 * @param at the path so far
 */
export function differences(expected: unknown, got: unknown, at = 'body'): Difference[] {
  if (expected === null) return (got ?? null) === null ? [] : [{ at, expected, got }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(got)) return [{ at, expected, got }];
    return expected.flatMap((each: unknown, index) => differences(each, got[index], `${at}.${index}`));
  }
  if (typeof expected === 'object') {
    if (Array.isArray(got)) return listDifferences(expected as Fields, got, at);
    if (typeof got !== 'object' || got === null) return [{ at, expected, got }];
    return Object.entries(expected).flatMap(([key, value]: [string, unknown]) =>
      differences(value, (got as Fields)[key], `${at}.${key}`),
    );
  }
  return Object.is(expected, got) ? [] : [{ at, expected, got }];
}

const matches = (expected: unknown, got: unknown): boolean => differences(expected, got).length === 0;

function listDifferences(expected: Fields, got: readonly unknown[], at: string): Difference[] {
  return Object.entries(expected).flatMap(([word, said]) => {
    const agrees = ofLists[word];
    return agrees?.(got, said) === true
      ? []
      : [{ at, expected: { [word]: said }, got: word === 'length' ? got.length : got }];
  });
}
