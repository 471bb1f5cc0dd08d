import { warmDatabase } from '../../test/support/database';
import type { Db } from '../../prisma/db';
import { noEntries, type VersionRow, writeEntries } from './entries';

let db: Db;
beforeAll(async () => void ({ db } = await warmDatabase(2)));
beforeEach(() => db.caseVersion.deleteMany());

const version = (caseId: string, of: VersionRow['of'], words: string): VersionRow => ({
  caseId,
  of,
  body: { words },
  at: new Date('2024-04-01T17:30:00Z'),
  byId: 'O-1',
});

const write = (...versions: VersionRow[]): Promise<void> =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await writeEntries({ tx, entries: { ...noEntries(), versions } });
  });

test('versions are numbered by case and kind, also those of one statement', async () => {
  await write(version('C-000001', 'plan', 'first'));
  await write(
    version('C-000001', 'plan', 'second'),
    version('C-000001', 'assessment', 'another'),
    version('C-000001', 'plan', 'third'),
    version('C-000002', 'plan', 'elsewhere'),
  );
  const rows = await db.caseVersion.findMany({ orderBy: [{ caseId: 'asc' }, { of: 'asc' }, { n: 'asc' }] });
  expect(rows.map(({ caseId, of, n, body }) => [caseId, of, n, body])).toEqual([
    ['C-000001', 'assessment', 1, { words: 'another' }],
    ['C-000001', 'plan', 1, { words: 'first' }],
    ['C-000001', 'plan', 2, { words: 'second' }],
    ['C-000001', 'plan', 3, { words: 'third' }],
    ['C-000002', 'plan', 1, { words: 'elsewhere' }],
  ]);
});
