/**
 * `node test/support/bundle.mjs <folder>`: the processes of the product as one file each, so that a test that kills them
 * starts them again in a moment. The folder lies below node_modules, where they find their packages.
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
