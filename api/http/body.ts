import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import type { Request, RequestHandler, Response } from 'express';
import { DEEPEST, isTooDeep } from './nesting';
import { clientGone, malformedJson, Problem, unsupportedEncoding } from './problem';

const PIECE_BYTES = 1024;

/** The time limit of a caller who sends a body. */
interface Patience {
  wait(): void;
  stop(): void;
}

/**
 * Cuts off a caller whose body does not end within the limit. In an upload that is read in pieces, the limit holds for each
 * next piece. The limit of Node's server also counts the time in which we do not read, so `serverOf` turns it off.
 */
export const awaited =
  (withinMs: number): RequestHandler =>
  (req, res, next) => {
    let timer: NodeJS.Timeout | undefined;
    const cut = () => {
      if (req.complete) return;
      if (res.headersSent) {
        req.destroy();
        return;
      }
      res.set('Connection', 'close');
      next(
        new Problem(
          408,
          'too_slow',
          `The body did not arrive within ${withinMs / 1000} seconds. Send it again.`,
        ),
      );
    };
    const stop = () => clearTimeout(timer);
    const wait = () => {
      stop();
      timer = setTimeout(cut, withinMs).unref();
    };
    wait();
    req.once('close', stop);
    res.locals['patience'] = { wait, stop } satisfies Patience;
    next();
  };

/** The status of a request in log and metrics: the answer's, or 499 when the caller went away before the answer. */
export const statusOf = (res: ServerResponse): number =>
  res.writableFinished ? res.statusCode : clientGone().status;

/** Aborted when the caller goes away before the answer. The service then begins nothing more for them. */
export function disconnectionOf(res: Response): AbortSignal {
  const disconnected = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) disconnected.abort(clientGone());
  });
  return disconnected.signal;
}

/**
 * A body in small pieces while it arrives. After each piece other requests have their turn. When the reader stops, the rest is
 * read and dropped, so that the answer reaches a caller who is still sending.
 *
 * @throws Problem 499 when the caller goes away
 */
export async function* piecesOf(
  req: Request,
  res: Pick<Response, 'locals'>,
  disconnected: AbortSignal,
): AsyncGenerator<Buffer> {
  const patience = res.locals['patience'] as Patience;
  const chunks = req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    for await (const chunk of chunks) {
      patience.stop();
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        yield chunk.subarray(from, from + PIECE_BYTES);
        await setImmediate();
        disconnected.throwIfAborted();
      }
      patience.wait();
    }
  } catch (error) {
    throw req.destroyed ? clientGone() : error;
  } finally {
    patience.wait();
    req.resume();
  }
}

/** The charset that a Content-Type names, or UTF-8. */
export const charsetOf = (contentType = ''): string =>
  /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';

/** @throws Problem 415 for a body whose Content-Type names another charset than UTF-8 */
export const inUtf8: RequestHandler = (req, _res, next) => {
  if (!/^utf-?8$/.test(charsetOf(req.get('Content-Type')))) throw unsupportedEncoding();
  next();
};

/**
 * After the parser of a body. The parser skips a body that broke off while its caller was signed in; it must not pass for an empty one.
 *
 * @throws Problem 499 for such a body
 */
export const unbroken: RequestHandler = (req, _res, next) => {
  const hasBody = req.get('Content-Length') ?? req.get('Transfer-Encoding');
  if (hasBody !== undefined && !req.complete) throw clientGone();
  next();
};

/**
 * The object in a JSON body. No body counts as an empty object, so that the answer names the missing fields.
 *
 * @throws Problem 400 for bytes that are not UTF-8, for too deep nesting, for JSON that is no object
 */
export function jsonObjectOf(bytes: Uint8Array): object {
  const text = textOf(bytes);
  if (isTooDeep(text)) throw new Problem(400, 'too_deep', `Nest objects and lists at most ${DEEPEST} deep.`);
  const value = text === '' ? {} : parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformedJson();
  return value;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'not_utf8', 'Send the body as UTF-8 text.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedJson();
  }
}
