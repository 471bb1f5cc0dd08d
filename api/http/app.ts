import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { types } from 'node:util';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { awaited, statusOf } from './body';
import type { Deps } from './deps';
import { serveDocs } from './docs';
import { limited } from './limited';
import { createMetrics } from './metrics';
import { correlationOf, mount } from './mount';
import { Problem, problemOf } from './problem';
import { serveHealth } from './health';
import { routes } from '../routes';

const PER_MINUTE = 3000;
const BODY_WITHIN_MS = 60_000;

/** The API as an express application. It opens no connection. */
export function createApp(deps: Deps): Express {
  const app = express();
  const metrics = createMetrics(deps.records);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.proxies ?? 0);

  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  app.use(correlation);
  app.use(logged(deps.log));
  app.use(metrics.observe);
  app.use(awaited(deps.limits?.bodyWithinMs ?? BODY_WITHIN_MS));
  serveHealth(app, deps, metrics);
  const perMinute = deps.limits?.perMinute ?? PER_MINUTE;
  if (perMinute > 0) app.use(limited(perMinute));
  serveDocs(app);
  mount(app, routes, deps);
  app.use((_req, _res, next) =>
    next(new Problem(404, 'no_such_path', 'There is nothing under this path. See /docs for the paths.')),
  );
  app.use(answerError(deps.log));
  return app;
}

const HEADER = 'X-Correlation-Id';

/** Accepts the caller's correlation id, or makes one. The log, the record and every answer have it. */
const correlation: RequestHandler = (req, res, next) => {
  const sent = req.get(HEADER);
  req.id = sent !== undefined && /^[\w.:-]{1,100}$/.test(sent) ? sent : randomUUID();
  res.set(HEADER, correlationOf(req));
  next();
};

/** One line for each request, without headers, body and query: they could hold personal data. */
const logged = (log: Logger): RequestHandler =>
  pinoHttp({
    logger: log,
    quietReqLogger: true,
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
    redact: ['req.headers.authorization'],
    serializers: {
      req: (req: { id: string; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        path: req.url.split('?')[0],
      }),
      res: ({ raw }: { raw: ServerResponse }) => ({ status: statusOf(raw) }),
      err: () => undefined,
    },
  });

/** The one place where errors become answers. The log names a defect of the service; the answer gives no detail of it. */
const answerError =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, req, res: Response, next) => {
    const isCommand = res.locals['isCommand'] === true;
    const problem =
      problemOf(error, isCommand) ??
      new Problem(
        500,
        'defect',
        'A defect of the service stopped the request. It is logged: tell an administrator the correlation id.',
      );
    if (problem.status >= 500) log.error({ correlationId: req.id, error: inBrief(error) }, problem.code);
    if (res.closed) return;
    if (res.headersSent) return next(error);
    res
      .status(problem.status)
      .set({ ...problem.extras.headers, 'Content-Language': 'en' })
      .type('application/problem+json')
      .send(JSON.stringify(problem.body(correlationOf(req))));
  };

/** An error for the log: its name, its code and the places of its stack. Its message could repeat a value, so it is left out. */
function inBrief(error: unknown): object {
  if (!types.isNativeError(error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' && { code }),
    at: places.slice(0, 8).map((place) => place.trim()),
    ...(error.cause !== undefined && { cause: inBrief(error.cause) }),
  };
}
