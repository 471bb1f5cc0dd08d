const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** Dependencies point one way: see the map of folders in README.md. Tests, measures and tools may use anything. */
const production = { pathNot: '\\.test\\.ts$' };
const importsOnly = (folder, allowed, name = folder) => ({
  name: `${name}-keeps-to-its-room`,
  severity: 'error',
  from: { path: `^${folder}/`, ...production },
  to: {
    path: '^(api|workflows|activities|contracts|records|registers|domain|prisma|tools|test|bench)/',
    pathNot: allowed,
  },
});

/** The files that make the stages of a kind of row, without their ending. */
const tables = readdirSync(path.join(__dirname, 'workflows'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) =>
    readFileSync(path.join(__dirname, 'workflows', file), 'utf8').includes("Stages = stages('"),
  )
  .map((file) => file.slice(0, -'.ts'.length));

/** The stages of each kind of row, and the names that workflows go by: they import no package, and everybody reads them. */
const STAGES = `^workflows/(stages|messages|${tables.join('|')})\\.ts$`;

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    importsOnly('domain', '^domain/'),
    {
      name: 'domain-has-no-packages',
      severity: 'error',
      from: { path: '^domain/', ...production },
      // Texts are ICU messages; their formatter has no state and no clock.
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^node_modules/intl-messageformat/' },
    },
    importsOnly('contracts', '^(contracts|domain)/'),
    {
      name: 'contracts-have-zod-alone',
      severity: 'error',
      from: { path: '^contracts/', ...production },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^node_modules/zod/' },
    },
    {
      ...importsOnly('registers', '^(registers|domain)/'),
      // The sandbox as a process of its own takes the stepping clock of tests from the record.
      from: { path: '^registers/', pathNot: '\\.test\\.ts$|^registers/sandbox/main\\.ts$' },
    },
    importsOnly('records', `^(records|contracts|domain|prisma)/|${STAGES}`),
    {
      ...importsOnly('records', `^(records/kernel|domain|prisma)/|${STAGES}`, 'the-kernel'),
      from: { path: '^records/kernel/', ...production },
    },
    {
      name: 'reads-are-read-by-nobody-who-writes',
      severity: 'error',
      from: { path: '^records/', pathNot: '^records/reads/|\\.test\\.ts$' },
      to: { path: '^records/reads/' },
    },
    importsOnly(
      'activities',
      `^(activities|contracts|records|registers|domain|prisma)/|^workflows/view\\.ts$|${STAGES}`,
    ),
    importsOnly('workflows', '^(workflows|domain|activities)/'),
    {
      ...importsOnly('workflows', `^domain/|${STAGES}`, 'stages'),
      from: { path: STAGES, ...production },
    },
    {
      ...importsOnly('api', `^(api|contracts|records|domain|prisma|registers)/|${STAGES}`),
      // A preview carries a command out and undoes it, so the process of the API has the handlers of the rows.
      from: { path: '^api/', pathNot: '\\.test\\.ts$|^api/main\\.ts$' },
    },
    {
      ...importsOnly(
        'api',
        `^(api|contracts|records|domain|prisma|registers)/|^activities/(index|preview)\\.ts$|${STAGES}`,
        'the-api-process',
      ),
      from: { path: '^api/main\\.ts$' },
    },
    {
      name: 'files-are-written-in-one-place',
      comment: 'api/http/tables.ts makes formulas inert',
      severity: 'error',
      from: {
        path: '^(api|workflows|activities|contracts|records|registers|domain|prisma)/',
        pathNot: '^api/http/tables\\.ts$',
      },
      to: { path: '(csv-stringify|write-excel-file)/' },
    },
    importsOnly('prisma', '^(prisma|domain)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'prisma/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
  },
};
