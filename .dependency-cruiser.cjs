/** Dependencies point one way: see the map of folders in README.md. Tests and tools may use anything. */
const production = { pathNot: '\\.test\\.ts$' };
const only = (folder, allowed, name = folder) => ({
  name: `${name}-keeps-to-its-room`,
  severity: 'error',
  from: { path: `^${folder}/`, ...production },
  to: { path: '^(api|workflows|activities|records|registers|domain|prisma|tools|test)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    only('domain', '^domain/'),
    {
      name: 'domain-has-no-packages',
      severity: 'error',
      from: { path: '^domain/', ...production },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      ...only('registers', '^(registers|domain)/'),
      // The sandbox as a process of its own takes the stepping clock of tests from the record.
      from: { path: '^registers/', pathNot: '\\.test\\.ts$|^registers/sandbox/main\\.ts$' },
    },
    only('records', '^(records|domain|prisma)/'),
    only('activities', '^(activities|records|registers|domain|prisma)/|^workflows/messages\\.ts$'),
    only('workflows', '^(workflows|domain|activities)/'),
    only('api', '^(api|records|domain|prisma|registers)/|^workflows/messages\\.ts$'),
    only('prisma', '^(prisma|domain)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'prisma/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
  },
};
