import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { freePort } from './ports';
import { startProgram, type Program } from './process';

const tools = path.resolve(__dirname, '../../tools');

export interface PostgresServer {
  /** The address of its database `app`, with all migrations applied. */
  readonly url: string;
  /** SIGKILL to the server itself. */
  kill9(): Promise<void>;
  /** Stops it in order, keeping its data; `restart` starts it again. */
  halt(): Promise<void>;
  /** Starts it again on the same port and data, stopping it first if it runs. */
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** A PostgreSQL of its own, durable as in production, for tests that kill it (1.5 s). Others use `freshDatabase()`. */
export async function postgresServer(): Promise<PostgresServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yollanma-postgres-'));
  fs.chmodSync(folder, 0o755); // the server may run as another user
  const port = await freePort();
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/app`;
  const start = (): Promise<Program> =>
    startProgram(process.execPath, [path.join(tools, 'postgres.mjs'), path.join(folder, 'data'), `${port}`], {
      ready: (output) => output.includes('"pid"'),
    });
  let program = await start();
  execFileSync(process.execPath, [path.join(tools, 'migrate.mjs'), '--create'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'pipe',
  });
  return {
    url,
    async kill9() {
      const { pid } = JSON.parse(program.output()) as { pid: number };
      process.kill(pid, 'SIGKILL');
      await program.stop();
    },
    halt: () => program.stop(),
    async restart() {
      await program.stop();
      program = await start();
    },
    async stop() {
      await program.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
