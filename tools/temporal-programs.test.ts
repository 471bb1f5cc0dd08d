import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const tool = path.join(__dirname, 'temporal-programs.mjs');
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ladder-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const cli = 'temporal-cli-1.8.2/temporal';
const testServer = 'temporal-test-server-1.38.0';

/** Writes an executable shell script below the test's folder and returns its path. */
function program(name: string, script: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

/** The ladder with only the test's programs on the PATH (in `bin`) and its own cache (in `cache`). */
function ladder(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], {
    encoding: 'utf8',
    env: { PATH: path.join(folder, 'bin'), HOME: folder, YOLLANMA_CACHE: path.join(folder, 'cache'), ...env },
  });
  return { status, out: stdout.trim(), err: stderr };
}

describe('the Temporal server', () => {
  test('TEMPORAL_CLI comes before everything else', () => {
    program(`cache/${cli}`, '');
    const named = program('mine', '');
    expect(ladder(['locate', 'cli'], { TEMPORAL_CLI: named }).out).toBe(named);
  });

  test('a TEMPORAL_CLI that is no program is an error, and no other place is tried', () => {
    program(`cache/${cli}`, '');
    const { status, err } = ladder(['locate', 'cli'], { TEMPORAL_CLI: '/nowhere/temporal' });
    expect([status, err.trim()]).toEqual([
      1,
      'TEMPORAL_CLI is set to /nowhere/temporal, which is not an executable file.',
    ]);
  });

  test('the cache comes before the PATH', () => {
    program('bin/temporal', 'echo temporal version 1.9.0');
    const inCache = program(`cache/${cli}`, '');
    expect(ladder(['locate', 'cli']).out).toBe(inCache);
  });

  test.each([
    ['1.4.1', 1],
    ['1.5.0', 0],
    ['1.10.0', 0],
    ['2.0.0', 0],
  ])('version %s on the PATH', (version, status) => {
    program('bin/temporal', `echo "temporal version ${version} (Server 1.31.2, UI 2.50.1)"`);
    expect(ladder(['locate', 'cli']).status).toBe(status);
  });

  test('locating makes nothing', () => {
    program('bin/go', 'echo go1.26.8');
    expect(ladder(['locate', 'cli']).status).toBe(1);
    expect(fs.existsSync(path.join(folder, 'cache'))).toBe(false);
  });
});

describe('the time-skipping server', () => {
  const jar = `cache/${testServer}/lib/${testServer}.jar`;

  test('jars in the cache become a program when there is Java', () => {
    const arguments_ = path.join(folder, 'arguments');
    program('bin/java', `echo "$@" > ${arguments_}`);
    program(jar, '');
    const { out } = ladder(['locate', 'test-server']);
    spawnSync(out, ['7777'], { env: { PATH: `${folder}/bin:/usr/bin:/bin` } });
    expect(fs.readFileSync(arguments_, 'utf8')).toMatch(
      /-cp .*\/lib\/\* io\.temporal\.testserver\.TestServer 7777/,
    );
  });

  test('jars without Java are not used', () => {
    program(jar, '');
    expect(ladder(['locate', 'test-server']).err).toContain('cache: no program `java`');
  });

  test('a native program in the cache needs no Java', () => {
    const native = program(`cache/${testServer}/temporal-test-server`, '');
    expect(ladder(['locate', 'test-server']).out).toBe(native);
  });

  test('when nothing works, the error names the missing program, the reasons, and three ways to supply it', () => {
    const { status, err } = ladder(['locate', 'test-server']);
    expect(status).toBe(1);
    expect(err).toContain('Missing: the Temporal time-skipping server (temporal-test-server 1.38.0)');
    expect(err).toContain('TEMPORAL_TEST_SERVER: not set');
    expect(err.match(/^ {2}[123]\. /gm)).toHaveLength(3);
  });
});

