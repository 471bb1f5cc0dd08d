/** The code of an area: empty for the republic, 4 digits for a region, 7 for a district, 10 for a mahalla. */
export type Soato = string;

export type AreaLevel = 'republic' | 'region' | 'district' | 'mahalla';

const LEVELS: ReadonlyMap<number, AreaLevel> = new Map([
  [0, 'republic'],
  [4, 'region'],
  [7, 'district'],
  [10, 'mahalla'],
]);

/** Whether a text has the form of an area's code; which areas exist is imported data. */
export const isSoato = (text: string): boolean => /^\d*$/.test(text) && LEVELS.has(text.length);

/** @throws RangeError when the text has not the form of a code */
export const levelOf = (code: Soato): AreaLevel => {
  const level = isSoato(code) ? LEVELS.get(code.length) : undefined;
  if (level === undefined) throw new RangeError(`not a SOATO code: ${code}`);
  return level;
};

/** Whether an area is, or lies around, the area of a code. */
export const contains = (area: Soato, code: Soato): boolean => code.startsWith(area);

/**
 * The areas around one, from the nearest to the republic: where work goes whose own office has nobody.
 *
 * @throws RangeError when the text has not the form of a code
 */
export const parentsOf = (code: Soato): Soato[] => {
  levelOf(code);
  return [...LEVELS.keys()]
    .filter((length) => length < code.length)
    .toReversed()
    .map((length) => code.slice(0, length));
};
