/** @type {import('jest').Config} */
module.exports = {
  // Not in the folder for temporary files, which is memory in a run.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  // Starting a server may take a minute where a machine is slow.
  testTimeout: 180_000,
  // Suites wait for servers now and then: three keep two cores busy, the long ones first.
  maxWorkers: 3,
  reporters: ['<rootDir>/test/support/reporter.cjs', 'default', '<rootDir>/test/support/failures.cjs'],
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  // Suites leave things behind in a worker, whose collector is soon busier than its tests: then a new one goes on.
  workerIdleMemoryLimit: '700MB',
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Packages that ship ES modules only; jest in CommonJS mode has to transpile them.
  transformIgnorePatterns: ['/node_modules/(?!(jose|intl-messageformat|@formatjs)/)'],
};
