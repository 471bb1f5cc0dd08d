/**
 * Scales a table of counts by a factor, in whole numbers whose sum is the rounded total. Every count is rounded down. The
 * missing units go to the counts with the largest remainders, one unit each. Of equal remainders the earlier count is first.
 *
 * @param counts whole numbers from 0
 * @param factor from 0, such as 0.1 for a tenth
 * @throws RangeError when the factor or a count is negative or not a number
 */
export const share = (counts: readonly number[], factor: number): number[] => {
  const wrong = [factor, ...counts].find((number) => !(number >= 0));
  if (wrong !== undefined) throw new RangeError(`cannot share by a number below 0: ${wrong}`);
  const exact = counts.map((count) => withoutNoise(count * factor));
  const total = Math.round(withoutNoise(sum(counts) * factor));
  const missing = total - sum(exact.map(Math.floor));
  const receivers = new Set(
    exact
      .map((value, index) => ({ index, remainder: withoutNoise(value - Math.floor(value)) }))
      .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index)
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return exact.map((value, index) => Math.floor(value) + (receivers.has(index) ? 1 : 0));
};

/** Drops the last binary digits: without this, equal remainders would differ, because 0.1 × 3 is not exactly 0.3. */
const withoutNoise = (value: number): number => Number(value.toFixed(9));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
