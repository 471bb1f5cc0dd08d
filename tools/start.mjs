/**
 * `npm start [-- --reset]`: sets up missing programs, then runs PostgreSQL, Temporal, the sandbox registers, a worker and the API until
 * Ctrl-C. DATABASE_URL and TEMPORAL_ADDRESS replace the first two. `--reset` deletes the kept data first. All data is in `.data`
 * (YOLLANMA_DATA names another folder).
 *
 * With `--cluster` (`npm run cluster`) the Temporal server is that of a cluster, with PostgreSQL as its store. There are two workers, and
 * two APIs behind a proxy. The data is in `.data/cluster`.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeNamespace, prepareStore, serverOn } from './cluster/temporal.mjs';
import { freePortFrom } from './ports.mjs';
import { ROOMY, startPostgres } from './postgres.mjs';
import { lastLines, run } from './processes.mjs';
import { claim } from './running.mjs';
import { answers200, startService } from './service.mjs';
import { root, setUp, typescript } from './setup.mjs';

const isCluster = process.argv.includes('--cluster');
const USAGE = 'usage: npm start [-- --reset]';
const data = path.resolve(
  process.env.YOLLANMA_DATA ?? path.join(root, isCluster ? '.data/cluster' : '.data'),
);
/** The processes of the product of each kind. */
const COPIES = isCluster ? 2 : 1;
const kept = (name) => path.join(data, name);
const shown = (file) => path.relative(process.cwd(), file) || file;
const logFile = (name) => kept(`logs/${name}.log`);
/** Settings of Node and the C library with which the processes need less memory. The image has the same. */
const lean = JSON.parse(fs.readFileSync(path.join(root, 'tools/lean.json'), 'utf8'));
const say = (line) => console.log(line);

const started = [];
const running = []; // in the order they were started, without those that are being stopped
let note;
let starting;
let stoppingSince = null;

function readArguments() {
  const known = new Set(['--reset', '--help', '--cluster']);
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => !known.has(arg));
  if (unknown) throw new Error(`${unknown} is not an option\n${USAGE}`);
  if (args.includes('--help')) {
    say(USAGE);
    process.exit(0);
  }
  return { reset: args.includes('--reset') };
}

async function start({ reset }) {
  const { server, clusterServer, sqlTool } = await setUp({
    server: true,
    cluster: isCluster,
    useAddress: !isCluster,
    log: say,
  });
  fs.mkdirSync(data, { recursive: true });
  fs.chmodSync(data, 0o755); // PostgreSQL may run as another user
  note = await claim(kept('running.json'), say);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(signal));
  for (const output of [process.stdout, process.stderr]) output.on('error', () => void end('nobody listens'));
  for (const mishap of ['uncaughtException', 'unhandledRejection']) {
    process.on(mishap, (error) => void fail(error.stack ?? String(error)));
  }
  endWithParent();
  if (reset) deleteData();

  const ports = await choosePorts(server);
  const record = migrated(ports);
  const temporal = isCluster
    ? record.then((url) => runClusterServer(clusterServer.path, sqlTool.path, server.path, ports, url))
    : (server.address ?? runTemporal(server.path, ports));
  const [database, address, bundle] = await together([record, temporal, workflowBundle()]);
  const env = environment({ database, address, bundle, ports });
  const isFirst = fs.existsSync(kept('sample-data.pending'));
  const [, known] = await together([runOurs(env, ports), isFirst ? undefined : tokensOf(env)]);
  note.tell(Object.fromEntries(ADDRESSES.map((name) => [name, env[name]])));
  if (isFirst) await loadSampleData(env);
  tellWhereEverythingIs(env, ports, known ?? (await tokensOf(env)));
}

/** Waits for the end of all works, also when one fails: what they started can then be stopped. */
async function together(works) {
  const ends = await Promise.allSettled(works);
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return ends.map(({ value }) => value);
}

/** The address of the database, with its migrations. */
async function migrated(ports) {
  const database = process.env.DATABASE_URL ?? (await runPostgres(ports.postgres));
  await migrate(database);
  return database;
}

