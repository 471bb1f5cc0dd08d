import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Response } from 'express';
import type { Reply } from './route';

/** Sends an answer. One in parts goes out as they come. A caller who goes away ends it. */
export async function send(res: Response, reply: Reply, disconnected: AbortSignal): Promise<void> {
  if (reply.parts) return sendParts(res, reply, reply.parts, disconnected);
  const { body, type } = reply;
  head(res, reply);
  if (body === undefined) res.end();
  else if (type !== undefined) res.send(body);
  else
    res
      .type('application/json')
      .send(
        JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
      );
}

/** The first part comes before the status, so that its failure is answered as a problem. After each part other requests have their turn. */
async function sendParts(
  res: Response,
  reply: Reply,
  parts: NonNullable<Reply['parts']>,
  disconnected: AbortSignal,
): Promise<void> {
  for await (const part of parts) {
    disconnected.throwIfAborted();
    if (!res.headersSent) head(res, reply);
    if (!res.write(part)) await once(res, 'drain', { signal: disconnected });
    await setImmediate();
  }
  res.end();
}

function head(res: Response, { status, body, type, headers = {} }: Reply): void {
  res.status(status).set('Cache-Control', 'no-store').set(headers).set(tagOf(body));
  if (type !== undefined) res.type(type);
}

/** The entity tag of an answer is the revision of the edited thing. */
const tagOf = (body: unknown): { ETag?: string } =>
  typeof body === 'object' && body !== null && 'revision' in body && typeof body.revision === 'number'
    ? { ETag: `"${body.revision}"` }
    : {};
