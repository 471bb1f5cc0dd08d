import type { Express } from 'express';
import { serve, setup } from 'swagger-ui-express';
import { openApiOf } from './openapi';
import { routes } from '../routes';

/** `/openapi.json`, and the reference page at `/docs`. The page loads no file from elsewhere. */
export function serveDocs(app: Express): void {
  let document: object | undefined;
  app.get('/openapi.json', (_req, res) => {
    document ??= openApiOf(routes);
    res.json(document);
  });
  const page = {
    customSiteTitle: "Yo'llanma API",
    swaggerOptions: { url: '/openapi.json', validatorUrl: null },
  };
  app.use('/docs', serve, setup(undefined, page));
}
