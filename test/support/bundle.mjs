/**
 * `node test/support/bundle.mjs <folder>` makes one file of each process of the product. A test that kills a process can then start it
 * again quickly. The folder is below node_modules, so that the files find their packages.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [folder = ''] = process.argv.slice(2);
const at = (file) => path.join(root, file);

await build({
  entryPoints: {
    api: at('api/main.ts'),
    worker: at('activities/main.ts'),
    sandbox: at('registers/sandbox/main.ts'),
    reconcile: at('activities/reconcile-main.ts'),
    'verify-histories': at('activities/verify-histories-main.ts'),
  },
  outdir: folder,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
});
