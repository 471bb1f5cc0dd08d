/**
 * Starts one PostgreSQL and one Temporal server for the whole run. Every test file clones the migrated template of the PostgreSQL. Each
 * suite that moves its own clock has a namespace on the Temporal server.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from '../../tools/ports.mjs';
import { startPostgres, stopLeftover } from '../../tools/postgres.mjs';
import { findTestServer } from '../../tools/temporal-programs.mjs';

const PREFIX = 'yollanma-test-';
const hasSockets = process.platform !== 'win32';
/** Settings for small, short-lived databases. */
export const PLAIN = [
  'max_connections=300',
  'jit=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=128MB',
];
const migrate = fileURLToPath(new URL('../../tools/migrate.mjs', import.meta.url));

/** @param {{ filter?: string }} [run] jest's configuration; with a filter the tests that need Temporal are left out */
export default async function setup({ filter } = {}) {
  process.env.TZ = 'UTC';
  if (!filter) await startTemporal();
  await prepareDatabases();
}

/** Runs a program until its input ends, which is the end of this process in every case. `leash.ts` does the same within a suite. */
const TIED = '"$0" "$@" </dev/null & program=$!; read -r _; kill -9 $program';

/** Starts the server and does not wait. The first suite that needs it waits, or throws the reason why there is none. */
async function startTemporal() {
  try {
    const { path: program } = await findTestServer({ make: false });
    const port = await anyFreePort();
    const server = spawn('sh', ['-c', TIED, program, `${port}`], { stdio: ['pipe', 'ignore', 'ignore'] });
    for (const held of [server, server.stdin]) {
      held.on('error', () => {}); // the program has ended, or did not start
      held.unref();
    }
    globalThis.stopTestTemporal = () => server.stdin.end();
    process.env.TEST_TEMPORAL = `127.0.0.1:${port}`;
  } catch (error) {
    process.env.TEST_TEMPORAL_MISSING = error.message;
  }
}

async function prepareDatabases() {
  if (process.env.TEST_DATABASE_URL) {
    prepareTemplate(process.env.TEST_DATABASE_URL);
    return;
  }
  await removeLeftovers();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  fs.chmodSync(folder, 0o755);
  const sockets = hasSockets ? path.join(folder, 's') : undefined;
  if (sockets) {
    fs.mkdirSync(sockets);
    // the server may run as another user
    fs.chmodSync(sockets, 0o777);
  }
  const server = await startPostgres({
    dir: path.join(folder, 'postgres'),
    durable: false,
    settings: [...PLAIN, ...(sockets ? [`unix_socket_directories=${sockets}`] : [])],
  });
  const stopAtOnce = () => {
    try {
      process.kill(server.pid, 'SIGQUIT');
    } catch {
      // it has ended already
    }
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stopAtOnce();
      process.kill(process.pid, signal);
    });
  }
  globalThis.stopTestPostgres = async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    prepareTemplate(server.url('postgres'), sockets);
  } catch (error) {
    await globalThis.stopTestPostgres();
    throw error;
  }
}

/** @param socketFolder the folder of the server's socket, which is twice as quick as TCP for many small statements */
function prepareTemplate(server, socketFolder) {
  const admin = new URL(server);
  if (socketFolder) admin.searchParams.set('host', socketFolder);
  const template = new URL(server);
  template.pathname = '/template_app';
  try {
    // a separate process, because the migration engine leaves a timer running
    execFileSync(process.execPath, [migrate, '--create'], {
      stdio: 'pipe',
      env: { ...process.env, DATABASE_URL: template.href },
    });
  } catch (error) {
    throw new Error(`the test database could not be prepared:\n${error.stderr}`, { cause: error });
  }
  process.env.TEST_PG_ADMIN = admin.href;
}

/** Folders and servers of runs that were killed. */
async function removeLeftovers() {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : NaN);
    if (!pid || isAlive(pid)) continue;
    const folder = path.join(os.tmpdir(), name);
    await stopLeftover(path.join(folder, 'postgres'));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
