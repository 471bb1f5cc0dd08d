/**
 * Finds or makes the Temporal programs: the real server (the `temporal` CLI), the time-skipping server for tests and the simulator, and
 * the server of a cluster with the tool of its store. Each has a fixed version. Each has a ladder of places, tried in order. The first
 * rung that has the program is used.
 *
 * As a program:
 *   node tools/temporal-programs.mjs                gets the first two and prints where they are
 *   node tools/temporal-programs.mjs locate <name>  prints the path of a program that exists, or fails. The names: cli, test-server,
 *                                                   cluster-server, sql-tool
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { download } from './download.mjs';
import { withLock } from './lock.mjs';
import { isExecutable, onPath, run } from './processes.mjs';

const CLI_VERSION = '1.8.2';
const TEST_SERVER_VERSION = '1.38.0';
const SERVER_VERSION = '1.31.2';
const OLDEST_CLI = [1, 5];
const OLDEST_GO = [1, 26];

const sources = fileURLToPath(new URL('temporal/', import.meta.url));
const cacheRoot = () => process.env.YOLLANMA_CACHE ?? path.join(os.homedir(), '.cache', 'yollanma');
const exe = process.platform === 'win32' ? '.exe' : '';
const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch] ?? process.arch;
const system = process.platform === 'win32' ? 'windows' : process.platform;

/** A rung returns the place of the program, or throws the reason why it has none. `makes`: the rung takes long and fills the cache. */
const CLI = {
  name: `the Temporal server (the temporal CLI ${CLI_VERSION})`,
  folder: `temporal-cli-${CLI_VERSION}`,
  rungs: [
    { name: 'TEMPORAL_ADDRESS', find: () => fromEnvironment('TEMPORAL_ADDRESS', (address) => ({ address })) },
    { name: 'TEMPORAL_CLI', find: () => fromEnvironment('TEMPORAL_CLI', namedProgram('TEMPORAL_CLI')) },
    { name: 'cache', find: (folder) => cached(path.join(folder, `temporal${exe}`)) },
    { name: 'PATH', find: cliOnPath },
    { name: 'download', makes: true, find: downloadCli },
    {
      name: 'Go',
      makes: true,
      find: built({
        name: `the Temporal server ${CLI_VERSION}`,
        program: 'temporal',
        source: 'github.com/temporalio/cli/cmd/temporal',
        flags: `-X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`,
      }),
    },
  ],
  supply: [
    'set TEMPORAL_ADDRESS to the host:port of a running Temporal server (npm start only)',
    `install the temporal CLI ${OLDEST_CLI.join('.')} or later on the PATH (https://docs.temporal.io/cli), or name it in TEMPORAL_CLI`,
    `install Go ${OLDEST_GO.join('.')} or later (https://go.dev/dl): it is then built here, in about four minutes, once`,
  ],
};

const TEST_SERVER = {
  name: `the Temporal time-skipping server (temporal-test-server ${TEST_SERVER_VERSION})`,
  folder: `temporal-test-server-${TEST_SERVER_VERSION}`,
  rungs: [
    {
      name: 'TEMPORAL_TEST_SERVER',
      find: () => fromEnvironment('TEMPORAL_TEST_SERVER', namedProgram('TEMPORAL_TEST_SERVER')),
    },
    { name: 'cache', find: cachedTestServer },
    { name: 'download', makes: true, find: downloadTestServer },
    { name: 'Maven', makes: true, find: mavenTestServer },
  ],
  supply: [
    'set TEMPORAL_TEST_SERVER to the path of an executable temporal-test-server',
    `unpack it from https://github.com/temporalio/sdk-java/releases/tag/v${TEST_SERVER_VERSION} into the cache folder above`,
    'install Java 11 or later and Maven: it is then fetched from Maven Central',
  ],
};

/** A program of the server itself. It is built from the source of the version that the CLI has in it. */
const ofServer = ({ program, source, variable, option }) => ({
  name: `${program} ${SERVER_VERSION}`,
  folder: `${program}-${SERVER_VERSION}`,
  rungs: [
    { name: variable, find: () => fromEnvironment(variable, namedProgram(variable)) },
    { name: 'cache', find: (folder) => cached(path.join(folder, `${program}${exe}`)) },
    {
      name: 'Go',
      makes: true,
      find: built({
        name: `${program} ${SERVER_VERSION}`,
        program,
        source: `go.temporal.io/server/cmd/${source}`,
        flags: '',
      }),
    },
  ],
  supply: [
    `give its path: npm run cluster -- ${option} <path>, or set ${variable}`,
    `install Go ${OLDEST_GO.join('.')} or later (https://go.dev/dl): it is then built here, in some minutes, once`,
  ],
});

const CLUSTER_SERVER = ofServer({
  program: 'temporal-server',
  source: 'server',
  variable: 'TEMPORAL_SERVER',
  option: '--temporal-server',
});

const SQL_TOOL = ofServer({
  program: 'temporal-sql-tool',
  source: 'tools/sql',
  variable: 'TEMPORAL_SQL_TOOL',
  option: '--temporal-sql-tool',
});