test('the official downloads come before a build', () => {
  const name = 'temporal-test-server_1.38.0_linux_amd64';
  program('archive/temporal', 'echo temporal version 1.8.2');
  program(`archive/${name}/temporal-test-server`, '');
  program('bin/go', 'echo go1.26.8');
  spawnSync('tar', ['-czf', `${folder}/archive.tar.gz`, '-C', `${folder}/archive`, '.']);
  const fetched = module_(
    `import fs from 'node:fs';
     Object.defineProperties(process, { platform: { value: 'linux' }, arch: { value: 'x64' } });
     globalThis.fetch = (url) => {
       if (String(url).startsWith('https://temporal.download/assets/')) return Promise.resolve(new Response('', { status: 404 }));
       return Promise.resolve(new Response(fs.readFileSync('${folder}/archive.tar.gz')));
     };`,
  );
  const { out } = ladder([], { NODE_OPTIONS: `--import=${fetched}`, PATH: `${folder}/bin:/usr/bin:/bin` });
  const cache = path.join(folder, 'cache');
  expect(out.split('\n')).toEqual([
    'downloading https://temporal.download/cli/archive/v1.8.2?platform=linux&arch=amd64',
    `Temporal server: ${path.join(cache, cli)} (download)`,
    `downloading https://github.com/temporalio/sdk-java/releases/download/v1.38.0/${name}.tar.gz`,
    `Time-skipping server: ${path.join(cache, testServer, 'temporal-test-server')} (download)`,
  ]);
});

test('both programs are made when neither exists: with Go from source, with Java from Maven', () => {
  const unreachable = { NODE_OPTIONS: `--import=${offline()}` };
  program(
    'bin/go',
    '[ "$1" = env ] && echo go1.26.8 && exit; while [ "$1" != -o ]; do shift; done; echo made > "$2"; chmod +x "$2"',
  );
  program('bin/java', '');
  program(
    'bin/mvn',
    `for last; do :; done; lib="\${last#-DoutputDirectory=}"; mkdir -p "$lib"; echo > "$lib/${testServer}.jar"`,
  );
  const { status, out } = ladder([], { ...unreachable, PATH: `${folder}/bin:/usr/bin:/bin` });
  const cache = path.join(folder, 'cache');
  expect(out.split('\n')).toEqual([
    expect.stringContaining('building the Temporal server 1.8.2 with Go'),
    `Temporal server: ${path.join(cache, cli)} (Go)`,
    expect.stringContaining('fetching the time-skipping server 1.38.0 with Maven'),
    `Time-skipping server: ${path.join(cache, testServer, 'temporal-test-server')} (Maven)`,
  ]);
  expect([status, fs.readdirSync(cache).toSorted()]).toEqual([0, ['temporal-cli-1.8.2', testServer]]);
});

test('an old Go and a failing Go leave no incomplete files', () => {
  const unreachable = { NODE_OPTIONS: `--import=${offline()}` };
  program('bin/go', 'echo go1.25.9');
  expect(ladder([], unreachable).err).toContain('Go: Go 1.25.9 is older than 1.26');
  program('bin/go', '[ "$1" = env ] && echo go1.26.8 && exit; echo no space left >&2; exit 1');
  expect(ladder([], unreachable).err).toContain('Go: no space left');
  expect(fs.readdirSync(path.join(folder, 'cache'))).toEqual([]);
});

describe('the programs of a cluster', () => {
  const programs = [
    ['cluster-server', 'temporal-server', 'TEMPORAL_SERVER', '--temporal-server'],
    ['sql-tool', 'temporal-sql-tool', 'TEMPORAL_SQL_TOOL', '--temporal-sql-tool'],
  ] as const;

  test.each(programs)('%s: a named path comes before the cache', (which, name, variable) => {
    const inCache = program(`cache/${name}-1.31.2/${name}`, '');
    expect(ladder(['locate', which]).out).toBe(inCache);
    const named = program('mine', '');
    expect(ladder(['locate', which], { [variable]: named }).out).toBe(named);
  });

  test.each(programs)(
    '%s: without it the error says the option and what to install',
    (which, name, variable, option) => {
      const { status, err } = ladder(['locate', which]);
      expect(status).toBe(1);
      expect(err).toContain(`Missing: ${name} 1.31.2`);
      expect(err).toContain(`npm run cluster -- ${option} <path>, or set ${variable}`);
      expect(err).toContain('install Go 1.26 or later');
    },
  );
});

/** A module that makes every download fail at once. */
const offline = (): string => module_(`globalThis.fetch = () => Promise.reject(new Error('offline'));`);

function module_(code: string): string {
  const file = path.join(folder, 'network.mjs');
  fs.writeFileSync(file, code);
  return file;
}
