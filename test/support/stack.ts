import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, promisify } from 'node:util';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { devIssuer } from '../../api/http/dev-issuer';
import type { Claims } from '../../api/http/auth';
import type { Settings } from '../../domain/settings';
import { openDb } from '../../prisma/db';
import { steppingClock } from '../../records/kernel/clock';
import lean from '../../tools/lean.json';
import { later } from '../../registers/sandbox/duration';
import type { Action } from '../../registers/sandbox/script';
import type { Message } from '../../registers/sandbox/world';
import { rowOf } from '../../records/kernel/rows';
import { isWalked, refreshOf } from '../../records/kernel/walking';
import { clusterServer } from './cluster-server';
import { devServer, type TemporalServer } from './dev-server';
import { eventually } from './eventually';
import { cache, kept, root } from './kept';
import { freePort } from './ports';
import { type PostgresServer, postgresServer } from './postgres-server';
import { type Program, startProgram } from './process';
import { freeQuestions } from './settings';
import { loadSmallWorld, smallWorldIn } from './small-world';
import { workflowCode } from './workflow-code';

/** A process that a test may kill and start again. */
export interface Running {
  /** SIGKILL. */
  kill9(): Promise<void>;
  /** SIGTERM, and waits until the process has ended. */
  halt(): Promise<void>;
  /** Starts the process again at the same address. A running process is stopped first. */
  restart(): Promise<void>;
}

export type Victim = 'worker' | 'api' | 'temporal' | 'postgres';

/** One of the product's own processes. */
interface Service extends Running {
  pid(): number;
  stop(): Promise<void>;
  output(): string;
}

/** An answer of the API; `status` 0: the connection broke, or there was none. */
export interface Answer {
  status: number;
  body: any;
  headers: Headers;
  /** The time of the request, in milliseconds. */
  ms: number;
}

export interface Call {
  as: Claims;
  method?: 'GET' | 'POST' | 'PUT';
  /** Below `/v1`. */
  to: string;
  body?: unknown;
  key?: string;
}

/** The first instant of the tests' scenarios: a Wednesday morning. */
const BEGINS = '2023-03-01T09:00:00+05:00';
const ISSUER = { issuer: 'yollanma-development', audience: 'yollanma' };

/** The beginning of a stack in place of a small world: a record and Temporal's store of another version. */
export interface Before {
  /** The instant of its clock. */
  at: Date;
  putStore(databaseFile: string): void;
  upgradeInto(url: string): Promise<void>;
}

interface Wishes {
  begins?: string;
  /** The beginning in place of the small world. */
  before?: Before;
  /** With the compiler that costs time at first, for measures. */
  asInProduction?: boolean;
  /** `system` is the machine's own. */
  clock?: 'stepping' | 'system';
  /** The number of workers. */
  workers?: number;
  /** The number of APIs. Several are behind a proxy. */
  apis?: number;
  /** Values of the product's settings. By default every row acts at its instant, and no question waits for another. */
  settings?: Partial<Settings>;
}

/**
 * The processes of `npm start`, on free ports and with new data: a PostgreSQL and a Temporal server, the sandbox registers, a worker and
 * the API. Each can be killed. The database has a small world. `step` moves the time. The start takes 6 s.
 */
export const startStack = (wishes: Wishes = {}) => stackOn(() => devServer(wishes.before?.putStore), wishes);

/** The processes of `npm run cluster`: as `startStack`, with the server of a cluster, two workers, and two APIs behind a proxy. */
export const startCluster = (wishes: Wishes = {}) =>
  stackOn(async (postgres) => clusterServer((await postgres).url), { workers: 2, apis: 2, ...wishes });

