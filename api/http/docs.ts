import path from 'node:path';
import type { Express } from 'express';
import { routes } from '../routes';
import { openApiOf } from './openapi';

/** The reference page: Swagger UI in a frame of ours, for phones too. The Content-Security-Policy allows no inline script. */
const ours = path.join(__dirname, 'reference-page');
const theirs = path.dirname(require.resolve('swagger-ui-dist/package.json'));

const files = [
  { file: 'page.js', root: ours },
  { file: 'page.css', root: ours },
  { file: 'swagger-ui.css', root: theirs, maxAge: '1h' },
  { file: 'swagger-ui-bundle.js', root: theirs, maxAge: '1h' },
  { file: 'favicon-32x32.png', root: theirs, maxAge: '1h' },
];

/** `/openapi.json`, and the reference page at `/docs`. The page loads no file from elsewhere. */
export function serveDocs(app: Express): void {
  let document: object | undefined;
  app.get('/openapi.json', (_req, res) => {
    document ??= openApiOf(routes);
    res.json(document);
  });
  app.get('/docs', (_req, res) => res.sendFile('page.html', { root: ours }));
  for (const { file, ...where } of files) app.get(`/docs/${file}`, (_req, res) => res.sendFile(file, where));
}
