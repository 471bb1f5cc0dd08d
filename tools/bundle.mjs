/**
 * Packs the compiled workflows into `dist/workflow-bundle.js`. A worker then starts without a bundler (WORKFLOW_BUNDLE names the
 * file). `npm run build` runs this after the compiler.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const file = path.join(dist, 'workflow-bundle.js');

const { code } = await bundleWorkflowCode({
  workflowsPath: path.join(dist, 'workflows/index.js'),
  logger: new DefaultLogger('WARN'),
});
await writeFile(file, code);
console.log(`${path.relative(process.cwd(), file)}: ${Math.round(code.length / 1024)} KiB`);
