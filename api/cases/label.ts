import newQrCode from 'qrcode-generator';

/** Millimetres. */
const [WIDTH, HEIGHT, MARGIN, QR] = [70, 32, 3, 26];

/**
 * The label of a mark as SVG: a QR code with the address that tells whether it is valid, and its words. It is printed on paper or as a
 * sticker.
 *
 * @param address of GET /marks/{code}
 * @param lines the words, each a line of at most some 30 letters
 */
export function labelOf(address: string, lines: readonly string[]): string {
  const code = newQrCode(0, 'M');
  code.addData(address);
  code.make();
  const count = code.getModuleCount();
  const cells: string[] = [];
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1)
      if (code.isDark(row, column)) cells.push(`M${column} ${row}h1v1h-1z`);
  const left = MARGIN + QR + MARGIN;
  const words = lines
    .flatMap((line) => wrapped(line, 24))
    .map((line, n) => `<text x="${left}" y="${MARGIN + 4 + n * 4.2}">${escaped(line)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}mm" height="${HEIGHT}mm" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN}) scale(${(QR / count).toFixed(4)})"><path d="${cells.join('')}" shape-rendering="crispEdges"/></g>`,
    `<g font-family="sans-serif" font-size="3">${words.join('')}</g>`,
    '</svg>',
  ].join('\n');
}

/** A text in lines of at most so many letters, broken between words. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
