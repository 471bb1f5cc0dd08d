import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registersAt } from '../../registers/registers';
import { later } from '../../registers/sandbox/duration';
import { createSandbox } from '../../registers/sandbox/server';
import type { Webhook } from '../../registers/sandbox/webhooks';
import type { World } from '../../registers/sandbox/world';

/** A payment order for the treasury's adapter. */
export const paymentOrder = {
  key: 'S-000001-2023-02/1',
  amount: 510_000n,
  account: '20208000900000000018',
  mfo: '00014',
  holderStir: '300000018',
  purpose: 'Wage subsidy S-000001 for 2023-02',
  fund: 'employment' as const,
  line: 'hire_pwd-1726-2023',
};

/** A clock that only the test moves. */
export const manualClock = (from: string) => {
  let now = new Date(from);
  return {
    now: () => Promise.resolve(now),
    /** @param duration such as `3h`, `7d`, `6mo` */
    pass: (duration: string): void => void (now = later(now, duration)),
    set: (to: Date): void => void (now = to),
  };
};

/**
 * The sandbox registers on a free port, with a clock to move and adapters to them.
 *
 * @returns among others `registers`, adapters that wait long enough for a busy machine, and `impatient` adapters, for answers that
 *   come too late
 */
export const startSandbox = async ({
  from = '2023-03-01T09:00:00+05:00',
  webhook,
  world,
}: { from?: string; webhook?: Webhook; world?: World } = {}) => {
  const clock = manualClock(from);
  const sandbox = createSandbox({ clock, webhook, ...(world && { world }) });
  const server = createServer((request, response) => void sandbox.app(request, response));
  const url = await listening(server);
  return {
    ...sandbox,
    url,
    clock,
    registers: registersAt(url, 20_000),
    impatient: registersAt(url, 300),
    close: () => closed(server),
  };
};

/** A server on a free port for the registers' news. It keeps the news, and answers with `statuses` in turn, then 200. */
export const listenForNews = async () => {
  const received: { path: string; signature: string | undefined; body: string }[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { 'x-register-signature': signature } = request.headers;
      received.push({ path: request.url ?? '', signature: signature?.toString(), body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  return { url: await listening(server), received, statuses, close: () => closed(server) };
};

/** A server that answers every request in one way. */
export const answeringAlways = async (status: number, body: string) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  return { url: await listening(server), close: () => closed(server) };
};

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
