import { readFileSync } from 'node:fs';
import { Prisma } from '../prisma/generated/client';
import { defaultKeepDays, going, periodOf, storageTable, stored } from './storage';

const read = (file: string) => readFileSync(file, 'utf8');

test('every table of the record has a line', () => {
  const tables: string[] = [...read('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)/g)].map(
    ([, name = '']) => name,
  );
  expect(tables).toHaveLength(Object.keys(Prisma.ModelName).length);
  expect(Object.keys(stored).toSorted()).toEqual(tables.toSorted());
});

test('the operations guide shows the table', () => {
  const written = read('docs/operations.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | +\|?$/g, '').trim()));
  for (const line of storageTable()) expect(written).toContainEqual(line);
});

test('a default is within the bounds of its setting', () => {
  for (const table of going) expect(defaultKeepDays[table]).toBeGreaterThanOrEqual(periodOf(table).least);
});