/**
 * @typedef {{ path?: string, address?: string, from: string }} Found `address` only when TEMPORAL_ADDRESS is set
 * @typedef {{ log?: (line: string) => void, make?: boolean, useAddress?: boolean }} Wishes
 *   `make: false` only looks for existing programs; `useAddress: false` ignores TEMPORAL_ADDRESS (for tests, which start and kill
 *   their own servers)
 */

/** The real server. @param {Wishes} [wishes] @returns {Promise<Found>} @throws Error with the reasons why none was found */
export const findCli = ({ useAddress = true, ...wishes } = {}) =>
  climb(
    { ...CLI, rungs: CLI.rungs.filter((rung) => useAddress || rung.name !== 'TEMPORAL_ADDRESS') },
    wishes,
  );

/** The time-skipping server. @param {Wishes} [wishes] @returns {Promise<Found>} @throws Error with the reasons why none was found */
export const findTestServer = (wishes) => climb(TEST_SERVER, wishes);

/** The server of a cluster. @param {Wishes} [wishes] @returns {Promise<Found>} @throws Error with the reasons why none was found */
export const findClusterServer = (wishes) => climb(CLUSTER_SERVER, wishes);

/** The tool of its store. @param {Wishes} [wishes] @returns {Promise<Found>} @throws Error with the reasons why none was found */
export const findSqlTool = (wishes) => climb(SQL_TOOL, wishes);

async function climb(ladder, { log = () => {}, make = true } = {}) {
  const folder = path.join(cacheRoot(), ladder.folder);
  const failures = [];
  const tryRungs = async (rungs, onFailure = (failure) => failures.push(failure)) => {
    for (const rung of rungs) {
      try {
        return { ...(await rung.find(folder, log)), from: rung.name };
      } catch (error) {
        if (error instanceof WrongSetting) throw error;
        onFailure(`  ${rung.name}: ${error.message.trim().replaceAll('\n', '\n    ')}`);
      }
    }
    return null;
  };
  const atHand = await tryRungs(ladder.rungs.filter((rung) => !rung.makes));
  if (atHand) return atHand;
  if (make) {
    const waiting = () => log(`another set-up is getting ${ladder.name}: waiting for it`);
    const made = await withLock(`${folder}.lock`, waiting, async () => {
      const meanwhile = await tryRungs(
        ladder.rungs.filter((rung) => rung.name === 'cache'),
        () => {},
      );
      return meanwhile ?? tryRungs(ladder.rungs.filter((rung) => rung.makes));
    });
    if (made) return made;
  }
  const ways = ladder.supply.map((way, i) => `  ${i + 1}. ${way}`);
  throw new Error(
    `Missing: ${ladder.name}. Tried:\n${failures.join('\n')}\n` +
      `Ways to supply it (cache folder: ${folder}):\n${ways.join('\n')}`,
  );
}

class WrongSetting extends Error {}

function fromEnvironment(variable, use) {
  const value = process.env[variable];
  if (!value) throw new Error('not set');
  return use(value);
}

const namedProgram = (variable) => (file) => {
  if (isExecutable(file)) return { path: path.resolve(file) };
  throw new WrongSetting(`${variable} is set to ${file}, which is not an executable file.`);
};

function cached(file) {
  if (isExecutable(file)) return { path: file };
  throw new Error(`${file} does not exist`);
}

async function cliOnPath() {
  const file = onPath('temporal');
  if (!file) throw new Error('no program `temporal`');
  const version = versionIn(await run(file, ['--version'], { seconds: 10 }));
  if (!atLeast(version, OLDEST_CLI))
    throw new Error(`${file} is version ${version.join('.')}, older than ${OLDEST_CLI.join('.')}`);
  return { path: file };
}

const versionIn = (text) => (/\d+(\.\d+)+/.exec(text)?.[0] ?? '0.0').split('.').map(Number);
const atLeast = ([major, minor], [oldestMajor, oldestMinor]) =>
  major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);

