import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import type { Request, RequestHandler, Response } from 'express';
import { DEEPEST, isTooDeep } from './nesting';
import { clientGone, malformedJson, Problem, unsupportedEncoding } from './problem';

const PIECE_BYTES = 1024;

/** Cuts a caller off who keeps us waiting for a body. */
interface Patience {
  wait(): void;
  stop(): void;
}

/**
 * A body comes to its end within the limit, or the caller is cut off; of an upload that is read in pieces, each next piece.
 * The limit of Node's server counts the time in which we were not ready to read, too: `serverOf` turns it off.
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
      next(new Problem(408, 'too_slow', `Nothing came for ${withinMs / 1000} seconds.`));
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

/** The status that a request counts under: the answer's, or 499 when the caller went away before it. */
export const statusOf = (res: ServerResponse): number =>
  res.writableFinished ? res.statusCode : clientGone().status;

/** Aborted when the caller goes away before the answer: what nobody waits for is not begun. */
export function goneOf(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort(clientGone());
  });
  return gone.signal;
}

/**
 * A body as it comes, a little at a time; after each piece other requests have their turn. What is left when the reader
 * stops is read and forgotten, so that the answer reaches a caller who is still sending.
 *
 * @throws Problem 499 when the caller goes away
 */
export async function* piecesOf(
  req: Request,
  res: Pick<Response, 'locals'>,
  gone: AbortSignal,
): AsyncGenerator<Buffer> {
  const patience = res.locals['patience'] as Patience;
  const chunks = req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    for await (const chunk of chunks) {
      patience.stop();
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        yield chunk.subarray(from, from + PIECE_BYTES);
        await setImmediate();
        gone.throwIfAborted();
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

/** The charset that a Content-Type names; UTF-8 when it names none. */
export const charsetOf = (contentType = ''): string =>
  /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';

/** @throws Problem 415 for a body whose Content-Type names another charset than UTF-8 */
export const inUtf8: RequestHandler = (req, _res, next) => {
  if (!/^utf-?8$/.test(charsetOf(req.get('Content-Type')))) throw unsupportedEncoding();
  next();
};

/**
 * The object that a JSON body is; nothing at all is an empty one, which is told what it lacks.
 *
 * @throws Problem 400 for bytes that are not UTF-8, for what is nested too deep, for what is not a JSON object
 */
export function jsonObjectOf(bytes: Uint8Array): object {
  const text = textOf(bytes);
  if (isTooDeep(text))
    throw new Problem(400, 'too_deep', `Objects and lists are nested more than ${DEEPEST} deep.`);
  const value = text === '' ? {} : parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformedJson();
  return value;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'not_utf8', 'The body is not UTF-8 text.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedJson();
  }
}
