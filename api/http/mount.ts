import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { type Actor, system } from '../../domain/roles';
import { disconnectionOf, inUtf8, jsonObjectOf, piecesOf, unbroken } from './body';
import type { Deps } from './deps';
import { languageFor } from './language';
import { limited } from './limited';
import { notYours, Problem, unavailable } from './problem';
import type { Ctx, Reply, Route } from './route';
import { send } from './sending';
import { validated } from './validation';
import { isOutOfReach } from '../../records/kernel/faults';
import { untilGivenUp } from '../../prisma/cancelling';

export const PREFIX = '/v1';
export const IDEMPOTENCY_KEY = 'Idempotency-Key';
export const IF_MATCH = 'If-Match';

const BODY_LIMIT = '256kb';
const ANSWER_WITHIN_MS = 9500;
const NARROW_PER_MINUTE = 120;

/**
 * Mounts the declared routes. Each request is signed in, admitted and validated, then handled within the time limit. A word in
 * a path comes before a parameter in the same place, so that `/claims/approvals` is no claim.
 */
export function mount(app: Express, routes: readonly Route[], deps: Deps): void {
  const paths = [...new Set(routes.map((route) => route.path))];
  for (const path of paths.toSorted((a, b) => (wordsFirst(a) < wordsFirst(b) ? -1 : 1))) {
    const here = routes.filter((route) => route.path === path);
    for (const route of here)
      app[route.method](
        pathOf(route),
        prepare(route, deps),
        ...narrowed(route, deps),
        admit(route, deps),
        ...bodyOf(route),
        answer(route, deps, routes),
      );
    const methods = here.map((route) => route.method.toUpperCase()).join(', ');
    app.all(pathOf({ path }), () => {
      throw new Problem(405, 'method_not_allowed', `Use one of these methods here: ${methods}.`, {
        headers: { Allow: methods },
      });
    });
  }
}

/** The bound of requests of a route that everybody may ask. Without a bound for all routes it has none either. */
function narrowed({ narrow }: Route, { limits = {} }: Deps): RequestHandler[] {
  const { narrowPerMinute = NARROW_PER_MINUTE, perMinute } = limits;
  return narrow && perMinute !== 0 ? [limited(narrowPerMinute)] : [];
}

const wordsFirst = (path: string): string => path.replaceAll(/\{\w+\}/g, '\uFFFF');

/** The correlation id, which every request has from the beginning. */
export const correlationOf = (req: Request): string => (typeof req.id === 'string' ? req.id : '');

const pathOf = ({ path }: { path: string }): string => PREFIX + path.replaceAll(/\{(\w+)\}/g, ':$1');

/** One spelling of a path. A caller may write it in capitals, with a slash at its end, or with encoded characters. */
const filled = (template: string, params: unknown): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  );

/** Notes the template for the metrics, and whether the request is a command: a 503 then says how to find its outcome. */
const prepare =
  (route: Route, deps: Deps): RequestHandler =>
  (req, res, next) => {
    delete req.headers['if-none-match']; // the ETag counts what people edit, not everything an answer shows
    res.locals['template'] = PREFIX + route.path;
    res.locals['isCommand'] = route.command === true;
    res.locals['disconnected'] = disconnectionOf(res);
    res.locals['answerBy'] = performance.now() + (deps.limits?.answerWithinMs ?? ANSWER_WITHIN_MS);
    next();
  };

/** Checks who calls and whether they may, before a byte of the body is read. */
const admit =
  (route: Route, deps: Deps): RequestHandler =>
  async (req, res, next) => {
    const speak = (actor: Actor) => {
      const language = languageFor(
        req.get('Accept-Language'),
        actor.language,
        deps.records.settings.language,
      );
      const speaking = { ...actor, language };
      res.locals['actor'] = speaking;
      res.set('Content-Language', language).vary('Accept-Language');
      return speaking;
    };
    if (route.who === 'public') {
      speak(system);
      return next();
    }
    const purpose = route.command || route.bodyAs ? 'write' : 'read';
    const actor = await inTime(res, false, () => deps.signIn(req.get('Authorization'), purpose));
    const speaking = speak(actor);
    if (route.who !== 'anyone signed in' && !isAmong(route.who, actor)) throw notYours(route.who, speaking);
    next();
  };

const mustBe =
  (type: string): RequestHandler =>
  (req, _res, next) => {
    if (req.is(type) === false) throw new Problem(415, 'wrong_content_type', `Send Content-Type: ${type}.`);
    next();
  };

const bytes = [express.raw({ limit: BODY_LIMIT, type: () => true }), unbroken];
const json = [mustBe('application/json'), inUtf8, ...bytes];
const csv = [mustBe('text/csv')];

