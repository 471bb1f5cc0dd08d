import { statfs } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { createActivities, rowHandlers } from '../../activities';
import { createApp } from '../../api/http/app';
import { bearerSignIn, type Claims } from '../../api/http/auth';
import { previewer } from '../../activities/preview';
import { workflowsOf } from '../../api/http/workflows';
import type { Clock } from '../../domain/clock';
import { dayOf } from '../../domain/day';
import { type Settings, defaultSettings } from '../../domain/settings';
import { type Db, openDb } from '../../prisma/db';
import type { Records } from '../../records/kernel/transaction';
import { registersAt } from '../../registers/registers';
import type { Action } from '../../registers/sandbox/script';
import { createSandbox } from '../../registers/sandbox/server';
import type { Message } from '../../registers/sandbox/world';
import { MachineError } from '../machine.cjs';
import { loadSampleData, sampleRegisterWorld, wakeSampleRows } from '../sample-data';
import { type VirtualClock, virtualClock } from './clock';
import { type Ground, ISSUER, type OpenDatabase, WORKER_CONNECTIONS } from './ground';

/** One scenario's world: the whole product running on virtual time. */
export interface World {
  readonly clock: VirtualClock;
  readonly db: Db;
  readonly records: Records;
  /** Sends a request to the API with these claims. */
  call(who: Claims, request: Call): Promise<Answer>;
  /** Changes the simulated registers. @throws ZodError, Impossible */
  register(action: Action): Promise<unknown>;
  /** The messages that have reached the notification gateway since the last call. */
  sent(): Sent[];
  /** Returns when all due work is done. */
  settle(): Promise<void>;
  /** @throws MachineError if one of its servers does not answer any more, or the disk is full */
  mustStand(): Promise<void>;
  stop(): Promise<void>;
}

/** A message on one channel, as the gateway received it. The key is that of the record. */
export type Sent = Pick<Message, 'key' | 'channel' | 'text'>;

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
/** Scenarios print English, and their rows act at their instants. */
const inEnglish: Settings = { ...defaultSettings, language: 'en', spreadSeconds: 0, wakesASecond: 0 };

const WEBHOOK_SECRET = 'the simulator knows both sides';
const REGISTER_TIMEOUT_MS = 15_000;
const TOKEN_HOURS = 1;
const MOMENT_MS = 200;
const PATIENCE_MS = 180_000;
const LEAST_BYTES = 16 * 2 ** 20;

/**
 * Starts the sandbox registers and the API on an unused time-skipping server with its worker, and on a database of their own. All
 * clocks begin at `starts`.
 *
 * @param database the address of a database that exists and has its sample data. It is not dropped, and several worlds may share it.
 *   Without an address the world has a fresh database.
 * @param money whether the sample data has budget lines with money
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
    // The worker ends before the registers close. Otherwise a question would be recorded as unanswered. A server that fails here is
    // stopped when it is given back.
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
      sent: newIn(sandbox.world.messages),
      mustStand: () => mustStand(db, clock),
      settle: () => settle(clock, async (due) => given === undefined && (await somethingIsLeft(db, due))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Each time the messages that have come since the time before. */
function newIn(messages: ReadonlyMap<string, Sent>): () => Sent[] {
  const seen = new Set<string>();
  return () => {
    const fresh = [...messages.values()].filter(({ key }) => !seen.has(key));
    for (const { key } of fresh) seen.add(key);
    return fresh;
  };
}

/** A database that exists and is not dropped. */
function opened(url: string): OpenDatabase {
  const db = openDb(url, CONNECTIONS);
  return { db, close: () => db.$disconnect() };
}

/** A stopped clock. */
export const standingAt = (instant: Date): Clock => ({ now: () => Promise.resolve(instant) });

type Closing = (() => Promise<unknown>)[];

async function startApi({ issuer }: Ground, records: Records, client: Client, closing: Closing) {
  const app = createApp({
    records,
    workflows: workflowsOf(client),
    ...previewer(rowHandlers),
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
 * Time may reach an instant while the work that is due then is still running. So a further moment passes. If no work runs, the server
 * skips it at once; otherwise it takes as long as in real time. At the end the record too must have no due work.
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
