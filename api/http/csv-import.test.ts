import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as aTurn } from 'node:timers/promises';
import type { Request, Response } from 'express';
import request from 'supertest';
import { makePinfl } from '../../domain/pinfl';
import { eventually } from '../../test/support/eventually';
import { piecesOf, unbroken } from './body';
import { serverOf } from './server';
import { people as by, territories, testApi } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

const HEADER = 'pinfl,name,mahalla\n';
const pinfl = (n: number) => makePinfl('1985-01-31', 'male', String(n).padStart(6, '0'));
const line = (n: number) => `${pinfl(n)},Name ${n},1703202001\n`;
const lines = (from: number, n: number) => Array.from({ length: n }, (_, at) => line(from + at)).join('');

const send = async (csv: string | Buffer, type = 'text/csv') =>
  request(api.base)
    .post('/v1/people/import')
    .set('Authorization', `Bearer ${await api.token(by.supervisor)}`)
    .set('Content-Type', type)
    .send(csv);

/** Turns of the event loop while something is going on. */
async function turnsDuring(work: PromiseLike<unknown>): Promise<number> {
  const counted = { turns: 0, over: false };
  const done = Promise.resolve(work).finally(() => (counted.over = true));
  while (!counted.over) {
    await aTurn();
    counted.turns += 1;
  }
  await done;
  return counted.turns;
}

test('a body is read in pieces of at most a KiB, each in a turn of its own', async () => {
  const body = Readable.from([Buffer.alloc(10_000), Buffer.alloc(100)]) as Request;
  const res = { locals: { patience: { wait: () => undefined, stop: () => undefined } } };
  let turn = 0;
  let over = false;
  const next = () => {
    turn += 1;
    if (!over) setImmediate(next);
  };
  next();
  const pieces: { turn: number; bytes: number }[] = [];
  for await (const { length: bytes } of piecesOf(body, res, new AbortController().signal))
    pieces.push({ turn, bytes });
  over = true;
  expect(Math.max(...pieces.map(({ bytes }) => bytes))).toBe(1024);
  expect(new Set(pieces.map((piece) => piece.turn)).size).toBe(11);
});

test.each([
  ['right', lines(1, 900)],
  ['wrong', `${'x'.repeat(40)},y,z\n`.repeat(900)],
])('other requests have their turn while %s lines are read', async (_which, rows) => {
  const file = HEADER + rows;
  const answer = send(file);
  expect(await turnsDuring(answer)).toBeGreaterThan(file.length / 1024);
  expect((await answer).body).toMatchObject({ lines: 900 });
});

test('more than 1000 wrong lines stop the import: the report has the lines before', async () => {
  const answer = await send(HEADER + lines(1000, 3) + 'x,y,z\n'.repeat(20_000) + line(1003));
  expect(answer.body).toMatchObject({
    status: 422,
    code: 'too_many_wrong_lines',
    detail: expect.stringContaining('stopped at line 1005'),
    report: { lines: 1004, accepted: 3, created: 3, rejectedLines: 1001 },
  });
  const numbers = [1000, 1001, 1002, 1003].map(pinfl);
  expect(await api.db.person.count({ where: { pinfl: { in: numbers } } })).toBe(3);
});

test('a caller who goes away: the import stops, and it counts as no fault of the service', async () => {
  const token = await api.token(by.supervisor);
  const socket = connect(Number(new URL(api.base).port), '127.0.0.1');
  socket.write(
    `POST /v1/people/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n${HEADER}${lines(2000, 600)}`,
  );
  const written = () => api.db.person.count({ where: { pinfl: { in: [2000, 2599].map(pinfl) } } });
  await eventually(async () => (await written()) === 1);
  socket.destroy();
  const seen = await eventually(async () => {
    const { text } = await request(api.base).get('/metrics');
    return /http_request_duration_seconds_count\{.*route="\/v1\/people\/import".*status="499".*\} 1/.exec(
      text,
    );
  });
  expect(seen).not.toBeNull();
  expect(api.logged.join('')).toMatch(/"path":"\/v1\/people\/import".*"status":499/);
  expect(await written()).toBe(1);
  expect(api.logged.filter((entry) => entry.includes('"level":50'))).toEqual([]);
});

test('a JSON body whose sender goes away is no 503', async () => {
  const token = await api.token(by.supervisor);
  const socket = connect(Number(new URL(api.base).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /v1/people/search HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"name":',
  );
  await turnsDuring(request(api.base).get('/healthz'));
  socket.destroy();
  await eventually(async () => {
    const { text } = await request(api.base).get('/metrics');
    return /route="\/v1\/people\/search".*status="499".*\} 1/.test(text);
  });
  expect(api.logged.filter((entry) => entry.includes('"level":50'))).toEqual([]);
});