function bodyOf(route: Route): RequestHandler[] {
  if (route.bodyAs === 'bytes') return bytes;
  if (route.bodyAs === 'csv') return csv;
  return route.body ? json : [];
}

const NOTHING = z.strictObject({});

/** Does the work of another route that reads. A row that the caller may not see is undefined. */
async function readFor(routes: readonly Route[], ctx: Ctx, path: string, params: object): Promise<unknown> {
  const other = routes.find((route) => route.method === 'get' && route.path === path);
  if (!other || !isAmong(other.who, ctx.actor)) return undefined;
  try {
    return (await other.handle({ ...ctx, params, query: {} })).body;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}

const isAmong = (who: Route['who'], { role }: Actor): boolean =>
  typeof who === 'string' || (role !== 'system' && who.includes(role));

const answer =
  (route: Route, deps: Deps, routes: readonly Route[]): RequestHandler =>
  async (req, res) => {
    const key = route.command ? keyOf(req) : '';
    if (route.command) res.set(IDEMPOTENCY_KEY, key);
    const expects = route.edits ? revisionIn(req.get(IF_MATCH)) : undefined;
    const params = validated(route.params ?? NOTHING, req.params, 'path');
    const query = validated(route.query ?? NOTHING, req.query, 'query');
    const preview = (query as { preview?: boolean }).preview === true;
    if (preview) res.removeHeader(IDEMPOTENCY_KEY);
    const body: unknown = route.body ? validated(route.body, jsonObjectOf(bytesOf(req)), 'body') : undefined;
    const disconnected = res.locals['disconnected'] as AbortSignal;
    disconnected.throwIfAborted();
    const handle = async (): Promise<Reply> => {
      const ctx: Ctx = {
        actor: res.locals['actor'] as Actor,
        records: deps.records,
        workflows: deps.workflows,
        tryOut: deps.tryOut,
        lookAtWoken: deps.lookAtWoken,
        preview,
        now: await deps.records.clock.now(),
        correlationId: correlationOf(req),
        route: `${req.method} ${PREFIX}${filled(route.path, params)}`,
        path: route.path,
        key,
        expects,
        params,
        query,
        body,
        bytes: bytesOf(req),
        pieces: piecesOf(req, res, disconnected),
        disconnected,
        header: (name) => req.get(name),
        read: (path, of) => readFor(routes, ctx, path, of),
        webhookSecret: deps.webhookSecret,
      };
      return route.handle(ctx);
    };
    const whileAwaited = async (late: AbortSignal) => {
      const givenUp = AbortSignal.any([disconnected, late]);
      const read = () => untilGivenUp(givenUp, handle);
      try {
        return await read().catch((error: unknown) => {
          // Prisma reads equal rows of several callers together, so this read may end with another caller's.
          if (givenUp.aborted || !isOutOfReach(error)) throw error;
          return read();
        });
      } catch (error) {
        disconnected.throwIfAborted();
        throw error;
      }
    };
    const reply =
      route.bodyAs === 'csv'
        ? await handle()
        : await inTime(res, route.command === true, isRead(route) ? whileAwaited : handle);
    await untilGivenUp(disconnected, () => send(res, reply, disconnected));
  };

/** A read that is given up is stopped. Everything else goes on, for its outcome counts. */
const isRead = ({ command, bodyAs }: Route): boolean => !command && !bodyAs;

const bytesOf = ({ body }: { body?: unknown }): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** The key of a command: 1 to 200 visible ASCII characters. The service makes one, and answers with it, when none was sent. */
function keyOf(req: Request): string {
  const key = req.get(IDEMPOTENCY_KEY);
  if (key === undefined) return randomUUID();
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Problem(
      400,
      'malformed_key',
      `Send ${IDEMPOTENCY_KEY} with 1 to 200 visible ASCII characters.`,
    );
  return key;
}

/** The revision that `If-Match` names. `*` names any. */
function revisionIn(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const revision = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (revision === undefined)
    throw new Problem(
      400,
      'malformed_if_match',
      `Send ${IF_MATCH} with the ETag of the answer that you edited, in its quotes, such as "3".`,
    );
  return Number(revision);
}

/** Answers 503 when the database or Temporal keeps us waiting. The work that was begun may still be done. */
async function inTime<T>(
  res: Response,
  isCommand: boolean,
  work: (isLate: AbortSignal) => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const lateness = new AbortController();
  const late = new Promise<never>((_resolve, reject) => {
    const left = Number(res.locals['answerBy']) - performance.now();
    timer = setTimeout(
      () => {
        reject(unavailable(isCommand));
        lateness.abort();
      },
      Math.max(0, left),
    );
  });
  try {
    return await Promise.race([work(lateness.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
