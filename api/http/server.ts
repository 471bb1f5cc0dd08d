import { createServer, type RequestListener, type Server } from 'node:http';

const HEADERS_WITHIN_MS = 60_000;

/** The server of the API. `awaited` limits the time of a body, because it counts only the caller's time. */
export const serverOf = (app: RequestListener): Server =>
  createServer({ requestTimeout: 0, headersTimeout: HEADERS_WITHIN_MS }, app);
