import { strFromU8, unzipSync } from 'fflate';
import { workbook } from './xlsx';

test('a workbook: one sheet, numbers as numbers, nothing where there is nothing', async () => {
  const file = await workbook(
    '2024',
    ['region', 'paid', 'average'],
    [
      { region: "Farg'ona viloyati", paid: 9_007_199_254_740_991n, average: 1 },
      { region: 'A & <B>', paid: 0n, average: null },
    ],
  );
  const parts = unzipSync(file);
  const xml = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  expect(xml('xl/workbook.xml')).toContain('name="2024"');
  const words = [...xml('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, word]) => word);
  expect(words).toEqual(['region', 'paid', 'average', "Farg'ona viloyati", 'A &amp; &lt;B&gt;']);
  const sheet = xml('xl/worksheets/sheet1.xml');
  expect(sheet).toContain('<v>9007199254740991</v>');
  expect(sheet.match(/<row /g)).toHaveLength(3);
  expect(sheet).not.toContain('r="C3"');
});
