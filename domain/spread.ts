/**
 * Spreads many over a number of equal parts, evenly enough. The part of an id is always the same.
 *
 * @param parts a whole number from 1
 * @returns a whole number from 0 to below `parts`
 */
export const spreadOver = (id: string, parts: number): number => hash(id) % parts;

/**
 * The delay of a row's acts by itself. Many deadlines end at one instant, and many reminders and checks come at one. Their rows act one
 * after another within the window.
 *
 * @param subject the row's workflow id
 * @param seconds the window; 0: every row acts at once. Setting spreadSeconds
 * @returns milliseconds
 */
export function delayOf(subject: string, seconds: number): number {
  const [number] = NUMBER.exec(subject) ?? [];
  const part = number === undefined ? spreadOver(subject, PARTS) / PARTS : (Number(number) * GOLDEN) % 1;
  return Math.floor(part * seconds * 1000);
}

/** The number of a row. Rows whose waits end together have numbers near each other. */
const NUMBER = /\d{6,}/;
const PARTS = 10_000;
/** Multiples of the golden ratio without their whole parts lie evenly between 0 and 1 (Weyl's sequence). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** FNV-1a with a last mixing, because ids of neighbours differ in one character. */
const hash = (text: string): number => {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};
