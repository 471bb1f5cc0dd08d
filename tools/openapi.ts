import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiOf } from '../api/http/openapi';
import { routes } from '../api/routes';

/** Writes the OpenAPI document into the repository. With `--check` it only tells whether the file is up to date. */
const FILE = path.join(__dirname, '../docs/openapi.json');
const text = `${JSON.stringify(openApiOf(routes), null, 2)}\n`;

const kept = () => {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
};

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (kept() !== text) {
  console.error('docs/openapi.json differs from the routes: run npm run openapi');
  process.exitCode = 1;
}
