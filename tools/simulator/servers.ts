import type { Server } from './server';

/** Time-skipping servers, each used by one world after another: one takes seconds to start, and is slow while it is new. */
export interface Servers {
  /** One that nobody uses now. */
  take(): Promise<Server>;
  /** Clears it and keeps it for the next, whose time goes on from where it stands; else stops it. */
  giveBack(server: Server): Promise<void>;
  /** Stops one that has too much on it for another. */
  end(server: Server): Promise<void>;
  stop(): Promise<void>;
}

/** @param start starts a new one */
export function timeSkippingServers(start: () => Promise<Server>): Servers {
  const started = new Set<Server>();
  const idle: Server[] = [];
  const end = async (server: Server) => {
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
