import { Connection, ServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { Prisma } from '../../prisma/generated/client';
import { openDb } from '../../prisma/db';
import { postgresServer } from '../../test/support/postgres-server';
import { freshDatabase } from '../../test/support/database';
import { isUnavailable } from '../../api/http/problem';
import { isContention, isOutOfReach } from './faults';

const thrownBy = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

const withCode = (code: string) => Object.assign(new Error('said by a driver'), { code });

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'ETIMEDOUT',
  '08006',
  '28P01',
  '40001',
  '40P01',
  '53100',
  '57P01',
  '57014',
  '58030',
  'P1000',
  'P1001',
  'P2024',
  'P2028',
])('%s passes: out of reach for every part of the service', (code) => {
  expect([isOutOfReach(withCode(code)), isUnavailable(withCode(code))]).toEqual([true, true]);
});

/** As Temporal's client throws it: its own error, with that of gRPC as the cause. */
const ofTemporal = (code: number) =>
  new ServiceError('Failed to signalWithStart Workflow', {
    cause: Object.assign(new Error('said by gRPC'), { code, details: '', metadata: {} }),
  });

test.each([
  ['CANCELLED', 1],
  ['UNKNOWN', 2],
  ['DEADLINE_EXCEEDED', 4],
  ['PERMISSION_DENIED', 7],
  ['RESOURCE_EXHAUSTED', 8],
  ['ABORTED', 10],
  ['INTERNAL', 13],
  ['UNAVAILABLE', 14],
  ['UNAUTHENTICATED', 16],
])('%s of gRPC passes', (_name, code) => {
  expect([isOutOfReach(ofTemporal(code)), isUnavailable(ofTemporal(code))]).toEqual([true, true]);
});

test.each([
  ['INVALID_ARGUMENT', 3],
  ['NOT_FOUND', 5],
  ['FAILED_PRECONDITION', 9],
])('%s of gRPC is a defect: another try is refused, too', (_name, code) =>
  expect(isOutOfReach(ofTemporal(code))).toBe(false),
);

test('a number of another kind is no code of gRPC', () => {
  expect(isOutOfReach(Object.assign(new Error('a status of HTTP'), { code: 14 }))).toBe(false);
});

test('a Temporal that is not there, a closed connection and a missing namespace are out of reach', async () => {
  const nowhere = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: '1s' });
  const ask = () =>
    nowhere.withAbortSignal(AbortSignal.timeout(1500), () => nowhere.workflowService.getSystemInfo({}));
  const missing = await thrownBy(ask);
  await nowhere.close();
  const closed = await thrownBy(ask);
  expect([missing, closed, new NamespaceNotFoundError('none')].map(isOutOfReach)).toEqual([true, true, true]);
});

test.each(['P2002', 'P2025', 'P1012', '23505', '22P02', '25P02', '42703'])('%s is a defect', (code) => {
  expect([isOutOfReach(withCode(code)), isUnavailable(withCode(code))]).toEqual([false, false]);
});

test.each(['08', '0800', '080060', '40', '400', '53-100', '57P', '57P0', '57P011', '57P99', '58x30'])(
  '%s only begins as a SQLSTATE that passes: a defect',
  (code) => expect(isOutOfReach(withCode(code))).toBe(false),
);

test.each([
  ['40001', true],
  ['40P01', true],
  ['P2034', true],
  ['40002', false],
  ['08006', false],
  ['P2002', false],
])('%s: contention is %p', (code, is) => {
  expect(isContention(withCode(code))).toBe(is);
  expect(isContention(new Error('outer', { cause: withCode(code) }))).toBe(is);
});

test.each([
  new RangeError('not a day'),
  new TypeError('of undefined'),
  new Error('no stage names it'),
  'a text',
  undefined,
])('what a rule or a mistake of ours throws is a defect: %p', (error) =>
  expect(isOutOfReach(error)).toBe(false),
);

test('a code is found in the causes, too', () => {
  expect(isOutOfReach(new Error('outer', { cause: withCode('ECONNRESET') }))).toBe(true);
});

test('a real database that stops in the middle, and one that is not there, are out of reach', async () => {
  const server = await postgresServer();
  const db = openDb(server.url, 2);
  try {
    await db.$queryRaw`SELECT 1`;
    const waiting = thrownBy(() => db.$queryRaw`SELECT pg_sleep(30)`);
    const inTransaction = thrownBy(() =>
      db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        await tx.$queryRaw`SELECT pg_sleep(30)`;
      }),
    );
    await new Promise((resolve) => void setTimeout(resolve, 500));
    await server.kill9();
    expect([isOutOfReach(await waiting), isOutOfReach(await inTransaction)]).toEqual([true, true]);
    const gone = [
      await thrownBy(() => db.$queryRaw`SELECT 1`),
      await thrownBy(() => db.$transaction((tx) => tx.$queryRaw`SELECT 1`)),
    ];
    expect(gone.map(isOutOfReach)).toEqual([true, true]);
  } finally {
    await db.$disconnect();
    await server.stop();
  }
});

test('what the database refuses is a defect: a value, a constraint, a column', async () => {
  const { url, drop } = await freshDatabase();
  const db = openDb(url, 2);
  try {
    const errors = [
      await thrownBy(() => db.$queryRaw`SELECT 'x'::int`),
      await thrownBy(() => db.$queryRaw`SELECT no_such_column`),
      await thrownBy(() => db.case.findUniqueOrThrow({ where: { id: 'C-000001' } })),
      await thrownBy(() =>
        db.$executeRaw(Prisma.sql`INSERT INTO news (id, register, event, type, body, at, state, since, correlation_id)
          VALUES ('a', 'r', 'e', 't', '{}', now(), 's', now(), 'c'), ('a', 'r', 'e', 't', '{}', now(), 's', now(), 'c')`),
      ),
    ];
    expect(errors.map(isOutOfReach)).toEqual([false, false, false, false]);
  } finally {
    await db.$disconnect();
    await drop();
  }
});