/** The workflows in one file. It is made again when their code has changed. */
async function workflowBundle() {
  if (process.env.WORKFLOW_BUNDLE) return process.env.WORKFLOW_BUNDLE;
  return (
    await run(process.execPath, [...typescript, path.join(root, 'tools/kept-bundle.ts')], { cwd: root })
  ).trim();
}

/** The data that is kept, and its names for people. */
const KEPT = {
  'the database': ['postgres'],
  "Temporal's store": ['temporal.sqlite', 'temporal.sqlite-wal', 'temporal.sqlite-shm'],
  'the sandbox registers': ['sandbox.json'],
  'secrets and token keys': ['secrets.json', 'issuer.json'],
  logs: ['logs'],
};

function deleteData() {
  const deleted = Object.entries(KEPT).filter(([, names]) => names.some((name) => fs.existsSync(kept(name))));
  for (const name of [...Object.values(KEPT).flat(), 'sample-data.pending']) {
    fs.rmSync(kept(name), { recursive: true, force: true });
  }
  say(
    deleted.length > 0
      ? `deleted from ${shown(data)}: ${deleted.map(([what]) => what).join(', ')}`
      : `nothing to delete in ${shown(data)}`,
  );
  for (const elsewhere of ['DATABASE_URL', 'TEMPORAL_ADDRESS']) {
    if (process.env[elsewhere]) say(`the data at ${elsewhere} was not deleted`);
  }
}

async function choosePorts(server) {
  const wanted = {
    api: [isCluster ? 'proxy' : 'API', Number(process.env.PORT ?? 8080)],
    registers: ['sandbox registers', 8090],
    ...(!process.env.DATABASE_URL && { postgres: ['PostgreSQL', 5433] }),
    ...(!server.address && { temporal: ['Temporal', 7233] }),
    ...(!server.address && !isCluster && { ui: ['Temporal UI', 8233] }),
  };
  const chosen = {};
  for (const [key, [name, port]] of Object.entries(wanted)) {
    chosen[key] = await freePortFrom(port, Object.values(chosen));
    if (chosen[key] !== port) say(`port ${port} is taken: ${name} on ${chosen[key]}`);
  }
  return chosen;
}

async function runPostgres(port) {
  fs.mkdirSync(kept('logs'), { recursive: true });
  const server = await startPostgres({
    dir: kept('postgres'),
    port,
    durable: true,
    settings: ROOMY,
    logFile: logFile('postgres'),
    log: say,
  });
  watch({ name: 'PostgreSQL', ...server, kill: () => process.kill(server.pid, 'SIGQUIT') });
  say(`PostgreSQL on port ${port}, data in ${shown(kept('postgres'))}`);
  return server.url('yollanma');
}

async function migrate(database) {
  if (await isEmpty(database)) fs.writeFileSync(kept('sample-data.pending'), '');
  const told = await run(process.execPath, [path.join(root, 'tools/migrate.mjs'), '--create'], {
    env: { ...process.env, DATABASE_URL: database },
  });
  say(told.trim());
}

/** Whether the database has no migrations yet: this is the first run. */
async function isEmpty(database) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query(`select to_regclass('_prisma_migrations') is null as empty`);
    return rows[0].empty;
  } catch (error) {
    if (error.code === '3D000') return true; // no such database yet
    throw new Error(`The database cannot be reached: ${error.message || error.code}`, { cause: error });
  } finally {
    await client.end();
  }
}

async function runTemporal(program, { temporal, ui }) {
  const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';
  const address = `127.0.0.1:${temporal}`;
  const places = [
    '--ip',
    '127.0.0.1',
    '--port',
    `${temporal}`,
    '--ui-port',
    `${ui}`,
    '--db-filename',
    kept('temporal.sqlite'),
  ];
  const service = begin(
    'Temporal',
    program,
    ['server', 'start-dev', '--namespace', namespace, '--log-level', 'warn'].concat(places),
  );
  const isReady = () =>
    run(program, ['operator', 'namespace', 'describe', '-n', namespace, '--address', address], {
      seconds: 30,
    }).then(
      () => true,
      () => false,
    );
  await service.ready(isReady);
  say(`Temporal on port ${temporal}, data in ${shown(kept('temporal.sqlite'))}`);
  return address;
}

