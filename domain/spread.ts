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
export const delayOf = (subject: string, seconds: number): number =>
  seconds === 0 ? 0 : spreadOver(subject, seconds * 1000);

/** FNV-1a with a last mixing, because ids of neighbours differ in one character. */
const hash = (text: string): number => {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};
