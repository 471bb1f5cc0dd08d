import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { leash } from './leash';
import { freePort } from './ports';
import { startProgram, startServer, type Program } from './process';

const tools = path.resolve(__dirname, '../../tools');

export interface PostgresServer {
  /** The address of its database `app`, with all migrations applied. */
  readonly url: string;
  /** SIGKILL to the server itself. */
  kill9(): Promise<void>;
  /** Stops the server in order and keeps its data; `restart` starts it again. */
  halt(): Promise<void>;
  /** Starts the server again on the same port and data. A running server is stopped first. */
  restart(): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** A separate PostgreSQL, durable as in production, for tests that kill it (1.5 s). Other tests use `freshDatabase()`. */
export async function postgresServer(): Promise<PostgresServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yollanma-postgres-'));
  fs.chmodSync(folder, 0o755); // the server may run as another user
  const port = await freePort();
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/app`;
  const pidOf = ({ output }: Program): number => (JSON.parse(output()) as { pid: number }).pid;
  let letGo = (): void => undefined;
  const start = async (): Promise<Program> => {
    const file = path.join(tools, 'postgres.mjs');
    const args = [file, path.join(folder, 'data'), `${port}`];
    const ready = (output: string) => output.includes('"pid"');
    const started = await startServer('PostgreSQL', () => startProgram(process.execPath, args, { ready }));
    letGo = leash(pidOf(started)); // PostgreSQL has a process group of its own
    return started;
  };
  const stop = async (): Promise<void> => {
    await program.stop();
    letGo();
  };
  let program = await start();
  execFileSync(process.execPath, [path.join(tools, 'migrate.mjs'), '--create'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'pipe',
  });
  return {
    url,
    async kill9() {
      process.kill(pidOf(program), 'SIGKILL');
      await stop();
    },
    halt: stop,
    async restart() {
      await stop();
      program = await start();
    },
    async stop() {
      await stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
