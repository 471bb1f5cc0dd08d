import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { Client } from 'pg';
import { bundling } from '../../activities/worker';
import { devIssuer, type DevIssuer } from '../../api/http/dev-issuer';
import { type Db, openDb } from '../../prisma/db';
import { timeSkippingServer } from '../../test/support/time-skipping';
import { serverOf } from './server';
import { type Servers, reusedServers } from './servers';

const PREFIX = 'yollanma-simulator-';

const run = promisify(execFile);

/** The servers that all scenarios of a run share: a PostgreSQL with a migrated template, time-skipping servers, an issuer of tokens. */
export interface Ground {
  readonly issuer: DevIssuer;
  readonly servers: Servers;
  /** A database of its own, migrated and empty. */
  freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }>;
  /** A fresh database with a client of this many connections. */
  openDatabase(connections: number): Promise<OpenDatabase>;
  /** The functions that stop the open worlds. Each world adds its own. */
  readonly open: Set<() => Promise<void>>;
  /** Stops the worlds that are still open, and then their servers. */
  stop(): Promise<void>;
}

/** The same number as activities at once. */
export const WORKER_CONNECTIONS = 20;

export const ISSUER = { issuer: 'yollanma-simulator', audience: 'yollanma' };

export interface OpenDatabase {
  db: Db;
  close(): Promise<void>;
}

/** A PostgreSQL server that already runs: the address of its administrator, and a migrated template if it has one. */
export interface GivenServer {
  admin: string;
  template?: string;
  /** The workflows' code, if it is already bundled. */
  bundle?: WorkflowBundleOption;
  /** Opens a fresh database, if the server has a cheaper way than a clone and a client. */
  openDatabase?: Ground['openDatabase'];
}

/**
 * Prepares the servers of scenarios. Databases are made in the given server, else in an embedded PostgreSQL.
 *
 * @param server such as the one of the test run; the simulator takes it from SIMULATOR_DATABASE_URL
 */
export async function prepareGround(server?: GivenServer): Promise<Ground> {
  quietTemporal();
  const open: Ground['open'] = new Set();
  if (!server) await removeLeftovers();
  const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const postgres = server ? undefined : await embeddedPostgres(path.join(folder, 'postgres'));
  let servers: Servers | undefined;
  const stop = async () => {
    await servers?.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const admin = server?.admin ?? postgres?.url('postgres') ?? '';
    const [template, bundle, issuer] = await Promise.all([
      server?.template ?? migratedTemplate(admin),
      server?.bundle ??
        bundleWorkflowCode({
          ...bundling(require.resolve('../../workflows')),
          logger: new DefaultLogger('ERROR'),
        }),
      devIssuer(path.join(folder, 'issuer.json'), ISSUER),
    ]);
    const made = server?.template === undefined ? template : undefined;
    const setting = { workflowBundle: bundle, connections: WORKER_CONNECTIONS };
    servers = reusedServers(async () => serverOf(await timeSkippingServer(), setting));
    return {
      issuer,
      servers,
      freshDatabase: () => cloned(admin, template),
      openDatabase: server?.openDatabase ?? ((connections) => openClone(admin, template, connections)),
      open,
      stop: async () => {
        for (const stopWorld of open) await stopWorld();
        if (server && made) await sql(admin, `drop database if exists ${made} with (force)`);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Hides the Temporal SDK's own messages from the user. Warnings are hidden too, unless LOG_LEVEL is debug. The SDK's native part
 * would write to standard output. Forwarded to the logger, its messages go to standard error.
 */
function quietTemporal(): void {
  const level = process.env['LOG_LEVEL'] === 'debug' ? 'WARN' : 'ERROR';
  try {
    Runtime.install({
      logger: new DefaultLogger(level),
      telemetryOptions: {
        logging: { filter: makeTelemetryFilterString({ core: level, other: level }), forward: {} },
      },
    });
  } catch {
    // the runtime already runs, with the logger of its first user
  }
}

async function embeddedPostgres(dir: string) {
  const { startPostgres } = await import('../postgres.mjs');
  const server = await startPostgres({ dir, durable: false, settings: ['max_connections=200'] });
  const stopAtOnce = () => {
    try {
      process.kill(server.pid, 'SIGQUIT');
    } catch {
      // it has ended already
    }
  };
  process.once('exit', stopAtOnce);
  return {
    url: (database: string) => server.url(database),
    async stop() {
      await server.stop();
      process.off('exit', stopAtOnce);
    },
  };
}

/** Servers and folders of runs that were killed. */
async function removeLeftovers(): Promise<void> {
  const { stopLeftover } = await import('../postgres.mjs');
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const folder = path.join(tmpdir(), name);
    await stopLeftover(path.join(folder, 'postgres'));
    rmSync(folder, { recursive: true, force: true });
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

async function migratedTemplate(admin: string): Promise<string> {
  const name = nameOf('template');
  const tool = path.resolve(__dirname, '../migrate.mjs');
  // A process of its own, because the migration engine leaves a timer running.
  await run(process.execPath, [tool, '--create'], { env: { ...process.env, DATABASE_URL: at(admin, name) } });
  return name;
}

async function cloned(admin: string, template: string) {
  const name = nameOf('scenario');
  await sql(admin, `create database ${name} template ${template}`);
  return { url: at(admin, name), drop: () => sql(admin, `drop database if exists ${name} with (force)`) };
}

async function openClone(admin: string, template: string, connections: number): Promise<OpenDatabase> {
  const { url, drop } = await cloned(admin, template);
  const db = openDb(url, connections);
  return {
    db,
    async close() {
      await db.$disconnect();
      await drop();
    },
  };
}

const nameOf = (what: string): string => `${what}_${randomUUID().replaceAll('-', '').slice(0, 16)}`;

const at = (admin: string, name: string): string =>
  Object.assign(new URL(admin), { pathname: `/${name}` }).href;

async function sql(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
