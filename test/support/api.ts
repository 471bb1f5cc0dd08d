import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import request from 'supertest';
import { z } from 'zod';
import { createApp } from '../../api/http/app';
import { bearerSignIn, type Claims } from '../../api/http/auth';
import type { Deps } from '../../api/http/deps';
import { errorsOf } from '../../api/http/openapi';
import { problemSchema } from '../../api/http/problem';
import type { Route } from '../../api/http/route';
import { routes } from '../../api/routes';
import { devIssuer } from '../../api/http/dev-issuer';
import type { Workflows } from '../../api/http/workflows';
import { testSettings } from './settings';
import { openDb } from '../../prisma/db';
import { freshDatabase } from './database';

/** The OpenAPI document must promise every answer. */
function asDocumented(method: string, url: string, answer: request.Response): request.Response {
  const path = url.split('?')[0] ?? '';
  const fits = ({ path: template }: Route) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const found = routes.find((route) => route.method === method && fits(route));
  const shape = found?.answers[answer.status];
  const statuses = found && [...errorsOf(found), ...Object.keys(found.answers).map(Number)];
  if (answer.status !== 405 && found && !statuses?.includes(answer.status))
    throw new Error(`${method} ${found.path} answers ${answer.status}, which is not documented`);
  if (answer.status >= 400) problemSchema.parse(answer.body);
  else if (shape instanceof z.ZodType) shape.parse(answer.body);
  return answer;
}

/** The API over real HTTP on a database of its own, unless `open` gives another. The test sets the clock, and workflows are only noted. */
export async function testApi(
  more: Partial<Deps> = {},
  { connections = 5, signInKeptMs = 0, open = freshDatabase } = {},
) {
  const database = await open();
  const db = openDb(database.url, connections);
  const time = { now: new Date('2026-03-02T09:00:00+05:00') };
  const clock = { now: () => Promise.resolve(time.now) };
  const named = { issuer: 'test', audience: 'test' };
  const folder = mkdtempSync(path.join(tmpdir(), 'issuer-'));
  const issuer = await devIssuer(path.join(folder, 'key.json'), named);
  const woken: string[] = [];
  const logged: string[] = [];
  const noted = (line: string): void => {
    logged.push(line);
    if (line.includes('"error":')) process.stderr.write(line);
  };
  const workflows: Workflows = {
    refresh: (subject) => Promise.resolve(void woken.push(subject)),
    carryOut: () => Promise.resolve('done'),
    reach: () => Promise.resolve(),
  };
  const app = createApp({
    records: { db, clock, settings: testSettings },
    workflows,
    tryOut: () => Promise.reject(new Error('the test gives no previewer')),
    lookAtWoken: () => Promise.resolve(),
    signIn: bearerSignIn({ keys: issuer.keys, ...named }, db, clock, signInKeptMs),
    log: pino({}, { write: noted }),
    webhookSecret: 'a secret of the tests',
    limits: { perMinute: 0 },
    ...more,
  });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** A token of a recorded official or employer. */
  const token = async (said: Claims, minutes = 60) => {
    const { sub: id, role, rank = 'officer', area = '' } = said;
    if (role !== 'employer')
      await db.official.createMany({ data: [{ id, name: id, role, rank, area }], skipDuplicates: true });
    const until = new Date(time.now.getTime() + minutes * 60_000);
    return issuer.issueToken(said, { from: time.now, until });
  };

  /** Calls with a person's token: `await api.as(official).post('/people', body, { key })`. */
  const as = (said: Claims | undefined) => {
    const call =
      (method: 'get' | 'post' | 'put' | 'patch', url: string) =>
      async (body?: unknown, headers: Record<string, string> = {}) => {
        const sending = request(base)[method](`/v1${url}`).set(headers);
        if (said) sending.set('Authorization', `Bearer ${await token(said)}`);
        return asDocumented(method, url, await (body === undefined ? sending : sending.send(body as object)));
      };
    return {
      get: (url: string, headers?: Record<string, string>) => call('get', url)(undefined, headers),
      post: (url: string, body?: unknown, headers?: Record<string, string>) =>
        call('post', url)(body, headers),
      put: (url: string, body?: unknown, headers?: Record<string, string>) => call('put', url)(body, headers),
      patch: (url: string, body?: unknown, headers?: Record<string, string>) =>
        call('patch', url)(body, headers),
    };
  };

  return {
    db,
    url: database.url,
    base,
    time,
    workflows,
    woken,
    logged,
    token,
    as,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await db.$disconnect();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A person of each role, with the claims of the token. */
export const people = {
  case_manager: { sub: 'O-1', role: 'case_manager', area: '1703202001' },
  neighbour: { sub: 'O-2', role: 'case_manager', area: '1703202002' },
  supervisor: { sub: 'O-3', role: 'supervisor', area: '1703202' },
  employment_officer: { sub: 'O-4', role: 'employment_officer', area: '1703202' },
  labour_inspector: { sub: 'O-5', role: 'labour_inspector', area: '1703' },
  finance_officer: { sub: 'O-6', role: 'finance_officer', area: '1703' },
  training_officer: { sub: 'O-7', role: 'training_officer', area: '1703' },
  auditor: { sub: 'O-8', role: 'auditor', area: '' },
  administrator: { sub: 'O-9', role: 'administrator', area: '' },
} as const satisfies Record<string, Claims>;

/** Territories for these people: two mahallas of one district, one of another region. */
export const territories = [
  ['1703', 'region', null],
  ['1703202', 'district', '1703'],
  ['1703202001', 'mahalla', '1703202'],
  ['1703202002', 'mahalla', '1703202'],
  ['1706', 'region', null],
  ['1706204', 'district', '1706'],
  ['1706204001', 'mahalla', '1706204'],
].map(([code, kind, parent]) => ({
  code: code as string,
  kind: kind as string,
  parent: parent ?? null,
  nameLatn: `Area ${code}`,
}));
