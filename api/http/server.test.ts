import { Agent, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { drained, serverOf } from './server';

let server: Server;
let ending: AbortController;
const agent = new Agent({ keepAlive: true });

beforeEach(async () => {
  ending = new AbortController();
  const app = express();
  app.get('/soon', (_req, res) => void res.json('answered'));
  app.get('/later', async (_req, res) => {
    await pause(500);
    res.json('answered');
  });
  server = serverOf(app, ending.signal);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => server.closeAllConnections());

const asked = (path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ port, path, agent }, (answer) => {
      answer.resume().once('end', () => resolve(answer));
    }).once('error', reject);
  });

test('while the proxies do not know yet, a server that ends answers and closes each connection', async () => {
  expect((await asked('/soon')).headers.connection).toBe('keep-alive');
  const ended = drained(server, ending, 300);
  expect((await asked('/soon')).headers.connection).toBe('close');
  expect((await asked('/soon')).statusCode).toBe(200);
  await ended;
  expect(server.listening).toBe(false);
});

test('an answer under way is finished, and nobody waits for its idle connection', async () => {
  const later = asked('/later');
  await pause(50);
  const began = performance.now();
  const ended = drained(server, ending, 0);
  expect((await later).statusCode).toBe(200);
  await ended;
  expect(performance.now() - began).toBeLessThan(3000);
});
