const path = require('node:path');
const { machinesFault } = require('../../tools/machine.cjs');

/** Prints the time of each test file, the longest last, and the files that failed because of the machine. */
module.exports = class Reporter {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const files = testResults
      .filter(({ skipped }) => !skipped)
      .toSorted((one, other) => one.perfStats.runtime - other.perfStats.runtime);
    this.list(
      'How long each test file took:',
      files.map(
        (file) => `${(file.perfStats.runtime / 1000).toFixed(1).padStart(5)} s  ${this.nameOf(file)}`,
      ),
    );
    this.list(
      'These failed because of this machine, which says nothing of the product:',
      files.flatMap((file) => {
        const fault = machinesFault(file.failureMessage ?? '');
        return fault === undefined ? [] : [`${this.nameOf(file)}: ${fault}`];
      }),
    );
  }

  nameOf({ testFilePath }) {
    return path.relative(this.rootDir, testFilePath);
  }

  list(heading, lines) {
    if (lines.length > 0)
      process.stderr.write(`\n${heading}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
};
