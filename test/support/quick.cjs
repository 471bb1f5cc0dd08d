const { execFileSync } = require('node:child_process');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const jestItself = path.join(root, 'node_modules/jest/bin/jest.js');

/** Whatever imports one of these, itself or through others, is left to `npm test`. */
const DOORS = [
  'test/support/programs.ts', // starts a Temporal server
  'test/support/temporal.ts', // has a namespace on the run's Temporal server
  'test/support/bench.ts', // plays months of workflows on a clock of its own: minutes in all
];

/** Jest's filter of `npm run test:quick`: the test files that import none of these files, directly or indirectly. */
module.exports = (files) => {
  const find = [jestItself, '--rootDir', root, '--listTests', '--json', '--findRelatedTests'];
  const behindDoors = new Set(
    JSON.parse(execFileSync(process.execPath, [...find, ...DOORS], { cwd: root, encoding: 'utf8' })),
  );
  return { filtered: files.filter((file) => !behindDoors.has(file)) };
};
