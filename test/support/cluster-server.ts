import { makeNamespace, prepareStore, serverOn, smallFreePort } from '../../tools/cluster/temporal.mjs';
import { answers, type TemporalServer } from './dev-server';
import { startProgram, startServer, type Program } from './process';
import { temporalProgram } from './programs';

const NAMESPACE = 'default';

/**
 * A Temporal server as in a cluster (namespace `default`), with its store in databases of its own on a PostgreSQL (3 s).
 *
 * @param postgres the address of any database of the PostgreSQL
 */
export async function clusterServer(postgres: string): Promise<TemporalServer> {
  await prepareStore(postgres, temporalProgram('sql-tool'));
  const port = await smallFreePort();
  const address = `127.0.0.1:${port}`;
  const command = temporalProgram('cluster-server');
  const cli = temporalProgram('cli');
  const ready = () =>
    makeNamespace(cli, address, NAMESPACE).then(
      () => answers(address),
      () => false,
    );
  const start = (): Promise<Program> =>
    startServer('The Temporal server of a cluster', async () => {
      const { args, env } = await serverOn(postgres, port);
      return startProgram(command, args, { env, ready });
    });
  let program = await start();
  return {
    address,
    kill9: () => program.kill9(),
    halt: () => program.stop(),
    async restart() {
      await program.stop();
      program = await start();
    },
    stop: () => program.stop(),
  };
}
