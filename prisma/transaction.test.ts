import { setTimeout as pause } from 'node:timers/promises';
import { warmDatabase } from '../test/support/database';
import type { Db } from './db';
import type { Tx } from './transaction';

/** One connection: a second one would never come. */
let db: Db;
beforeAll(async () => void ({ db } = await warmDatabase(1)));
beforeEach(() => db.outbox.deleteMany());

const at = new Date('2024-04-01T17:30:00.123Z');
const inModel = (tx: Tx, target: string) => tx.outbox.create({ data: { subject: 'a', target, at } });
const raw = (tx: Tx, target: string) =>
  tx.$executeRaw`INSERT INTO outbox (subject, target, at) VALUES ('a', ${target}, ${at})`;
const targets = async (): Promise<string[]> =>
  (await db.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ target }) => target);
const within = { timeoutMs: 5000 };

test('statements and models write in one transaction, and see each other', async () => {
  const seen = await db.inTransaction(async (tx) => {
    await raw(tx, 'first');
    await inModel(tx, 'second');
    await raw(tx, 'third');
    return [await tx.outbox.count(), await tx.$queryRaw`SELECT count(*) AS n FROM outbox`];
  }, within);
  expect(seen).toEqual([3, [{ n: 3n }]]);
  expect(await targets()).toEqual(['first', 'second', 'third']);
});

test.each([
  ['statements alone', false],
  ['models, too', true],
])('an error undoes everything: %s', async (_, models) => {
  const work = db.inTransaction(async (tx) => {
    await raw(tx, 'first');
    if (models) await inModel(tx, 'second');
    throw new Error('no');
  }, within);
  await expect(work).rejects.toThrow('no');
  expect(await targets()).toEqual([]);
});

test.each(['raw', 'model'])('a refused statement undoes everything, and names its fault: %s', async (how) => {
  const work = db.inTransaction(async (tx) => {
    await raw(tx, 'first');
    if (how === 'raw') await tx.$executeRaw`INSERT INTO outbox (id, subject) VALUES (1, 'a')`;
    else await tx.outbox.update({ where: { id: 7n }, data: { target: 'second' } });
  }, within);
  await expect(work).rejects.toMatchObject({ code: how === 'raw' ? '23502' : 'P2025' });
  expect(await targets()).toEqual([]);
  expect(await db.inTransaction((tx) => raw(tx, 'next'), within)).toBe(1);
});

test('statements that are sent together are sent one after another', async () => {
  const warned = jest.fn();
  process.on('warning', warned);
  const sent = await db.inTransaction(
    (tx) => Promise.all([raw(tx, 'first'), inModel(tx, 'second'), raw(tx, 'third'), tx.outbox.count()]),
    within,
  );
  await pause(10);
  process.off('warning', warned);
  expect(sent[2]).toBe(1);
  expect(await targets()).toHaveLength(3);
  expect(warned).not.toHaveBeenCalled();
});

test('a constraint that is checked at the end refuses the whole', async () => {
  const work = db.inTransaction(async (tx) => {
    await inModel(tx, 'first');
    await tx.$executeRaw`CREATE TEMP TABLE later (n int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP`;
    await tx.$executeRaw`INSERT INTO later VALUES (1), (1)`;
  }, within);
  await expect(work).rejects.toMatchObject({ code: '23505' });
  expect(await targets()).toEqual([]);
});

test('a transaction that lasts too long is undone, and its connection is not used again', async () => {
  const work = db.inTransaction(
    async (tx) => {
      await raw(tx, 'first');
      await pause(300);
      await inModel(tx, 'second');
    },
    { timeoutMs: 100 },
  );
  await expect(work).rejects.toThrow('not queryable');
  expect(await targets()).toEqual([]);
  expect(await db.inTransaction((tx) => raw(tx, 'next'), within)).toBe(1);
});

test('a promise may give a model or the whole transaction', async () => {
  const count = await db.inTransaction(async (tx) => {
    const whole = await Promise.resolve(tx);
    const outbox = await Promise.resolve(whole.outbox);
    return outbox.count();
  }, within);
  expect(count).toBe(0);
});

test('a raw statement has results of the same types as in Prisma', async () => {
  const values = (tx: Pick<Tx, '$queryRaw'>) => tx.$queryRaw`
    SELECT 1::int AS int, 2::bigint AS bigint, 3.5::numeric AS numeric, 4.5::float8 AS float, true AS bool, 'x' AS text,
      NULL::bigint AS nothing, ${at}::timestamptz AS instant, ARRAY['a', 'b'] AS texts, ARRAY[5, NULL]::bigint[] AS bigints,
      '{"a": [1, null]}'::jsonb AS json, ${['a', 'c']}::text[] AS given, ${6n}::bigint AS "givenBigint", '2024-04-01'::date::text AS day`;
  const inPrisma = await db.$transaction((tx) => values(tx));
  expect(await values(db)).toEqual(inPrisma);
  expect(await db.inTransaction(values, within)).toEqual(inPrisma);
  const [{ never }] = await db.$queryRaw<[{ never: Date }]>`SELECT 'infinity'::timestamptz AS never`;
  expect(never.getTime()).toBeNaN();
});

describe('after the end of a transaction', () => {
  const late = (write: (tx: Tx, target: string) => Promise<unknown>) => {
    let afterwards: Promise<unknown> = Promise.resolve();
    const work = db.inTransaction(async (tx) => {
      const first = raw(tx, 'first');
      afterwards = first
        .then(() => pause(50))
        .then(() => write(tx, 'late'))
        .catch((error: unknown) => error);
      await first;
      throw new Error('refused');
    }, within);
    return { work, after: () => afterwards };
  };

  test.each([
    ['statement', raw],
    ['model', inModel],
  ])('a %s is refused, and writes nothing', async (_, write) => {
    const { work, after } = late(write);
    await expect(work).rejects.toThrow('refused');
    expect(await after()).toMatchObject({ message: 'the transaction has ended' });
    expect(await targets()).toEqual([]);
    expect(await db.inTransaction((tx) => raw(tx, 'next'), within)).toBe(1);
  });
});

test('a failed statement whose error is caught undoes everything, and the transaction says so', async () => {
  const work = db.inTransaction(async (tx) => {
    await raw(tx, 'first');
    await tx.$executeRaw`INSERT INTO outbox (id, subject) VALUES (1, 'a')`.catch(() => undefined);
    return 'done';
  }, within);
  await expect(work).rejects.toThrow('nothing of the transaction is written');
  expect(await targets()).toEqual([]);
});
