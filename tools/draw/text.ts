/** The widths of characters in em, for DejaVu Sans. It is wider than the other fonts that may be used. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl'|]/, 0.28],
  [/[.,:;! ]/, 0.34],
  [/[frt()\-/]/, 0.41],
  [/[mwMW%→…]/, 0.98],
  [/[A-Z]/, 0.72],
];
const OTHER = 0.63;
const BOLD = 1.13;

export interface Style {
  size: number;
  bold?: boolean;
}

/** The largest width of a text, in pixels. */
export function widthOf(text: string, { size, bold = false }: Style): number {
  const em = Array.from(text).reduce(
    (sum, character) => sum + (WIDTHS.find(([those]) => those.test(character))?.[1] ?? OTHER),
    0,
  );
  return em * size * (bold ? BOLD : 1);
}

/** A text in lines that fit. A wider word has a line of its own. `used` is the width that is already taken in the first line. */
export function wrapped(text: string, width: number, style: Style, used = 0): string[] {
  const lines: string[] = [''];
  let room = width - used;
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (widthOf(longer, style) <= room || (last === '' && room === width)) lines[lines.length - 1] = longer;
    else {
      lines.push(word);
      room = width;
    }
  }
  return lines;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
