import path from 'node:path';
import { build } from 'esbuild';
import { kept, root } from './kept';

/**
 * Bundles a program into one file, which starts faster than its sources. The file is kept until the sources change.
 *
 * @param name of the kept folder
 * @param entry the program's source, from the root
 * @param sources the files and folders whose change makes the file anew
 * @returns the path of the file
 */
export async function oneFile(name: string, entry: string, sources: readonly string[]): Promise<string> {
  const folder = await kept(name, [...sources], (draft) =>
    build({
      entryPoints: [path.join(root, entry)],
      outdir: draft,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      logLevel: 'error',
    }),
  );
  return path.join(folder, `${path.basename(entry, '.ts')}.js`);
}
