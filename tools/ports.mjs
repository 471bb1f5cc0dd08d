import net from 'node:net';

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A free TCP port of 127.0.0.1, chosen by the system. */
export const anyFreePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** `wanted`; if that port is taken, the next free port above it that is not in `except`. */
export async function freePortFrom(wanted, except = []) {
  for (let port = wanted; port < wanted + 200; port += 1) {
    if (!except.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port between ${wanted} and ${wanted + 199}`);
}
