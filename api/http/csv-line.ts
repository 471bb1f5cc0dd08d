import type { TextDecoder } from 'node:util';

/** What separates cells: a comma, or the semicolon that Excel writes where the comma stands in decimal numbers. */
export type Separator = ',' | ';';

/** Quoted, with `""` for a quote, or plain; up to the separator or the line's end. */
const cells: Readonly<Record<Separator, RegExp>> = {
  ',': /(?:[ \t]*"((?:[^"]|"")*)"[ \t]*|([^",]*))(,|$)/y,
  ';': /(?:[ \t]*"((?:[^"]|"")*)"[ \t]*|([^";]*))(;|$)/y,
};

/** The separator of a file, told by its header. */
export const separatorOf = (header: string): Separator =>
  header.split(';').length > header.split(',').length ? ';' : ',';

/**
 * The cells of one line of CSV (RFC 4180), without blanks around them. A cell does not go on in the next line, so that an
 * unclosed quote spoils its own line alone.
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

/** A text that comes in pieces, line by line. @throws what `tooLong` makes, of a line that has more than `longest` characters */
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
