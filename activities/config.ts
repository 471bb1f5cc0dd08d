import { z } from 'zod';
import { commonConfig, readEnv, temporalConnection } from '../records/config';

const workerConfig = commonConfig.extend({
  REGISTERS_URL: z.url().default('http://127.0.0.1:8090'),
  YAMMT_URL: z.url().optional(),
  TIEK_URL: z.url().optional(),
  NOTIFICATIONS_URL: z.url().optional(),
  REGISTER_TIMEOUT_MS: z.coerce.number().int().min(100).default(10_000),
  WORKER_CONNECTIONS: z.coerce.number().int().min(2).default(20),
  CACHED_WORKFLOWS: z.coerce.number().int().min(0).default(300),
  WORKFLOW_BUNDLE: z.string().optional(),
});

/**
 * The worker's configuration from its environment.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function readWorkerConfig(environment: NodeJS.ProcessEnv) {
  const env = readEnv(workerConfig, environment);
  const register = (url: string | undefined, name: string) => ({
    baseUrl: url ?? `${env.REGISTERS_URL}/${name}`,
    timeoutMs: env.REGISTER_TIMEOUT_MS,
  });
  return {
    databaseUrl: env.DATABASE_URL,
    temporal: temporalConnection(env),
    namespace: env.TEMPORAL_NAMESPACE,
    settingsFile: env.SETTINGS_FILE,
    logLevel: env.LOG_LEVEL,
    connections: env.WORKER_CONNECTIONS,
    cachedWorkflows: env.CACHED_WORKFLOWS,
    workflowBundle: env.WORKFLOW_BUNDLE,
    registers: {
      yammt: register(env.YAMMT_URL, 'yammt'),
      tiek: register(env.TIEK_URL, 'tiek'),
      notifications: register(env.NOTIFICATIONS_URL, 'notifications'),
    },
  };
}
