import { strFromU8, unzipSync } from 'fflate';
import type { Reply } from './route';
import { csvOf, workbookOf } from './tables';

const textsOf = async (...table: Parameters<typeof workbookOf>) => {
  const parts = unzipSync((await workbookOf(...table)).body as Uint8Array);
  const xml = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const words = [...xml('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, word]) => word);
  return { words, workbook: xml('xl/workbook.xml'), sheet: xml('xl/worksheets/sheet1.xml') };
};

const textOf = (parts: Reply['parts']) => [...(parts as Iterable<string>)].join('');

test('a workbook: one sheet, numbers as numbers, nothing where there is nothing', async () => {
  const rows = [
    { region: "Farg'ona viloyati", paid: 9_007_199_254_740_991n, average: 1 },
    { region: 'A & <B>', paid: 0n, average: null },
  ];
  const { words, workbook, sheet } = await textsOf('2024', ['region', 'paid', 'average'], rows);
  expect(workbook).toContain('name="2024"');
  expect(words).toEqual(['region', 'paid', 'average', "Farg'ona viloyati", 'A &amp; &lt;B&gt;']);
  expect(sheet).toContain('<v>9007199254740991</v>');
  expect(sheet.match(/<row /g)).toHaveLength(3);
  expect(sheet).not.toContain('r="C3"');
});

test('CSV: the columns named, in their order; nothing where there is nothing', () => {
  const { parts, type } = csvOf(['a', 'b', 'c'], [{ c: 'x, "y"', b: -5n, a: null }]);
  expect(textOf(parts)).toBe('a,b,c\n,-5,"x, ""y"""\n');
  expect(type).toContain('text/csv');
});

const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '\t=1', '\r', '＝1'];
const texts = ["'", 'S-000001-2024-02/1', 'a=b', '1-2', ''];

test('a text that begins like a formula is made inert, in CSV and in the workbook; numbers are not', async () => {
  const rows = [...formulas, ...texts].map((text) => ({ text, sum: -1 }));
  const lines = formulas.map((text) => `'${text}`).concat(texts);
  const { parts } = csvOf(
    ['text', 'sum'],
    rows.filter(({ text }) => !/\s/.test(text)),
  );
  const csv = textOf(parts);
  expect(csv.split('\n').slice(1, -1)).toEqual(
    lines.filter((text) => !/\s/.test(text)).map((text) => `${text},-1`),
  );
  const { words, sheet } = await textsOf('1', ['text', 'sum'], rows);
  for (const text of formulas.filter((each) => !/\s/.test(each))) expect(words).toContain(`'${text}`);
  expect(words.filter((text) => /^\s*[=+\-@＝]/.test(text ?? ''))).toEqual([]);
  expect(sheet).toContain('<v>-1</v>');
});
