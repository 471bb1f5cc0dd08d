import path from 'node:path';
import type { Express } from 'express';
import { routes } from '../routes';
import { openApiOf } from './openapi';
import { page, script, style } from './reference-page';

const root = path.dirname(require.resolve('swagger-ui-dist/package.json'));

/** The files of the package that the page loads. */
const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** `/openapi.json`, and the reference page at `/docs`. The page loads no file from elsewhere. */
export function serveDocs(app: Express): void {
  let document: object | undefined;
  app.get('/openapi.json', (_req, res) => {
    document ??= openApiOf(routes);
    res.json(document);
  });
  app.get('/docs', (_req, res) => void res.type('html').send(page));
  app.get('/docs/page.js', (_req, res) => void res.type('js').send(script));
  app.get('/docs/page.css', (_req, res) => void res.type('css').send(style));
  for (const file of files)
    app.get(`/docs/${file}`, (_req, res) => res.sendFile(file, { root, maxAge: '1h' }));
}
