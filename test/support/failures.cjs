const path = require('node:path');

/** Names the failed tests again at the end of a run, a line each, because logs are often cut in the middle. */
module.exports = class Failures {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const lines = testResults.flatMap((file) => this.failedIn(file));
    // Jest prints its own summary after all reporters.
    process.once('exit', () => process.stderr.write(lines.map((line) => `Failed: ${line}\n`).join('')));
  }

  failedIn({ testFilePath, testResults, testExecError, failureMessage }) {
    const file = path.relative(this.rootDir, testFilePath);
    return [
      ...(testExecError ? [`${file} › ${firstLine(failureMessage)}`] : []),
      ...testResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${file} › ${fullName} › ${firstLine(failureMessages[0])}`),
    ];
  }
};

const firstLine = (message = '') => message.split('\n', 1)[0].slice(0, 200);
