import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { kept, root } from '../../test/support/kept';
import { oneFile } from '../../test/support/one-file';
import { bundle } from '../../test/support/workflow-code';

/** The workflows written by hand, for a worker. */
export async function byHandBundle(): Promise<{ codePath: string }> {
  const folder = await kept('by-hand', ['bench/by-hand'], async (draft) => {
    const { code } = await bundle({ workflowsPath: path.join(root, 'bench/by-hand/workflows.ts') });
    writeFileSync(path.join(draft, 'workflows.js'), code);
  });
  return { codePath: path.join(folder, 'workflows.js') };
}

/** The program of their worker in one file, as the product's programs are for tests. */
export const byHandProgram = (): Promise<string> =>
  oneFile('program-by-hand', 'bench/by-hand/main.ts', ['bench/by-hand']);