/** The server of a cluster. Its store is on the PostgreSQL of the record, in databases of its own. */
async function runClusterServer(program, sqlTool, cli, { temporal }, database) {
  await prepareStore(database, sqlTool);
  const { args, env } = await serverOn(database, temporal);
  const address = `127.0.0.1:${temporal}`;
  const service = begin('Temporal', program, args, env);
  const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';
  await service.ready(() =>
    makeNamespace(cli, address, namespace).then(
      () => true,
      () => false,
    ),
  );
  say(`Temporal server of a cluster on port ${temporal}, its store in PostgreSQL`);
  return address;
}

/** The variables that `npm run reconcile` and other commands read from the note while `npm start` runs. */
const ADDRESSES = [
  'DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'REGISTERS_URL',
  'TOKEN_ISSUER_KEY',
];

function environment({ database, address, bundle, ports }) {
  return {
    ...lean,
    ...process.env,
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    TZ: 'UTC',
    LOG_LEVEL: process.env.LOG_LEVEL === 'debug' ? 'debug' : 'info', // the worker's "ready" is waited for
    DATABASE_URL: database,
    WORKFLOW_BUNDLE: bundle,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: process.env.TEMPORAL_NAMESPACE ?? 'default',
    REGISTERS_URL: process.env.REGISTERS_URL ?? `http://127.0.0.1:${ports.registers}`,
    API_URL: `http://127.0.0.1:${ports.api}`,
    SERVICE_CONTACT: process.env.SERVICE_CONTACT ?? `http://127.0.0.1:${ports.api}`,
    WEBHOOK_SECRET: process.env.WEBHOOK_SECRET ?? secrets().webhook,
    TOKEN_ISSUER_KEY: process.env.TOKEN_ISSUER_KEY ?? kept('issuer.json'),
    SANDBOX_FILE: kept('sandbox.json'),
    DRAIN_SECONDS: process.env.DRAIN_SECONDS ?? (isCluster ? '1' : '0'), // a proxy asks four times a second
    PROXIES: process.env.PROXIES ?? (isCluster ? '1' : '0'),
  };
}

function secrets() {
  const file = kept('secrets.json');
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, JSON.stringify({ webhook: randomBytes(32).toString('hex') }), { mode: 0o600 });
  }
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

async function runOurs(env, ports) {
  const ours = (name, file, port) =>
    begin(name, process.execPath, [...typescript, path.join(root, file)], {
      ...env,
      ...(port && { PORT: String(port) }),
    });
  const registers = ours('sandbox', 'registers/sandbox/main.ts', ports.registers);
  const workers = copies((n) => ours(`worker${n}`, 'activities/main.ts'));
  const apiPorts = isCluster ? await freePorts(COPIES, ports) : [ports.api];
  const apis = copies((n, i) => ours(`api${n}`, 'api/main.ts', apiPorts[i]));

  await registers.ready(() => answers200(`http://127.0.0.1:${ports.registers}/healthz`));
  say(`Sandbox registers on port ${ports.registers}`);
  for (const worker of workers) {
    await worker.ready(() => /"ready"/.test(fs.readFileSync(worker.logFile, 'utf8')));
  }
  say(isCluster ? `${COPIES} workers` : 'Worker');
  for (const [i, api] of apis.entries()) {
    await api.ready(() => answers200(`http://127.0.0.1:${apiPorts[i]}/readyz`));
  }
  say(isCluster ? `${COPIES} APIs on ports ${apiPorts.join(' and ')}` : `API on port ${ports.api}`);
  if (isCluster) await runProxy(ports.api, apiPorts);
}

/** The copies of a process. Each gets the end of its name: nothing, or its number. */
const copies = (start) => Array.from({ length: COPIES }, (_, i) => start(isCluster ? `-${i + 1}` : '', i));

