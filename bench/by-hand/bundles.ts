import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { kept, root } from '../../test/support/kept';
import { bundle } from '../../test/support/workflow-code';

const at = (file: string): string => path.join(root, 'bench/by-hand', file);

/** The workflows written by hand, for a worker. */
export async function byHandBundle(): Promise<{ codePath: string }> {
  const folder = await kept('by-hand', ['bench/by-hand'], async (draft) => {
    const { code } = await bundle({ workflowsPath: at('workflows.ts') });
    writeFileSync(path.join(draft, 'workflows.js'), code);
  });
  return { codePath: path.join(folder, 'workflows.js') };
}

/** The program of their worker in one file, as the product's programs are for tests. */
export async function byHandProgram(): Promise<string> {
  const folder = await kept('program-by-hand', ['bench/by-hand'], (draft) =>
    build({
      entryPoints: [at('main.ts')],
      outdir: draft,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      logLevel: 'error',
    }),
  );
  return path.join(folder, 'main.js');
}
