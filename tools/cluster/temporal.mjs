/** A Temporal server as in a cluster: `temporal-server` with a PostgreSQL as its store. */
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePortFrom } from '../ports.mjs';
import { run } from '../processes.mjs';

/** The number of history shards. It is fixed with the store's first start. */
export const SHARDS = 4;
/** The days for which the namespace keeps closed executions. */
const KEPT_DAYS = 30;

const STORES = { temporal: 'temporal', temporal_visibility: 'visibility' };
const PORTS = ['HISTORY_GRPC', 'MATCHING_GRPC', 'WORKER_GRPC', 'FRONTEND_HTTP'].concat(
  ['FRONTEND', 'HISTORY', 'MATCHING', 'WORKER'].map((service) => `${service}_MEMBERSHIP`),
);
/** The store keeps a port in 16 bits with a sign. The system's own free ports are higher. */
const SMALL_PORTS = [10_000, 30_000];
const dynamicConfig = fileURLToPath(new URL('../../docker/temporal/dynamic.yaml', import.meta.url));

/**
 * Makes or upgrades the two databases of the server with its own tool.
 *
 * @param {string} postgres the address of any database of the PostgreSQL
 * @param {string} sqlTool the program `temporal-sql-tool`
 */
export async function prepareStore(postgres, sqlTool) {
  const { hostname, port, username, password } = new URL(postgres);
  const place = ['--plugin', 'postgres12', '--ep', hostname, '-p', port, '-u', username];
  for (const [database, schema] of Object.entries(STORES)) {
    const tool = (...args) =>
      run(sqlTool, [...place, '--db', database, ...args], {
        env: { ...process.env, SQL_PASSWORD: password },
        seconds: 120,
      });
    await tool('create');
    await tool('setup-schema', '-v', '0.0');
    await tool('update-schema', '--schema-name', path.posix.join('postgresql/v12', schema));
  }
}

/** A free port that the store can keep. */
export const smallFreePort = (except = []) => freePortFrom(randomInt(...SMALL_PORTS), except);

/**
 * How to start the server, with all its services in one process.
 *
 * @param {string} postgres the address of any database of the PostgreSQL
 * @param {number} port the port of its clients, below 32768
 * @returns {Promise<{ args: string[], env: NodeJS.ProcessEnv }>}
 */
export async function serverOn(postgres, port) {
  const { hostname, port: postgresPort, username, password } = new URL(postgres);
  const ports = {};
  for (const name of PORTS) {
    ports[`${name}_PORT`] = await smallFreePort([port, ...Object.values(ports)]);
  }
  return {
    args: ['--allow-no-auth', 'start'],
    env: {
      ...process.env,
      ...ports,
      FRONTEND_GRPC_PORT: String(port),
      BIND_ON_IP: '127.0.0.1',
      TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
      DB: 'postgres12',
      POSTGRES_SEEDS: hostname,
      DB_PORT: postgresPort,
      POSTGRES_USER: username,
      POSTGRES_PWD: password,
      NUM_HISTORY_SHARDS: String(SHARDS),
      DYNAMIC_CONFIG_FILE_PATH: dynamicConfig,
      LOG_LEVEL: 'warn',
    },
  };
}

/**
 * Makes the namespace, if it does not exist. It fails until the server answers.
 *
 * @param {string} cli the program `temporal`
 */
export async function makeNamespace(cli, address, namespace) {
  const operator = (...args) =>
    run(cli, ['operator', 'namespace', ...args, '-n', namespace, '--address', address], { seconds: 30 });
  await operator('describe').catch(() => operator('create', '--retention', `${KEPT_DAYS}d`));
}
