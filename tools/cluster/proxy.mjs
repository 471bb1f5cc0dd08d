/**
 * `node tools/cluster/proxy.mjs <port> <address of an API> …`: a proxy before several APIs of one machine. Each request goes to the next
 * API whose `/readyz` answers 200. It tries no request twice, so a request that an API loses is seen.
 */
import http from 'node:http';

const ASK_EVERY_MS = 250;
const ASK_WITHIN_MS = 4000;
/** Headers that are about one connection, or that the proxy writes itself. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'x-forwarded-for']);

const [port, ...addresses] = process.argv.slice(2);
const apis = addresses.map((address) => ({
  url: new URL(address),
  agent: new http.Agent({ keepAlive: true }),
  isReady: false,
}));
let turn = 0;

/** The next API that takes requests, if there is one. */
function next() {
  const ready = apis.filter(({ isReady }) => isReady);
  return ready.at(turn++ % ready.length);
}

async function watch(api) {
  for (;;) {
    api.isReady = await fetch(new URL('/readyz', api.url), {
      signal: AbortSignal.timeout(ASK_WITHIN_MS),
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status === 200;
      },
      () => false,
    );
    await new Promise((resolve) => {
      setTimeout(resolve, ASK_EVERY_MS);
    });
  }
}

/** The headers for the other side, in pairs of name and value as they came. */
const passedOn = (raw) =>
  raw.flatMap((text, i) => (i % 2 === 0 && !OWN.has(text.toLowerCase()) ? [text, raw[i + 1]] : []));

function forward(request, response) {
  const api = next();
  if (!api) return refuse(response, 503, 'No API is ready.');
  const headers = passedOn(request.rawHeaders);
  if (request.headers['transfer-encoding']) headers.push('Transfer-Encoding', 'chunked');
  headers.push('X-Forwarded-For', request.socket.remoteAddress ?? '');
  const { hostname, port: apiPort } = api.url;
  const asked = http.request(
    { hostname, port: apiPort, agent: api.agent, method: request.method, path: request.url, headers },
    (answer) => {
      response.writeHead(answer.statusCode, passedOn(answer.rawHeaders));
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    },
  );
  asked.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `The API at ${api.url.host} did not answer: ${error.message}.`);
  });
  response.once('close', () => response.writableFinished || asked.destroy());
  request.pipe(asked);
}

function refuse(response, status, detail) {
  if (response.destroyed) return;
  const body = JSON.stringify({ status, title: 'The proxy has no answer', detail });
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(body);
}

for (const api of apis) void watch(api);
const server = http.createServer(forward).listen(Number(port), '127.0.0.1');
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
