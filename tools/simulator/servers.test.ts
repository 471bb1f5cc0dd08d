import { reusedServers } from './servers';

const serverThat = (clear: () => Promise<void>) => ({
  clear: jest.fn(clear),
  stop: jest.fn(() => Promise.resolve()),
});
const isCleared = () => serverThat(() => Promise.resolve());

test('a returned server is cleared and used again', async () => {
  const server = isCleared();
  const start = jest.fn(() => Promise.resolve(server));
  const servers = reusedServers(start);
  await servers.giveBack(await servers.take());
  expect(server.clear).toHaveBeenCalledTimes(1);
  expect(await servers.take()).toBe(server);
  expect(start).toHaveBeenCalledTimes(1);
  expect(server.stop).not.toHaveBeenCalled();
  await servers.stop();
  expect(server.stop).toHaveBeenCalledTimes(1);
});

test('a server that cannot be cleared is stopped and not used again', async () => {
  const broken = serverThat(() => Promise.reject(new Error('no connection')));
  const fresh = isCleared();
  const left = [broken];
  const servers = reusedServers(() => Promise.resolve(left.shift() ?? fresh));
  await servers.giveBack(await servers.take());
  expect(broken.stop).toHaveBeenCalledTimes(1);
  expect(await servers.take()).toBe(fresh);
  await servers.stop();
  expect(broken.stop).toHaveBeenCalledTimes(1);
});
