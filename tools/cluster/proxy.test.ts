import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '../../test/support/eventually';
import { freePort } from '../../test/support/ports';
import { type Program, startProgram } from '../../test/support/process';

/** A server in place of an API. */
interface Double {
  name: string;
  server: Server;
  isReady: boolean;
  /** Whether it breaks the connection in place of an answer. */
  breaks: boolean;
}

const doubles: Double[] = [];
let proxy: Program;
let base: string;

async function double(name: string): Promise<Double> {
  const it: Double = { name, isReady: true, breaks: false, server: createServer() };
  it.server.on('request', (req, res) => {
    let body = '';
    req.on('data', (piece: Buffer) => (body += piece.toString()));
    req.on('end', () => {
      if (req.url === '/readyz') return void res.writeHead(it.isReady ? 200 : 503).end();
      if (it.breaks) return void req.socket.destroy();
      const said = { name, url: req.url, method: req.method, body, from: req.headers['x-forwarded-for'] };
      return void res.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => it.server.listen(0, '127.0.0.1', resolve));
  return it;
}

beforeAll(async () => {
  doubles.push(await double('first'), await double('second'));
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const apis = doubles.map(({ server }) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  proxy = await startProgram(process.execPath, [path.join(__dirname, 'proxy.mjs'), `${port}`, ...apis], {
    ready: () =>
      fetch(base).then(
        () => true,
        () => false,
      ),
  });
});
afterAll(async () => {
  await proxy.stop();
  for (const { server } of doubles) {
    server.close();
    server.closeAllConnections();
  }
});
beforeEach(async () => {
  for (const each of doubles) Object.assign(each, { isReady: true, breaks: false });
  await picked('first', 'second');
});

const asked = async (url: string, init?: RequestInit) => {
  const response = await fetch(base + url, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** Waits until the proxy sends requests to these APIs alone. */
const picked = (...names: string[]): Promise<unknown> =>
  eventually(async () => {
    const seen = new Set<unknown>();
    for (let n = 0; n < 4; n++) seen.add((await asked('/')).body['name']);
    return isDeepStrictEqual(seen, new Set<unknown>(names));
  });

test('the request and the answer pass as they are; the caller’s address is the proxy’s word', async () => {
  const { status, body } = await asked('/v1/cases?limit=5', {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'X-Forwarded-For': '10.0.0.1' },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    url: '/v1/cases?limit=5',
    method: 'POST',
    body: '{"a":1}',
    from: '127.0.0.1',
  });
});

test('a body in pieces passes', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const sending = request(`${base}/v1/import`, { method: 'POST' }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.on('end', () => resolve(text));
    }).once('error', reject);
    sending.write('one,');
    sending.end('two');
  });
  expect(JSON.parse(answer)).toMatchObject({ body: 'one,two' });
});

test('an API that is not ready gets no requests until it is ready again', async () => {
  Object.assign(doubles[0] ?? {}, { isReady: false });
  await expect(picked('second')).resolves.toBe(true);
  Object.assign(doubles[0] ?? {}, { isReady: true });
  await expect(picked('first', 'second')).resolves.toBe(true);
});

test('an API that breaks off is not hidden', async () => {
  Object.assign(doubles[0] ?? {}, { isReady: false });
  await picked('second');
  Object.assign(doubles[1] ?? {}, { breaks: true });
  expect(await asked('/')).toMatchObject({ status: 502, body: { title: 'The proxy has no answer' } });
});

test('without a ready API the answer is 503', async () => {
  for (const each of doubles) each.isReady = false;
  await eventually(async () => (await asked('/')).status === 503);
  expect(await asked('/')).toMatchObject({ status: 503, body: { detail: 'No API is ready.' } });
});
