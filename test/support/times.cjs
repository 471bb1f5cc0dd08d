const path = require('node:path');

/** Tells how long each test file took, the longest last. */
module.exports = class Times {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const took = testResults
      .filter(({ skipped }) => !skipped)
      .map(({ testFilePath, perfStats }) => [
        perfStats.runtime / 1000,
        path.relative(this.rootDir, testFilePath),
      ])
      .toSorted(([one], [other]) => one - other);
    const lines = took.map(([seconds, file]) => `${seconds.toFixed(1).padStart(7)} s  ${file}\n`);
    process.stderr.write(`\nHow long each test file took:\n${lines.join('')}\n`);
  }
};