async function stackOn<T extends TemporalServer>(
  startTemporal: (postgres: Promise<PostgresServer>) => Promise<T>,
  {
    begins = BEGINS,
    before,
    asInProduction = false,
    clock: kindOfClock = 'stepping',
    workers: countOfWorkers = 1,
    apis: countOfApis = 1,
    settings = { spreadSeconds: 0, wakesASecond: 0, questions: freeQuestions },
  }: Wishes,
) {
  fs.mkdirSync(cache, { recursive: true });
  removeLeftovers();
  const folder = fs.mkdtempSync(path.join(cache, `stack-${process.pid}-`));
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).toReversed()) await end().catch(() => undefined);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const owned = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const program = await starting;
    closing.push(() => program.stop());
    return program;
  };

  try {
    const programs = bundled();
    programs.catch(() => undefined);
    const starting = owned(postgresServer());
    const [postgres, temporal] = await Promise.all([starting, owned(startTemporal(starting))]);
    const url = before ? new URL('/before', postgres.url).href : postgres.url;
    await before?.upgradeInto(url);
    const from = before?.at ?? new Date(begins);
    const db = openDb(url, 5);
    closing.push(() => db.$disconnect());
    const offset = (to: Date) => BigInt(to.getTime() - Date.now());
    const ms = offset(from);
    await db.clockOffset.upsert({ where: { id: 1 }, create: { id: 1, ms }, update: { ms } });
    const clock = steppingClock(db);
    const world = await (before ? smallWorldIn : loadSmallWorld)(db, from);
    const at = await programs;

    const ports = { api: await freePort(), registers: await freePort() };
    const addresses = {
      api: `http://127.0.0.1:${ports.api}`,
      registers: `http://127.0.0.1:${ports.registers}`,
    };
    const apiPorts = countOfApis === 1 ? [ports.api] : await several(countOfApis, freePort);
    const keyFile = path.join(folder, 'issuer.json');
    const settingsFile = path.join(folder, 'settings.json');
    const write = (values: Partial<Settings>): void => fs.writeFileSync(settingsFile, JSON.stringify(values));
    write(settings);
    const env = {
      NODE_ENV: 'test',
      DEFAULT_LANGUAGE: 'en',
      ...(asInProduction ? lean : { NODE_OPTIONS: '' }),
      TZ: 'UTC',
      LOG_LEVEL: 'info',
      SETTINGS_FILE: settingsFile,
      CLOCK: kindOfClock,
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: 'default',
      REGISTERS_URL: addresses.registers,
      REGISTER_TIMEOUT_MS: '20000',
      WORKFLOW_BUNDLE: (await workflowCode()).codePath,
      WEBHOOK_SECRET: 'a secret of the tests',
      TOKEN_ISSUER_KEY: keyFile,
      TOKEN_ISSUER: ISSUER.issuer,
      TOKEN_AUDIENCE: ISSUER.audience,
      RATE_LIMIT_PER_MINUTE: '0',
      API_URL: addresses.api,
      DRAIN_SECONDS: countOfApis === 1 ? '0' : '1',
      PROXIES: countOfApis === 1 ? '0' : '1',
    };
    const issuer = await devIssuer(keyFile, ISSUER);
    const ours = (file: string, ready: (output: string) => boolean | Promise<boolean>, more = {}) =>
      owned(
        service(
          [...(asInProduction ? [] : SHORT_LIVED), path.join(at, `${file}.js`)],
          { ...env, ...more },
          ready,
        ),
      );
    const startWorker = () => ours('worker', (output) => output.includes('"ready"'));
    const startApi = (port: number) =>
      ours('api', () => answers(`http://127.0.0.1:${port}/${countOfApis === 1 ? 'healthz' : 'readyz'}`), {
        PORT: `${port}`,
      });
    const [, workers, apis] = await Promise.all([
      ours('sandbox', () => answers(`${addresses.registers}/healthz`), { PORT: `${ports.registers}` }),
      several(countOfWorkers, startWorker),
      Promise.all(apiPorts.map(startApi)),
    ]);
    const [worker] = workers;
    const [api] = apis;
    if (!worker || !api) throw new RangeError('a stack has a worker and an API');
    const victims: Record<Victim, Running> = { worker, api, temporal, postgres };
    if (countOfApis > 1) await owned(proxy(ports.api, apiPorts));
    const connection = await Connection.connect({ address: temporal.address });
    closing.push(() => connection.close());
    const client = new Client({ connection });

    const tokens = new Map<string, Promise<string>>();
    const tokenOf = (said: Claims): Promise<string> => {
      const known = tokens.get(said.sub);
      if (known) return known;
      const begin = new Date(begins);
      const made = issuer.issueToken(said, { from: begin, until: later(begin, '60mo') });
      tokens.set(said.sub, made);
      return made;
    };

    /** One request with any answer. The caller gives up after a time. */
    async function call({ as, method = 'GET', to, body, key }: Call, patienceMs = 20_000): Promise<Answer> {
      const began = performance.now();
      const headers = {
        Authorization: `Bearer ${await tokenOf(as)}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
        Connection: 'close',
      };
      const ms = () => Math.round(performance.now() - began);
      try {
        const response = await fetch(`${addresses.api}/v1${to}`, {
          method,
          headers,
          signal: AbortSignal.timeout(patienceMs),
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: response.status, body: await response.json(), headers: response.headers, ms: ms() };
      } catch (error) {
        return { status: 0, body: { error: String(error) }, headers: new Headers(), ms: ms() };
      }
    }

    /** A command, sent again under its key until the answer is known. */
    async function give(command: Call): Promise<Answer> {
      const whole = { method: 'POST', key: randomUUID(), ...command } as const;
      const deadline = performance.now() + 60_000;
      for (;;) {
        const answer = await call(whole);
        if (answer.status !== 0 && answer.status !== 503) return answer;
        if (performance.now() > deadline)
          throw new Error(`no answer to ${whole.method} ${whole.to}: ${JSON.stringify(answer.body)}`);
        await sleep(100);
      }
    }

    /** A command that must be carried out: its answer's body. */
    async function done(command: Call): Promise<any> {
      const { status, body } = await give(command);
      if (status >= 300) throw new Error(`${command.to}: ${status} ${JSON.stringify(body)}`);
      return body;
    }

    async function get(as: Claims, to: string): Promise<any> {
      const { status, body } = await eventually(async () => {
        const answer = await call({ as, to });
        return answer.status !== 0 && answer.status !== 503 && answer;
      });
      if (status !== 200) throw new Error(`${to}: ${status} ${JSON.stringify(body)}`);
      return body;
    }

    const refresh = (subject: string): Promise<unknown> =>
      insisting(() => client.workflow.signalWithStart(...refreshOf(subject)));

    const told = new Set<string>();

    /**
     * The waits with a due deadline or reminder. The clock is read after them. A wait that a step opens at this instant is then due.
     * Otherwise nothing would seem due between two steps of a row.
     */
    async function dueNow() {
      const waits = await db.task.findMany({
        where: { closedAt: null, nextAt: { not: null } },
        select: { id: true, subject: true, kind: true, nextAt: true, asideUntil: true },
      });
      const now = await clock.now();
      return waits.filter(
        ({ subject, nextAt, asideUntil }) =>
          nextAt !== null && nextAt <= now && !(asideUntil && asideUntil > now) && isWalked(subject),
      );
    }

    /** The steps and commands that a defect stopped, to explain why a stack does not come to rest. */
    async function defects(): Promise<string> {
      const events = await db.event.findMany({ where: { type: 'defect' } });
      return `defects: ${events.map(({ subject, params }) => `${subject} ${JSON.stringify(params)}`).join(', ') || 'none'}`;
    }

    /** Wakes the due rows in place of Temporal's timers, because the clock was moved past them. Each deadline or reminder wakes once. */
    async function tellOfRungs(): Promise<string[]> {
      const due = await dueNow();
      for (const { id, subject, nextAt } of due) {
        const rung = `${id}/${nextAt?.toISOString()}`;
        if (told.has(rung)) continue;
        await refresh(subject);
        told.add(rung);
      }
      return due.map(({ subject, kind }) => `${subject}: ${kind}`);
    }

    /** Waits until no wait is due, no message is to be sent and no workflow is to be woken. */
    async function quiet({ gateway = true, seconds = 150 } = {}): Promise<void> {
      await eventually(
        async () => {
          const due = await tellOfRungs();
          const [{ unsent, unwoken }] = await db.$queryRaw<[{ unsent: number; unwoken: number }]>`
            SELECT (SELECT count(*)::int FROM notices WHERE ${gateway} AND state = 'queued') AS unsent,
                   (SELECT count(*)::int FROM outbox) AS unwoken`;
          if (due.length + unsent + unwoken > 0)
            throw new Error(
              `not quiet: ${due.join(', ') || 'nothing'} due, ${unsent} unsent, ${unwoken} unwoken, ${await defects()}`,
            );
          return true;
        },
        { seconds, everyMs: 40 },
      );
    }

    const setClock = (to: Date): Promise<unknown> =>
      insisting(() => db.clockOffset.update({ where: { id: 1 }, data: { ms: offset(to) } }));

    /** The instant of the next deadline or reminder, and its waits. */
    async function nextRung(): Promise<{ at: Date; waits: { kind: string; ref: string }[] } | undefined> {
      const tasks = await insisting(() =>
        db.task.findMany({
          where: { closedAt: null, nextAt: { not: null }, asideUntil: null },
          orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
        }),
      );
      const walked = tasks.filter(({ subject }) => isWalked(subject));
      const at = walked[0]?.nextAt;
      return at
        ? { at, waits: walked.filter(({ nextAt }) => nextAt?.getTime() === at.getTime()) }
        : undefined;
    }

    /** Lets time pass. At every deadline or reminder on the way it waits until all rows are at rest. */
    async function step(
      duration: string,
      options: { gateway?: boolean; seconds?: number } = {},
    ): Promise<void> {
      const end = later(await insisting(() => clock.now()), duration);
      for (;;) {
        await quiet(options);
        const rung = await nextRung();
        if (!rung || rung.at >= end) break;
        await setClock(rung.at);
      }
      await setClock(end);
      await quiet(options);
    }

    /** Sets the clock to an instant at once, as after a night in which nothing ran. The deadlines of the meantime fire in their order. */
    async function leapTo(instant: string): Promise<void> {
      await setClock(new Date(instant));
      await quiet();
    }

    /** Lets time pass until a wait of this kind is next. It fires as soon as the clock is set to the returned instant. */
    async function stepBefore(kind: string, ref = ''): Promise<Date> {
      for (;;) {
        await quiet();
        const rung = await nextRung();
        if (!rung) throw new Error(`no ${kind} comes`);
        if (rung.waits.some((wait) => wait.kind === kind && wait.ref === ref)) return rung.at;
        await setClock(rung.at);
      }
    }

    async function register(action: Action): Promise<void> {
      const answer = await fetch(`${addresses.registers}/script`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(action),
      });
      if (!answer.ok) throw new Error(`the sandbox does not take it: ${await answer.text()}`);
    }

    const messages = async (): Promise<Message[]> =>
      (await (await fetch(`${addresses.registers}/messages`)).json()) as Message[];

    /** A command of the product. @returns its lines */
    async function run(command: string, args: string[], more: NodeJS.ProcessEnv = {}): Promise<string[]> {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [path.join(at, `${command}.js`), ...args],
        { env: { ...process.env, ...env, ...more } },
      );
      return stdout.trim().split('\n');
    }

    /** `npm run reconcile -- <args>`. @returns its last line */
    const reconcile = async (...args: string[]): Promise<string> =>
      (await run('reconcile', args)).at(-1) ?? '';

    /** The workflows of rows that run now. The removal of old data waits beside them. */
    async function running(): Promise<string[]> {
      const found: WorkflowExecutionInfo[] = [];
      for await (const execution of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
        found.push(execution);
      return found.flatMap(({ workflowId }) => (rowOf(workflowId) ? workflowId : [])).toSorted();
    }

    /** Waits until a row's workflow has ended. */
    const ended = (subject: string): Promise<unknown> =>
      eventually(async () => {
        const { status } = await client.workflow.getHandle(subject).describe();
        return status.name === 'COMPLETED';
      });

    return {
      db,
      databaseUrl: url,
      apiUrl: addresses.api,
      tokenOf,
      clock,
      client,
      world,
      victims,
      worker,
      workers,
      api,
      apis,
      temporal,
      postgres,
      startWorker,
      /** The worker starts again with other values of the product's settings. */
      async workWith(values: Partial<Settings>): Promise<void> {
        write(values);
        await worker.restart();
      },
      call,
      give,
      done,
      get,
      refresh,
      quiet,
      step,
      leapTo,
      stepBefore,
      registersUrl: addresses.registers,
      setClock,
      register,
      messages,
      run,
      reconcile,
      running,
      ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A stack with any Temporal server. */
export type Stack = Awaited<ReturnType<typeof stackOn<TemporalServer>>>;
export type DevStack = Awaited<ReturnType<typeof startStack>>;

/** The results of a start that is made several times. */
const several = <T>(count: number, start: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, start));

/** The proxy of `npm run cluster` before several APIs. */
const proxy = (port: number, apiPorts: readonly number[]): Promise<Program> =>
  startProgram(
    process.execPath,
    [
      path.join(root, 'tools/cluster/proxy.mjs'),
      `${port}`,
      ...apiPorts.map((apiPort) => `http://127.0.0.1:${apiPort}`),
    ],
    { ready: () => answers(`http://127.0.0.1:${port}/readyz`) },
  );

/** How many workflows `reconcile` begins or wakes beside those of rows: the removals of old data to come. */
export const besideRows = ({ db }: Stack): Promise<number> => db.pruning.count({ where: { open: true } });

/** The running workflows, as soon as Temporal's list has these, otherwise after a while. */
export const runningInTheEnd = (stack: Stack, rows: string[]): Promise<string[]> =>
  eventually(async () => isDeepStrictEqual(await stack.running(), rows), { seconds: 60 })
    .catch(() => undefined)
    .then(() => stack.running());

/** Tries again while a server is down. */
const insisting = <T>(work: () => Promise<T>): Promise<T> =>
  eventually(async () => ({ result: await work() })).then(({ result }) => result);

/** Folders of runs that were killed. */
function removeLeftovers(): void {
  for (const name of fs.readdirSync(cache)) {
    const [, pid] = /^(?:stack|draft)-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    fs.rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const BUNDLER = 'test/support/bundle.mjs';
const ROOMS = ['api', 'activities', 'domain', 'prisma', 'records', 'registers', 'workflows'];

/** The product's programs as one file each. */
const bundled = (): Promise<string> =>
  kept('programs', [BUNDLER, ...ROOMS], (folder) =>
    promisify(execFile)(process.execPath, [path.join(root, BUNDLER), folder]),
  );

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Not as in production: compiling the database client's WebAssembly takes half a second. That is too long for a process of seconds. */
const SHORT_LIVED = ['--liftoff-only'];

/** One of the product's processes. */
async function service(
  args: string[],
  env: NodeJS.ProcessEnv,
  ready: (output: string) => boolean | Promise<boolean>,
): Promise<Service> {
  const start = (): Promise<Program> => startProgram(process.execPath, args, { env, ready });
  let program = await start();
  return {
    pid: () => program.pid,
    kill9: () => program.kill9(),
    halt: () => program.stop(),
    stop: () => program.kill9(),
    output: () => program.output(),
    async restart() {
      await program.stop();
      program = await start();
    },
  };
}
