/**
 * Packs the compiled workflows into `dist/workflow-bundle.js`. A worker then starts without a bundler (WORKFLOW_BUNDLE names the
 * file). Copies the files of the reference page, which the compiler leaves out. `npm run build` runs this after the compiler.
 */
import { cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const file = path.join(dist, 'workflow-bundle.js');

const { bundling } = createRequire(import.meta.url)(path.join(dist, 'activities/worker.js'));
const { code } = await bundleWorkflowCode({
  ...bundling(path.join(dist, 'workflows/index.js')),
  logger: new DefaultLogger('WARN'),
});
await writeFile(file, code);
console.log(`${path.relative(process.cwd(), file)}: ${Math.round(code.length / 1024)} KiB`);

const page = 'api/http/reference-page';
await cp(path.join(root, page), path.join(dist, page), { recursive: true });
