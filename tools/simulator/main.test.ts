import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { temporalProgram } from '../../test/support/programs';

const root = path.resolve(__dirname, '../..');
const asking = (expected: string) => `name: The cases of a case manager
starts: 2023-03-01T09:00:00+05:00
steps:
  - { as: case_manager, get: /v1/cases, expect: { status: ${expected} } }
`;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'simulate-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function written(name: string, text: string, mode = 0o644): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text, { mode });
  return file;
}

/** `npm run simulate`, on the PostgreSQL of the tests. */
function simulate(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'tools/run.mjs'), 'tools/simulator/main.ts', ...args],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        SIMULATOR_DATABASE_URL: process.env['TEST_PG_ADMIN'],
        TEMPORAL_TEST_SERVER: temporalProgram('test-server'),
        ...env,
      },
    },
  );
  return { status, stdout, stderr };
}

test('every file is run and reported, and standard output has only JSON at every log level', () => {
  const [wrong, missing, good] = [
    written('wrong.yaml', asking('201')),
    path.join(folder, 'none.yaml'),
    written('good.yaml', asking('200')),
  ];
  const { status, stdout, stderr } = simulate([wrong, missing, good, '--json'], { LOG_LEVEL: 'debug' });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    { scenario: wrong, step: 1, status: 200, expected: [{ at: 'status', expected: 201, got: 200 }] },
    { scenario: wrong, cases: [] },
    { scenario: good, step: 1, status: 200 },
    { scenario: good, cases: [] },
  ]);
  expect(stderr).toContain(`${missing}: there is no such file`);
  expect(stderr).toContain('1 of 3 scenarios went as expected.');
  expect(status).toBe(1);
});

test('with --go-on a scenario is played to its end, with all its wrong results, and ends with 1', () => {
  const file = written(
    'several.yaml',
    `name: Several wrong results
starts: 2023-03-01T09:00:00+05:00
steps:
  - { as: case_manager, get: /v1/cases, expect: { status: 201 }, save: { lost: id } }
  - as: case_manager
    patch: /v1/people/P-000001
    body: { language: uz-Latn }
    expect: { messages: [{ to: P-000001 }, { to: case_manager, count: 0 }] }
  - { as: case_manager, get: '/v1/cases/\${lost}' }
  - { as: case_manager, get: /v1/cases }
`,
  );
  const { status, stdout } = simulate([file, '--json', '--go-on']);
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(steps).toMatchObject([
    { step: 1, expected: [{ at: 'status', expected: 201, got: 200 }] },
    { step: 2, status: 200, expected: [{ at: 'messages.0', expected: { to: 'P-000001' }, got: [] }] },
    { step: 3, status: null, expected: [{ at: 'step', got: expect.stringContaining('"lost"') }] },
    { step: 4, status: 200 },
    { cases: [] },
  ]);
  expect(status).toBe(1);
});

test('a server that does not start is the machine’s fault, with an exit code of its own', () => {
  const broken = written('broken-server', '#!/bin/sh\necho no room for a heap\nexit 1\n', 0o755);
  const { status, stdout, stderr } = simulate([written('good.yaml', asking('200')), '--json'], {
    TEMPORAL_TEST_SERVER: broken,
  });
  expect(stderr).toContain('no room for a heap');
  expect(stderr).toContain(
    'This machine cut the run short, which says nothing of the scenario: The time-skipping server did not start',
  );
  expect([status, stdout]).toEqual([3, '']);
});

const programme = path.join(root, 'prisma/data/programme-2023.csv');

test('changes with unknown fields are refused with the known ones, and nothing is played', () => {
  const changes = { numbers: { openReferals: 4, leastAge: 3 }, bonus: 1 };
  const policy = written('wrong.json', JSON.stringify(changes));
  const { status, stdout, stderr } = simulate(['--programme', programme, '--policy', policy]);
  expect(stderr).toMatch(/numbers\.openReferals: Is not a known field\. Known are: .*openReferralsPerCase/);
  expect(stderr).toMatch(/bonus: Is not a known field\. Known are: programmes, quota, lengths, numbers/);
  expect(stderr).toContain('numbers.leastAge: ');
  expect([status, stdout]).toEqual([1, '']);
});

// Of the three people of this seed one is under 30.
test('three people are played under the law and under changes, side by side', () => {
  const changes = { lengths: { employerDecision: { n: 3 } }, numbers: { leastAge: 30 } };
  const policy = written('changes.json', JSON.stringify(changes));
  const args = ['--programme', programme, '--share', '0.0002', '--seed', '2', '--policy', policy];
  const { status, stdout } = simulate(args);
  expect(stdout).toContain('lengths.employerDecision: 5 days, now 3 days');
  expect(stdout).toContain('numbers.leastAge: 16, now 30');
  expect(stdout).toMatch(
    /a person, from the plan to work +[\d.]+ and [\d.]+ \(of 3\) +[\d.]+ and [\d.]+ \(of 2\)/,
  );
  expect(stdout).toMatch(/stopped by a rule +0 +1\n/);
  expect(stdout).toContain('Stopped by a rule, 1: A case is opened from the age of 30 on.');
  expect(status).toBe(0);
}, 600_000);

test('a scenario that cannot be read starts nothing', () => {
  const { status, stderr } = simulate([written('mistake.yaml', 'name: nothing')]);
  expect(stderr).toMatch(/mistake\.yaml:1: starts: is missing/);
  expect(status).toBe(1);
});
