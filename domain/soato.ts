/** The code of an area: empty for the republic, 4 digits for a region, 7 for a district, 10 for a mahalla. */
export type Soato = string;

export type AreaLevel = 'republic' | 'region' | 'district' | 'mahalla';

const LEVELS: ReadonlyMap<number, AreaLevel> = new Map([
  [0, 'republic'],
  [4, 'region'],
  [7, 'district'],
  [10, 'mahalla'],
]);

/** Whether a text has the form of an area's code. Imported data says which areas exist. */
export const isSoato = (text: string): boolean => /^\d*$/.test(text) && LEVELS.has(text.length);

/** @throws RangeError when the text does not have the form of a code */
export const levelOf = (code: Soato): AreaLevel => {
  const level = isSoato(code) ? LEVELS.get(code.length) : undefined;
  if (level === undefined) throw new RangeError(`not a SOATO code: ${code}`);
  return level;
};

/** Whether an area is the area of a code, or contains that area. */
export const contains = (area: Soato, code: Soato): boolean => code.startsWith(area);

/**
 * The areas that contain an area, from the nearest to the republic. They get the work of an office that has no official.
 *
 * @throws RangeError when the text does not have the form of a code
 */
export const parentsOf = (code: Soato): Soato[] => {
  levelOf(code);
  return [...LEVELS.keys()]
    .filter((length) => length < code.length)
    .toReversed()
    .map((length) => code.slice(0, length));
};