/** Makes the program in a folder beside the cache's folder, then moves it there in one step. The caller holds the lock. */
async function makeInto(folder, make) {
  const [parent, prefix] = [path.dirname(folder), `${path.basename(folder)}.making-`];
  for (const name of fs.readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    fs.rmSync(path.join(parent, name), { recursive: true });
  }
  const draft = fs.mkdtempSync(path.join(parent, prefix));
  fs.chmodSync(draft, 0o755); // a cache may be shared
  try {
    await make(draft);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(draft, folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function downloadCli(folder, log) {
  const url = `https://temporal.download/cli/archive/v${CLI_VERSION}?platform=${system}&arch=${arch}`;
  await makeInto(folder, async (draft) => {
    await downloadAndUnpack(url, draft, log);
    await run(path.join(draft, `temporal${exe}`), ['--version'], { seconds: 20 });
  });
  return { path: path.join(folder, `temporal${exe}`) };
}

async function downloadAndUnpack(url, folder, log) {
  const archive = path.join(folder, 'archive');
  await download(url, archive, log);
  await run('tar', ['-xf', archive, '-C', folder], { seconds: 120 });
  fs.rmSync(archive);
}

/** @param what `source` is a package of the module in `tools/temporal` */
function built({ name, program, source, flags }) {
  return async (folder, log) => {
    const go = onPath('go');
    if (!go) throw new Error('no program `go`');
    const version = versionIn(await run(go, ['env', 'GOVERSION'], { cwd: os.tmpdir(), seconds: 30 }));
    if (!atLeast(version, OLDEST_GO))
      throw new Error(`Go ${version.join('.')} is older than ${OLDEST_GO.join('.')}`);
    log(`building ${name} with Go (about four minutes, once)`);
    await makeInto(folder, (draft) =>
      run(
        go,
        [
          'build',
          '-trimpath',
          '-ldflags',
          `-s -w ${flags}`,
          '-o',
          path.join(draft, `${program}${exe}`),
          source,
        ],
        {
          cwd: sources,
          env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
          every15s: (elapsed) => log(`  still building, ${elapsed} so far`),
        },
      ),
    );
    return { path: path.join(folder, `${program}${exe}`) };
  };
}

function cachedTestServer(folder) {
  const program = path.join(folder, `temporal-test-server${exe}`);
  const jar = path.join(folder, 'lib', `temporal-test-server-${TEST_SERVER_VERSION}.jar`);
  if (!fs.existsSync(jar)) return cached(program);
  mustHaveJava();
  if (!isExecutable(program)) writeJavaScript(folder);
  return { path: program };
}

function mustHaveJava() {
  if (process.platform === 'win32') throw new Error('running it with Java is not supported on Windows');
  const home = process.env.JAVA_HOME;
  if (!onPath('java') && !(home && isExecutable(path.join(home, 'bin', 'java'))))
    throw new Error('no program `java`');
}

/** The script hides the server's output, because its warnings about logging and keep-alive are of no use to a user. */
function writeJavaScript(folder) {
  const lines = [
    '#!/bin/sh',
    '# Temporal time-skipping server; to see its output, name a file in TEMPORAL_TEST_SERVER_LOG.',
    'here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)',
    `exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -XX:+UseSerialGC -cp "$here/lib/*" io.temporal.testserver.TestServer "$@" \\`,
    '  >>"${TEMPORAL_TEST_SERVER_LOG:-/dev/null}" 2>&1',
  ];
  const file = path.join(folder, 'temporal-test-server');
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${lines.join('\n')}\n`, { mode: 0o755 });
  fs.renameSync(draft, file);
}

async function downloadTestServer(folder, log) {
  const platform = { darwin: 'macOS' }[system] ?? system;
  const name = `temporal-test-server_${TEST_SERVER_VERSION}_${platform}_${arch}`;
  const asset = `temporalio/sdk-java/releases/download/v${TEST_SERVER_VERSION}/${name}${exe ? '.zip' : '.tar.gz'}`;
  await makeInto(folder, async (draft) => {
    await downloadAndUnpack(`https://temporal.download/assets/${asset}`, draft, log).catch(() =>
      downloadAndUnpack(`https://github.com/${asset}`, draft, log),
    );
    fs.renameSync(
      path.join(draft, name, `temporal-test-server${exe}`),
      path.join(draft, `temporal-test-server${exe}`),
    );
    fs.rmSync(path.join(draft, name), { recursive: true });
  });
  return cached(path.join(folder, `temporal-test-server${exe}`));
}

async function mavenTestServer(folder, log) {
  mustHaveJava();
  const maven = onPath('mvn');
  if (!maven) throw new Error('no program `mvn`');
  log(`fetching the time-skipping server ${TEST_SERVER_VERSION} with Maven (35 MB, once)`);
  await makeInto(folder, async (draft) => {
    await run(
      maven,
      [
        '-q',
        '-B',
        '-f',
        path.join(sources, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${path.join(draft, 'lib')}`,
      ],
      { every15s: (elapsed) => log(`  still fetching, ${elapsed} so far`), seconds: 600 },
    );
    writeJavaScript(draft);
  });
  return cachedTestServer(folder);
}

/** The program or server in use, in one line for people. @param {Found} found */
export const described = (found) =>
  found.address ? `the server at ${found.address} (TEMPORAL_ADDRESS)` : `${found.path} (${found.from})`;

async function main([command, which]) {
  const finders = {
    cli: (wishes) => findCli({ ...wishes, useAddress: false }),
    'test-server': findTestServer,
    'cluster-server': findClusterServer,
    'sql-tool': findSqlTool,
  };
  if (command === 'locate' && finders[which]) {
    console.log((await finders[which]({ make: false })).path);
    return;
  }
  const names = Object.keys(finders).join('|');
  if (command) throw new Error(`usage: node tools/temporal-programs.mjs [locate ${names}]`);
  const log = (line) => console.log(line);
  console.log(`Temporal server: ${described(await findCli({ log }))}`);
  console.log(`Time-skipping server: ${described(await findTestServer({ log }))}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
