import type { TextDecoder } from 'node:util';

/** Cells are separated by commas, or by the semicolons of an Excel that uses the comma in decimal numbers. */
export type Separator = ',' | ';';

/** A cell up to the separator or the end of the line: plain, or quoted with `""` for a quote. */
const cells: Readonly<Record<Separator, RegExp>> = {
  ',': /(?:[ \t]*"((?:[^"]|"")*)"[ \t]*|([^",]*))(,|$)/y,
  ';': /(?:[ \t]*"((?:[^"]|"")*)"[ \t]*|([^";]*))(;|$)/y,
};

/** The separator of a file, found in its header. */
export const separatorOf = (header: string): Separator =>
  header.split(';').length > header.split(',').length ? ';' : ',';

/**
 * The cells of one line of CSV (RFC 4180), without blanks around them. A cell ends in its own line, so an unclosed quote
 * makes only its own line wrong.
 *
 * @returns undefined when the quotes do not fit
 */
export function cellsOf(line: string, separator: Separator): string[] | undefined {
  const cell = cells[separator];
  const found: string[] = [];
  cell.lastIndex = 0;
  for (;;) {
    const [, quoted, plain = '', end] = cell.exec(line) ?? [];
    if (end === undefined) return undefined;
    found.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === '') return found;
  }
}

/** The lines of a text that arrives in pieces. @throws the error of `tooLong` for a line of more than `longest` characters */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  decoder: TextDecoder,
  { longest, tooLong }: { longest: number; tooLong: (line: number) => Error },
): AsyncGenerator<{ n: number; text: string }> {
  let rest = '';
  let n = 0;
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const text of lines) yield { n: ++n, text };
    if (rest.length > longest) throw tooLong(n + 1);
  }
  rest += decoder.decode();
  if (rest !== '') yield { n: n + 1, text: rest };
}
