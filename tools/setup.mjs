/**
 * Gets the programs that a fresh machine lacks. It needs only Node, because it runs before `node_modules` exists.
 *
 * As a program: `node tools/setup.mjs [--verbose]` sets up everything that `npm start` and `npm test` need.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { onPath, run } from './processes.mjs';
import { described, findCli, findClusterServer, findSqlTool, findTestServer } from './temporal-programs.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);

/** Arguments for Node to run a TypeScript file in the same process. */
export const typescript = ['--import', pathToFileURL(at('node_modules/tsx/dist/loader.mjs')).href];

const STEPS = [
  {
    name: 'npm packages',
    doing: 'installing npm packages (half a minute)',
    stamp: at('node_modules/.yollanma-lock'),
    of: [at('package-lock.json')],
    isDone: packagesAreThere,
    work: installPackages,
  },
  {
    name: 'database client',
    doing: 'generating the database client',
    stamp: at('node_modules/.yollanma-client'),
    of: [at('prisma/schema.prisma'), at('node_modules/.yollanma-lock')],
    isDone: () => false,
    makes: at('prisma/generated'),
    work: () =>
      run(process.execPath, [at('node_modules/prisma/build/index.js'), 'generate'], {
        cwd: root,
        env: quietPrisma,
      }),
  },
];

const quietPrisma = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };

/**
 * @param {{ server?: boolean, testServer?: boolean, cluster?: boolean, useAddress?: boolean, verbose?: boolean,
 *   log?: (line: string) => void }} [wishes]
 *   `server`, `testServer`, `cluster`: get these Temporal programs besides packages and database client; `useAddress: false` ignores
 *   TEMPORAL_ADDRESS
 * @returns {Promise<Partial<Record<'server' | 'testServer' | 'clusterServer' | 'sqlTool',
 *   import('./temporal-programs.mjs').Found>>>}
 * @throws Error with the name of the missing program, the reason, and the ways to supply it
 */
export async function setUp({
  server,
  testServer,
  cluster,
  useAddress = true,
  verbose = false,
  log = console.log,
} = {}) {
  mustBeRecentNode();
  for (const step of STEPS) await complete(step, { verbose, log });
  const found = {};
  if (server) {
    found.server = await findCli({ log, useAddress });
    log(`Temporal server: ${described(found.server)}`);
  }
  if (testServer) {
    found.testServer = await findTestServer({ log });
    log(`Time-skipping server: ${described(found.testServer)}`);
  }
  if (cluster) {
    found.clusterServer = await findClusterServer({ log });
    log(`Temporal server of the cluster: ${described(found.clusterServer)}`);
    found.sqlTool = await findSqlTool({ log });
    log(`Tool of its store: ${described(found.sqlTool)}`);
  }
  return found;
}

function mustBeRecentNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${process.versions.node} is too old: 20.19 or later is needed (https://nodejs.org).`);
}

async function complete(step, { verbose, log }) {
  if (isComplete(step)) {
    if (verbose) log(`${step.name}: nothing to do`);
    return;
  }
  await withLock(
    at('.data/setup.lock'),
    () => log('another set-up is running here: waiting for it'),
    async () => {
      if (isComplete(step)) return;
      if (!step.isDone()) {
        log(step.doing);
        await step.work(log);
      }
      fs.writeFileSync(step.stamp, hashOf(step.of));
    },
  );
}

const isComplete = ({ stamp, of, makes }) =>
  fs.existsSync(stamp) && (!makes || fs.existsSync(makes)) && fs.readFileSync(stamp, 'utf8') === hashOf(of);

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(fs.existsSync(file) ? fs.readFileSync(file) : '').update('\0');
  return hash.digest('hex');
}

/** Whether a person ran npm before: npm lists the installed packages in node_modules. */
function packagesAreThere() {
  const packagesOf = (file) =>
    fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : {};
  const installed = packagesOf(at('node_modules/.package-lock.json'));
  return Object.entries(packagesOf(at('package-lock.json'))).every(
    ([where, { version, optional, devOptional }]) =>
      where === '' ||
      installed[where]?.version === version ||
      ((optional || devOptional) && !installed[where]),
  );
}

async function installPackages(log) {
  try {
    await run(...npm('ci'), {
      cwd: root,
      every15s: (elapsed) => log(`  still installing, ${elapsed} so far`),
    });
  } catch (error) {
    throw new Error(
      `The npm packages could not be installed:\n${error.message}\n` +
        'Three ways to supply them:\n' +
        '  1. connect to the npm registry, or name another one: npm config set registry <address>\n' +
        "  2. fill npm's cache on a machine that has them (npm ci) and copy ~/.npm here\n" +
        '  3. copy node_modules from a machine with the same system and processor, and its .yollanma-lock file with it',
      { cause: error },
    );
  }
}

/** The npm that started this process, else the npm on the PATH. */
function npm(...args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js') && /npm/.test(path.basename(script)))
    return [process.execPath, [script, ...args]];
  const program = onPath('npm');
  if (!program)
    throw new Error('There is no program `npm` on the PATH; it comes with Node (https://nodejs.org).');
  return [program, args];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setUp({ server: true, testServer: true, verbose: process.argv.includes('--verbose') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
