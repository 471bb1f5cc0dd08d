import type { Server } from './server';

/** Servers, each used by one world after another. A server takes seconds to start, and is slow while it is new. */
export interface Servers<S = Server> {
  /** Takes a server that nobody uses, or starts one. */
  take(): Promise<S>;
  /** Clears a server and keeps it for the next world, which continues its time. A server that cannot be cleared is stopped. */
  giveBack(server: S): Promise<void>;
  /** Stops a server that has too many executions for another world. */
  end(server: S): Promise<void>;
  stop(): Promise<void>;
}

/** @param start starts a new server */
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
