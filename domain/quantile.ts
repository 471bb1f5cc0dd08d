/**
 * The `p`-th percentile: `p` per cent of the values lie below it. Between two values it is interpolated linearly. PostgreSQL's
 * `percentile_cont` and a spreadsheet's PERCENTILE.INC do the same, so a report can be checked there.
 *
 * @param p from 0, the least value, to 100, the greatest
 * @returns undefined when there are no values
 * @throws RangeError when `p` is below 0 or above 100
 */
export const percentile = (values: readonly number[], p: number): number | undefined => {
  if (!(p >= 0 && p <= 100)) throw new RangeError(`not a percentage: ${p}`);
  const sorted = values.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * p) / 100;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (rank - Math.floor(rank));
};

/** The middle value, or the mean of the two in the middle; undefined when there are no values. */
export const median = (values: readonly number[]): number | undefined => percentile(values, 50);