describe('a body before the parser looks at it', () => {
  const passed = (headers: Record<string, string>, complete: boolean) => {
    const next = jest.fn();
    const get = (name: string) => headers[name];
    unbroken({ get, complete } as Request, {} as Response, next);
    return next;
  };
  test.each([{ 'Content-Length': '9' }, { 'Transfer-Encoding': 'chunked' }])(
    'that is broken off is no empty one: %o',
    (headers) => expect(() => passed(headers, false)).toThrow(expect.objectContaining({ status: 499 })),
  );
  test('that is whole, or that nobody sent, passes', () => {
    expect(passed({ 'Content-Length': '9' }, true)).toHaveBeenCalledTimes(1);
    expect(passed({}, false)).toHaveBeenCalledTimes(1);
  });
});

test('a sender who keeps us waiting is cut off; one whom we keep waiting is not', async () => {
  const strict = await testApi({ limits: { perMinute: 0, bodyWithinMs: 250 } });
  await strict.db.territory.createMany({ data: territories });
  const token = await strict.token(by.supervisor);
  const open = (length: number, { said = token, connection = 'close' } = {}) => {
    const socket = connect(Number(new URL(strict.base).port), '127.0.0.1');
    socket.write(
      `POST /v1/people/import HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nAuthorization: Bearer ${said}\r\n` +
        `Content-Type: text/csv\r\nContent-Length: ${length}\r\n\r\n`,
    );
    return { socket, answer: buffer(socket).then(String) };
  };
  const slow = open(1000);
  slow.socket.write(HEADER);
  expect(await slow.answer).toContain('408 Request Timeout');

  // The answer to a body that nobody reads is there at once; its rest is not waited for longer.
  const refused = open(1000, { said: 'no token', connection: 'keep-alive' });
  expect(await refused.answer).toContain('401 Unauthorized');

  const begun = performance.now();
  const many = HEADER + lines(5000, 2500);
  const patient = open(many.length);
  patient.socket.write(many);
  expect(await patient.answer).toContain('"accepted":2500');
  expect(performance.now() - begun).toBeGreaterThan(250);
  await strict.close();
  expect(serverOf(() => undefined, AbortSignal.abort())).toMatchObject({
    requestTimeout: 0,
    headersTimeout: 60_000,
  });
});

test.each(['', '\uFEFF', '\n\n'])('a file without a header (%j) is refused', async (file) => {
  const answer = await send(file);
  expect(answer.body).toMatchObject({ status: 422, code: 'wrong_columns' });
  expect(answer.body.detail).toContain('empty');
});

test('semicolons, as Excel writes them here', async () => {
  const file = `\uFEFFpinfl;name;mahalla;skills\r\n${pinfl(3000)};Nodira;1703202001;"sewing;baking"\r\n`;
  expect((await send(file)).body).toMatchObject({ lines: 1, created: 1 });
  expect(await api.db.person.findUniqueOrThrow({ where: { pinfl: pinfl(3000) } })).toMatchObject({
    name: 'Nodira',
    skills: ['sewing', 'baking'],
  });
});

test('the charset of the Content-Type; text that is none is refused line by line', async () => {
  const cyrillic = Buffer.from([0xcd, 0xee, 0xe4, 0xe8, 0xf0, 0xe0]);
  const file = Buffer.concat([
    Buffer.from(`${HEADER}${pinfl(4000)},`),
    cyrillic,
    Buffer.from(`,1703202001\n${line(4001)}`),
  ]);
  expect((await send(file)).body).toMatchObject({ created: 1, rejected: [{ line: 2, field: 'name' }] });
  expect((await send(file, 'text/csv; charset=windows-1251')).body).toMatchObject({
    created: 1,
    unchanged: 1,
  });
  expect(await api.db.person.findUniqueOrThrow({ where: { pinfl: pinfl(4000) } })).toMatchObject({
    name: 'Нодира',
  });
  expect((await send(file, 'text/csv; charset=klingon')).body).toMatchObject({
    status: 415,
    code: 'unsupported_encoding',
  });
});

test('a line without end is refused while it comes', async () => {
  const answer = await send(`${HEADER}${'x'.repeat(200_000)}`);
  expect(answer.body).toMatchObject({ status: 422, code: 'too_long_line' });
});