async function freePorts(count, { api, ...others }) {
  const chosen = [];
  while (chosen.length < count) {
    chosen.push(await freePortFrom(api + 1, [...Object.values(others), ...chosen]));
  }
  return chosen;
}

async function runProxy(port, apiPorts) {
  const apis = apiPorts.map((apiPort) => `http://127.0.0.1:${apiPort}`);
  const args = [path.join(root, 'tools/cluster/proxy.mjs'), String(port), ...apis];
  const proxy = begin('proxy', process.execPath, args);
  await proxy.ready(() => answers200(`http://127.0.0.1:${port}/readyz`));
  say(`Proxy on port ${port}`);
}

async function loadSampleData(env) {
  await runTool('tools/sample-data.ts', env);
  fs.rmSync(kept('sample-data.pending'));
  say('Sample data');
}

const runTool = (file, env) =>
  run(process.execPath, [...typescript, path.join(root, file)], { env, cwd: root });

const tokensOf = async (env) => (await runTool('tools/tokens.ts', env)).trimEnd();

function tellWhereEverythingIs(env, ports, tokens) {
  const api = `http://127.0.0.1:${ports.api}`;
  const token = /case_manager.*?(eyJ[\w-]+\.[\w-]+\.[\w-]+)/s.exec(tokens)?.[1] ?? '<token>';
  const places = {
    API: `${api}/v1`,
    'API reference': `${api}/docs`,
    ...(ports.ui && { 'Temporal UI': `http://127.0.0.1:${ports.ui}` }),
    'Sandbox registers': `http://127.0.0.1:${ports.registers}`,
    'Messages name': env.SERVICE_CONTACT,
    Logs: shown(kept('logs')),
  };
  say('\nReady.');
  for (const [name, place] of Object.entries(places)) say(`  ${name.padEnd(19)}${place}`);
  say(`\n${tokens}\n`);
  say(
    `A first command: the people a case manager sees\n  curl -s ${api}/v1/people -H 'Authorization: Bearer ${token}'\n`,
  );
  say('Ctrl-C stops everything.');
}

function begin(name, command, args, env = process.env) {
  if (stoppingSince !== null) throw new Error('stopping');
  const service = startService({ name, command, args, env, cwd: root, logFile: logFile(name.toLowerCase()) });
  watch(service);
  return service;
}

function watch(service) {
  started.push(service);
  running.push(service);
  note.add(service.pid);
  void service.exited.then(() => {
    const words = service.lastWords?.() ?? lastLines(fs.readFileSync(service.logFile, 'utf8'), 15);
    return fail(`${service.name} has ended. Its last words (${shown(service.logFile)}):\n${words}`);
  });
}

async function fail(message) {
  if (stoppingSince !== null) return;
  console.error(message);
  await stopAll();
  process.exit(1);
}

/** When npm is killed, its shell sends no signal to this process. */
function endWithParent() {
  const parent = process.ppid;
  const isOrphan = () =>
    ['start', 'cluster'].includes(process.env.npm_lifecycle_event) && process.ppid !== parent;
  setInterval(() => isOrphan() && void end('npm has ended'), 500).unref();
}

/** Terminal and npm both send one Ctrl-C. So only a signal more than 2 s later kills the processes. */
async function end(signal) {
  if (stoppingSince !== null) {
    if (performance.now() - stoppingSince > 2000) for (const service of started) service.kill();
    return;
  }
  say(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: stopping`);
  await stopAll();
  say('stopped');
  process.exit(0);
}

/** Last started, first stopped: API, worker, sandbox registers, then Temporal and PostgreSQL. */
async function stopAll() {
  stoppingSince = performance.now();
  await stopRunning();
  await starting?.catch(() => {}); // a service may just be starting
  await stopRunning();
  note?.release();
}

async function stopRunning() {
  for (let service = running.pop(); service; service = running.pop()) {
    await service.stop().catch((error) => console.error(error.message));
  }
}

try {
  starting = start(readArguments());
  await starting;
} catch (error) {
  await fail(error.message);
}
