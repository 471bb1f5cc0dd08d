import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { draw } from './draw';
import { pictures } from './pictures';
import { quoted } from './quoted';

/**
 * `npm run draw`: draws the pictures of the documentation, and quotes in the README the stages that it explains; with
 * `--check` it only tells which are not up to date.
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
    console.error(`${name} is not what the tables say: run npm run draw`);
    process.exitCode = 1;
  }
}
