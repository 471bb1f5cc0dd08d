import { statfs } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { createActivities } from '../../activities';
import { createApp } from '../../api/http/app';
import { bearerSignIn, type Claims } from '../../api/http/auth';
import { workflowsOf } from '../../api/http/workflows';
import type { Clock } from '../../domain/clock';
import { dayOf } from '../../domain/day';
import { type Settings, defaultSettings } from '../../domain/settings';
import { type Db, openDb } from '../../prisma/db';
import type { Records } from '../../records/kernel/transaction';
import { registersAt } from '../../registers/registers';
import type { Action } from '../../registers/sandbox/script';
import { createSandbox } from '../../registers/sandbox/server';
import { MachineError } from '../machine.cjs';
import { loadSampleData, sampleRegisterWorld, wakeSampleRows } from '../sample-data';
import { type VirtualClock, virtualClock } from './clock';
import { type Ground, ISSUER, type OpenDatabase, WORKER_CONNECTIONS } from './ground';

/** One scenario's world: the whole product running on virtual time. */
export interface World {
  readonly clock: VirtualClock;
  readonly db: Db;
  readonly records: Records;
  /** Sends a request to the API as somebody. */
  call(who: Claims, request: Call): Promise<Answer>;
  /** Tells the registers what happens outside. @throws ZodError, Impossible */
  register(action: Action): Promise<unknown>;
  /** Returns when everything that is due now has happened. */
  settle(): Promise<void>;
  /** @throws MachineError when a server that it stands on does not answer any more, or the disk is full */
  mustStand(): Promise<void>;
  stop(): Promise<void>;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  body: unknown;
}

const API_CONNECTIONS = 10;
const CONNECTIONS = WORKER_CONNECTIONS + API_CONNECTIONS;
/** A scenario is told in English. */
const inEnglish: Settings = { ...defaultSettings, language: 'en' };

const WEBHOOK_SECRET = 'the simulator knows both sides';
const REGISTER_TIMEOUT_MS = 15_000;
const TOKEN_HOURS = 1;
const MOMENT_MS = 200;
const PATIENCE_MS = 180_000;
const LEAST_BYTES = 16 * 2 ** 20;

/**
 * Starts the sandbox registers and the API on a time-skipping server that nobody uses now, with its worker, and a database of their
 * own, with all clocks at `starts`.
 *
 * @param database the address of one that is there already, with its sample data, may be shared by several worlds at once, and
 *   stays; a fresh one otherwise
 * @param money whether the sample data has lines with money on them
 */
export async function createWorld(
  ground: Ground,
  {
    starts,
    database: given,
    money = true,
    settings = inEnglish,
  }: { starts: Date; database?: string; money?: boolean; settings?: Settings },
): Promise<World> {
  const { servers } = ground;
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    ground.open.delete(stop);
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  };
  ground.open.add(stop);
  try {
    const [database, server] = await Promise.all([
      given === undefined ? ground.openDatabase(CONNECTIONS) : opened(given),
      servers.take(),
    ]);
    closing.push(
      () => database.close(),
      () => (given === undefined ? servers.giveBack(server) : servers.end(server)),
    );
    const clock = virtualClock(server.env);
    await clock.set(starts);
    const { db } = database;
    const records = { db, clock, settings };

    const api = await startApi(ground, records, server.client, closing);
    const sandbox = createSandbox({ clock, webhook: { url: api, secret: WEBHOOK_SECRET } });
    const registers = await listening((request, response) => void sandbox.app(request, response), closing);
    if (given === undefined)
      await loadSampleData({ records: { ...records, clock: standingAt(starts) }, money });
    await sandbox.script({ load: sampleRegisterWorld(dayOf(starts)) });
    await server.serve(
      createActivities({
        records,
        registers: registersAt(registers, REGISTER_TIMEOUT_MS),
        client: server.client,
      }),
    );
    // Before the registers are: what is asked then would be recorded as silent. A server that fails in this is found out, and
    // stopped, when it is given back.
    closing.push(() => (given === undefined ? server.clear() : server.rest()).catch(() => undefined));
    await clock.set(starts);
    const workflows = workflowsOf(server.client);
    if (given === undefined) await wakeSampleRows(db, (subject) => workflows.refresh(subject));

    return {
      clock,
      db,
      records,
      call: (who, request) => call(ground, clock, api, who, request),
      register: (action) => sandbox.script(action),
      mustStand: () => mustStand(db, clock),
      settle: () => settle(clock, async (due) => given === undefined && (await somethingIsLeft(db, due))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A database that is there already and stays. */
function opened(url: string): OpenDatabase {
  const db = openDb(url, CONNECTIONS);
  return { db, close: () => db.$disconnect() };
}

/** A clock that stands still. */
export const standingAt = (instant: Date): Clock => ({ now: () => Promise.resolve(instant) });

type Closing = (() => Promise<unknown>)[];

async function startApi({ issuer }: Ground, records: Records, client: Client, closing: Closing) {
  const app = createApp({
    records,
    workflows: workflowsOf(client),
    signIn: bearerSignIn({ keys: issuer.keys, ...ISSUER }, records.db, records.clock),
    log: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }, pino.destination(2)),
    webhookSecret: WEBHOOK_SECRET,
    limits: { perMinute: 0 },
  });
  return listening((request, response) => void app(request, response), closing);
}

async function listening(app: RequestListener, closing: Closing): Promise<string> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function call(
  ground: Ground,
  clock: VirtualClock,
  api: string,
  who: Claims,
  request: Call,
): Promise<Answer> {
  const from = await clock.now();
  const until = new Date(from.getTime() + TOKEN_HOURS * 3_600_000);
  const token = await ground.issuer.issueToken(who, { from, until });
  const isText = typeof request.body === 'string';
  const response = await fetch(api + request.path, {
    method: request.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(request.body !== undefined && { 'content-type': isText ? 'text/csv' : 'application/json' }),
      ...lowerCase(request.headers ?? {}),
    },
    ...(request.body !== undefined && {
      body: isText ? (request.body as string) : JSON.stringify(request.body),
    }),
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/**
 * Time may come to an instant while what fires then is still running. The server lets a further moment pass at once when
 * nothing is, and as slowly as real time otherwise; and what is due by the record has then been done.
 */
async function settle(clock: VirtualClock, isLeft: (due: Date) => Promise<boolean>): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  for (;;) {
    const due = await clock.now();
    const begun = performance.now();
    await clock.pass(MOMENT_MS);
    const wasIdle = performance.now() - begun < MOMENT_MS / 2;
    if ((wasIdle && !(await isLeft(due))) || performance.now() > patience) return;
  }
}

async function mustStand(db: Db, clock: VirtualClock): Promise<void> {
  const answers = async (name: string, asked: Promise<unknown>) => {
    await asked.catch((cause: unknown) => {
      throw new MachineError(`${name} does not answer any more`, { cause });
    });
  };
  await answers('PostgreSQL', db.$queryRaw`SELECT 1`);
  await answers('The time-skipping server', clock.now());
  const { bavail, bsize } = await statfs(tmpdir());
  if (bavail * bsize < LEAST_BYTES) throw new MachineError(`the disk is full (${tmpdir()})`);
}

async function somethingIsLeft(db: Db, due: Date): Promise<boolean> {
  const [{ left }] = await db.$queryRaw<[{ left: boolean }]>`
    SELECT EXISTS (SELECT FROM tasks WHERE closed_at IS NULL AND next_at <= ${due})
      OR EXISTS (SELECT FROM outbox) AS left`;
  return left;
}
