import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { freePort, isListening } from './ports';
import { startProgram, startServer, type Program } from './process';
import { temporalProgram } from './programs';

export interface TemporalServer {
  /** host:port */
  readonly address: string;
  /** SIGKILL. */
  kill9(): Promise<void>;
  /** Stops the server in order and keeps its store; `restart` starts it again. */
  halt(): Promise<void>;
  /** Starts the server again on the same address and store. A running server is stopped first. */
  restart(): Promise<void>;
  /** Stops the server and removes its store. */
  stop(): Promise<void>;
}

export interface DevServer extends TemporalServer {
  /** The server's store: an SQLite file (with -wal and -shm beside it). It may be copied or deleted while the server is down. */
  readonly databaseFile: string;
  /** Deletes the store. Only while the server is down. */
  lose(): void;
}

/**
 * A real Temporal server (`temporal server start-dev`, namespace `default`) on free ports, with its store in a file (0.5 s).
 *
 * @param putStore puts the first store there
 */
export async function devServer(putStore?: (databaseFile: string) => void): Promise<DevServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yollanma-temporal-'));
  const databaseFile = path.join(folder, 'temporal.sqlite');
  putStore?.(databaseFile);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const listen = ['--ip', '127.0.0.1', '--port', `${port}`];
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--log-level',
    'error',
    '--db-filename',
    databaseFile,
    ...listen,
  ];
  const cli = temporalProgram('cli');
  const ready = () => answers(address);
  // The server has crashed at its start once before.
  const start = (): Promise<Program> =>
    startServer('The Temporal server', () => startProgram(cli, args, { ready }));
  let program = await start();
  return {
    address,
    databaseFile,
    kill9: () => program.kill9(),
    halt: () => program.stop(),
    lose: () => storeFiles(databaseFile).forEach((file) => fs.rmSync(file, { force: true })),
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

/** The files of a store, by the name of the first. */
export const storeFiles = (databaseFile: string): string[] =>
  ['', '-wal', '-shm'].map((end) => databaseFile + end);

/** Whether a Temporal server answers at the address. */
export async function answers(address: string): Promise<boolean> {
  try {
    if (!(await isListening(address))) return false;
    const connection = await Connection.connect({ address, connectTimeout: '20s' });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}
