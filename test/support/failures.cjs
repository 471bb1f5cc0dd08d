const path = require('node:path');

/** Names the tests that failed once more, a line each, as the last words of a run: logs are often cut in the middle. */
module.exports = class Failures {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    for (const { testFilePath, testResults: tests, testExecError, failureMessage } of testResults) {
      const file = path.relative(this.rootDir, testFilePath);
      if (testExecError) process.stderr.write(`Failed: ${file} › ${firstLine(failureMessage)}\n`);
      for (const { status, fullName, failureMessages } of tests)
        if (status === 'failed')
          process.stderr.write(`Failed: ${file} › ${fullName} › ${firstLine(failureMessages[0])}\n`);
    }
  }
};

const firstLine = (message = '') => message.split('\n', 1)[0].slice(0, 200);
