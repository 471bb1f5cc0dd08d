import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { draw } from './draw';
import { pictures } from './pictures';

/** `npm run draw`: draws the pictures of the documentation; with `--check` it only tells which are not up to date. */
const root = path.resolve(__dirname, '../..');
const isCheck = process.argv.includes('--check');

for (const [name, picture] of Object.entries(pictures)) {
  const file = path.join(root, name);
  const drawn = draw(picture);
  if (!isCheck) writeFileSync(file, drawn);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== drawn) {
    console.error(`${name} is not what the tables say: run npm run draw`);
    process.exitCode = 1;
  }
}
