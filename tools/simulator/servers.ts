import type { Server } from './server';

/** Servers, each used by one world after another: one takes seconds to start, and is slow while it is new. */
export interface Servers<S = Server> {
  /** One that nobody uses now. */
  take(): Promise<S>;
  /** Clears it and keeps it for the next, whose time goes on from where it stands; else stops it. */
  giveBack(server: S): Promise<void>;
  /** Stops one that has too much on it for another. */
  end(server: S): Promise<void>;
  stop(): Promise<void>;
}

/** @param start starts a new one */
export function reusedServers<S extends Pick<Server, 'clear' | 'stop'>>(start: () => Promise<S>): Servers<S> {
  const started = new Set<S>();
  const idle: S[] = [];
  const end = async (server: S) => {
    started.delete(server);
    await server.stop();
  };
  return {
    async take() {
      const kept = idle.pop();
      if (kept) return kept;
      const server = await start();
      started.add(server);
      return server;
    },
    async giveBack(server) {
      const isEmpty = await server.clear().then(
        () => true,
        () => false,
      );
      if (isEmpty) idle.push(server);
      else await end(server);
    },
    end,
    async stop() {
      for (const server of started) await end(server);
    },
  };
}
