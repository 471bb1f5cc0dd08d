import { workflowCode } from '../test/support/workflow-code';

/** Prints the file with the bundled workflows for `npm start`. It is kept until their code changes. */
workflowCode().then(
  ({ codePath }) => process.stdout.write(`${codePath}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
