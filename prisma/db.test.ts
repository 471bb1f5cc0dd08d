import { freshDatabase, warmDatabase } from '../test/support/database';
import { eventually } from '../test/support/eventually';
import { type Db, openDb } from './db';

let db: Db;
beforeAll(async () => void ({ db } = await warmDatabase(1)));

const prepared = () =>
  db.$queryRaw<{ statement: string; plans: number }[]>`
    SELECT statement, (generic_plans + custom_plans)::int AS plans FROM pg_prepared_statements`;

test('a statement is prepared once on a connection, for all its values', async () => {
  for (const id of ['a', 'b', 'c']) await db.official.findUnique({ where: { id } });
  const found = (await prepared()).filter(({ statement }) => statement.includes('"officials"'));
  expect(found).toEqual([{ statement: expect.stringContaining('WHERE') as string, plans: 3 }]);
});

test('the first rows are counted in no order', async () => {
  const ids = ['c', 'a', 'b'];
  await db.outbox.createMany({ data: ids.map((subject) => ({ subject, target: 'd', at: new Date(0) })) });
  expect(await db.outbox.count({ where: { target: 'd' }, take: 2 })).toBe(2);
  expect(await db.outbox.count({ where: { target: 'd' }, take: 9 })).toBe(3);
  expect(await db.outbox.count({ where: { target: 'd' }, take: 9, skip: 1 })).toBe(2);
  const counts = (await prepared()).filter(({ statement }) => /^SELECT COUNT.*"outbox"/.test(statement));
  expect(counts).toHaveLength(1);
  expect(counts.filter(({ statement }) => statement.includes('ORDER BY'))).toEqual([]);
  await db.outbox.deleteMany();
});

test('no more than 500 statements stay prepared, also for lists of many lengths', async () => {
  for (let length = 1; length <= 600; length++)
    await db.official.findMany({ where: { id: { in: Array.from({ length }, (_, n) => `O-${n}`) } } });
  expect((await prepared()).length).toBeLessThanOrEqual(500);
  expect(await db.official.count()).toBe(0);
});

test('an instant is the same instant in a database whose own time zone is another', async () => {
  const { url, drop } = await freshDatabase();
  const named = new URL(url).pathname.slice(1);
  await db.$executeRawUnsafe(`alter database ${named} set timezone = 'Asia/Tashkent'`);
  const there = openDb(url, 1);
  const at = new Date('2024-04-01T17:30:00Z');
  await there.outbox.create({ data: { subject: 'a', target: 'b', at } });
  const [kept] = await there.$queryRaw<{ instant: string }[]>`
    SELECT (extract(epoch FROM at) * 1000)::bigint::text AS instant FROM outbox`;
  expect(kept).toEqual({ instant: `${at.getTime()}` });
  expect(await there.outbox.findFirstOrThrow()).toMatchObject({ at });
  await there.$disconnect();
  await drop();
});

test('a client without the use of a model outlives a lost connection, and ends its connections', async () => {
  const { url, drop } = await freshDatabase();
  const there = openDb(url, 1);
  const pidOf = async (of: Pick<Db, '$queryRaw'>): Promise<number | undefined> =>
    (await of.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`)[0]?.pid;
  const lost = await pidOf(there);
  await db.$queryRaw`SELECT pg_terminate_backend(${lost}::int)`;
  const kept = await eventually(() => pidOf(there));
  expect(kept).not.toBe(lost);
  await there.$disconnect();
  await there.$disconnect();
  const left = () => db.$queryRaw`SELECT FROM pg_stat_activity WHERE pid = ${kept}::int`;
  expect(await eventually(async () => !((await left()) as unknown[]).length)).toBe(true);
  await drop();
});
