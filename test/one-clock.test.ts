import fs from 'node:fs';
import path from 'node:path';

/*
 * Time has one source, the clock port. Nothing else in the product asks the machine or the database for the time. So a scenario
 * in 2023 and a deadline in a test behave as today's do.
 */

const root = path.resolve(__dirname, '..');
const rooms = ['api', 'activities', 'records', 'workflows', 'domain', 'registers'];
const clocks = new Set(['records/kernel/clock.ts']);

const filesIn = (folder: string): string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')));

const lines = (file: string): string[] => fs.readFileSync(path.join(root, file), 'utf8').split('\n');

const uses = (files: string[], pattern: RegExp): string[] =>
  files.flatMap((file) => lines(file).flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}`] : [])));

test('no code but the clocks asks the machine for the time', () => {
  const files = rooms.flatMap(filesIn).filter((file) => !clocks.has(file));
  expect(files.length).toBeGreaterThan(100);
  expect(uses(files, /Date\.now\(|new Date\(\)|Temporal\.Now/)).toEqual([]);
});

test('the database never tells the time', () => {
  const migrations = fs.readdirSync(path.join(root, 'prisma/migrations')).filter((name) => /^\d/.test(name));
  const files = [
    'prisma/schema.prisma',
    ...migrations.map((name) => `prisma/migrations/${name}/migration.sql`),
  ];
  const sql = rooms.flatMap(filesIn).filter((file) => /\$(queryRaw|executeRaw)/.test(lines(file).join('\n')));
  expect(
    uses(
      [...files, ...sql],
      /@updatedAt|@default\(now|(?<!\.)\bnow\(\)(?! defaults)|CURRENT_(TIMESTAMP|DATE|TIME)\b/,
    ),
  ).toEqual([]);
});
