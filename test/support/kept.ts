import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');
export const cache = path.join(root, 'node_modules/.cache/yollanma');

/** The number of kept folders of one name. A folder that a run still uses is among the newest. */
const STAY = 3;

/**
 * A folder that is made from the product's sources, once for all test files and runs.
 *
 * @param name the name of its content
 * @param sources the files and folders from which it is made
 * @param make fills a folder
 */
export async function kept(
  name: string,
  sources: readonly string[],
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = path.join(cache, `${name}-${hashOf(sources)}`);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(cache, { recursive: true });
  const draft = fs.mkdtempSync(path.join(cache, `draft-${process.pid}-`));
  await make(draft);
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    fs.rmSync(draft, { recursive: true });
    if (!fs.existsSync(folder)) throw error; // if the folder exists, another suite was quicker
  }
  removeOld(name);
  return folder;
}

/** The folders made from older sources. */
function removeOld(name: string): void {
  // Another suite may remove the same folders.
  const changedAt = (entry: string): number =>
    fs.statSync(path.join(cache, entry), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const made = fs.readdirSync(cache).filter((entry) => entry.startsWith(`${name}-`));
  for (const entry of made.toSorted((a, b) => changedAt(b) - changedAt(a)).slice(STAY))
    fs.rmSync(path.join(cache, entry), { recursive: true, force: true });
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')));
  for (const source of sources)
    for (const file of filesOf(source))
      hash.update(`\n${file}\n`).update(fs.readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

function filesOf(source: string): string[] {
  if (fs.statSync(path.join(root, source)).isFile()) return [source];
  return fs
    .readdirSync(path.join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)))
    .toSorted();
}
