import { createServer, type RequestListener, type Server } from 'node:http';

const HEADERS_WITHIN_MS = 60_000;

/** The server of the API. How long a body may take is told by `awaited`, which knows who is slow. */
export const serverOf = (app: RequestListener): Server =>
  createServer({ requestTimeout: 0, headersTimeout: HEADERS_WITHIN_MS }, app);
