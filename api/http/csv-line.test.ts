import { cellsOf, linesOf, separatorOf } from './csv-line';

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  [' a , "b" ,', ['a', 'b', '']],
  ['"a,b","say ""yes""",', ['a,b', 'say "yes"', '']],
  ['#1,a;b', ['#1', 'a;b']],
  ['', ['']],
  ['"unclosed,b', undefined],
  ['a,b"c', undefined],
  ['"a"b,c', undefined],
  ['x"y","z', undefined],
])('cells of %s', (line, cells) => expect(cellsOf(line, ',')).toEqual(cells));

test('semicolons of Excel: told by the header; a list stands in quotes', () => {
  expect(separatorOf('pinfl,name')).toBe(',');
  expect(separatorOf('pinfl;name')).toBe(';');
  expect(separatorOf('pinfl')).toBe(',');
  expect(cellsOf('1;"sewing;baking";a,b', ';')).toEqual(['1', 'sewing;baking', 'a,b']);
});

test('a long line of blanks or quotes costs no more than its length', () => {
  for (const text of [`${' '.repeat(200_000)}x"`, '"'.repeat(200_001), `"${' '.repeat(200_000)}`])
    expect(cellsOf(text, ',')).toBeUndefined();
});

const tooLong = (line: number) => new Error(`line ${line}`);
async function read(text: string, size: number, charset = 'utf-8') {
  async function* pieces() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size)
      yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  const lines: string[] = [];
  for await (const { n, text: line } of linesOf(pieces(), new TextDecoder(charset), { longest: 10, tooLong }))
    lines.push(`${n} ${line}`);
  return lines;
}

test.each([1, 2, 3, 100])('lines of pieces of %d bytes', async (size) => {
  expect(await read('\uFEFFa\r\nb\n\nўзбек', size)).toEqual(['1 a', '2 b', '3 ', '4 ўзбек']);
  expect(await read('', size)).toEqual([]);
  expect(await read('\uFEFF', size)).toEqual([]);
});

test('a line without end is not read on', async () => {
  await expect(read(`a\n${'b'.repeat(30)}`, 4)).rejects.toThrow('line 2');
});
