import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { draw } from './draw';
import { pictures } from './pictures';
import { quoted } from './quoted';

/**
 * `npm run draw` draws the pictures of the documentation. It also copies the stages of a referral into the README. With `--check` it
 * writes nothing and names the files that are out of date.
 */
const root = path.resolve(__dirname, '../..');
const isCheck = process.argv.includes('--check');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

const QUOTING = 'README.md';
const QUOTED = 'workflows/referral.ts';

const made: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(pictures).map(([name, picture]) => [name, draw(picture)])),
  [QUOTING]: quoted(read(QUOTING), read(QUOTED)),
};

for (const [name, text] of Object.entries(made)) {
  const file = path.join(root, name);
  if (!isCheck) writeFileSync(file, text);
  else if (!existsSync(file) || read(name) !== text) {
    console.error(`${name} differs from the tables: run npm run draw`);
    process.exitCode = 1;
  }
}
