import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const HEADERS_WITHIN_MS = 60_000;
/** Longer than a proxy keeps an idle connection. Otherwise the proxy may send a request at the instant at which it is closed here. */
const IDLE_MS = 75_000;

/**
 * The server of the API. `awaited` limits the time of a body, because it counts only the caller's time.
 *
 * @param ending after it each answer closes its connection
 */
export function serverOf(app: RequestListener, ending: AbortSignal): Server {
  const server = createServer(
    { requestTimeout: 0, headersTimeout: HEADERS_WITHIN_MS, keepAliveTimeout: IDLE_MS },
    app,
  );
  return server.prependListener('request', (_req, res) => {
    if (ending.aborted) res.shouldKeepAlive = false;
  });
}

/**
 * Ends a server without the loss of a request. `/readyz` answers 503 from now on, and everything else is answered. Once the proxies have
 * seen that, no new connection is taken. The last answers are finished.
 *
 * @param unnoticedMs the time until every proxy has seen it
 */
export async function drained(server: Server, ending: AbortController, unnoticedMs: number): Promise<void> {
  ending.abort();
  await pause(unnoticedMs);
  server.keepAliveTimeout = 1; // for the connections of the last answers
  await new Promise((resolve) => server.close(resolve));
}
