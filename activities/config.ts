import { z } from 'zod';
import { commonConfig, readEnv, settingsOf, temporalConnection } from '../records/kernel/config';

const workerConfig = commonConfig.extend({
  /** The base address of all registers: a gateway or the sandbox. Outside production the sandbox is the default. */
  REGISTERS_URL: z.url().optional(),
  YAMMT_URL: z.url().optional(),
  TIEK_URL: z.url().optional(),
  TAX_URL: z.url().optional(),
  TREASURY_URL: z.url().optional(),
  NOTIFICATIONS_URL: z.url().optional(),
  SELF_EMPLOYED_URL: z.url().optional(),
  ENTREPRENEUR_URL: z.url().optional(),
  FARM_URL: z.url().optional(),
  REGISTER_TIMEOUT_MS: z.coerce.number().int().min(100).default(10_000),
  WORKER_CONNECTIONS: z.coerce.number().int().min(2).default(20),
  CACHED_WORKFLOWS: z.coerce.number().int().min(0).default(300),
  WORKFLOW_BUNDLE: z.string().optional(),
});

const SANDBOX = 'http://127.0.0.1:8090';

const registerUrls = [
  'YAMMT_URL',
  'TIEK_URL',
  'TAX_URL',
  'TREASURY_URL',
  'NOTIFICATIONS_URL',
  'SELF_EMPLOYED_URL',
  'ENTREPRENEUR_URL',
  'FARM_URL',
] as const;

const environment = workerConfig.superRefine((env, context) => {
  if (env.NODE_ENV !== 'production') return;
  if (env.SERVICE_CONTACT === undefined)
    context.addIssue({
      code: 'custom',
      path: ['SERVICE_CONTACT'],
      message: 'is needed in production: the telephone or address that messages name',
    });
  if (env.REGISTERS_URL !== undefined) return;
  for (const name of registerUrls)
    if (env[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'or REGISTERS_URL is needed in production' });
});

/**
 * The worker's configuration from its environment.
 *
 * @throws Error with a line for each missing or wrong variable; the line does not repeat the value
 */
export function readWorkerConfig(given: Readonly<Record<string, string | undefined>>) {
  const env = readEnv(environment, given);
  const register = (url: string | undefined, name: string) => ({
    baseUrl: url ?? `${env.REGISTERS_URL ?? SANDBOX}/${name}`,
    timeoutMs: env.REGISTER_TIMEOUT_MS,
  });
  return {
    databaseUrl: env.DATABASE_URL,
    temporal: temporalConnection(env),
    namespace: env.TEMPORAL_NAMESPACE,
    settings: settingsOf(env),
    logLevel: env.LOG_LEVEL,
    connections: env.WORKER_CONNECTIONS,
    cachedWorkflows: env.CACHED_WORKFLOWS,
    workflowBundle: env.WORKFLOW_BUNDLE,
    registers: {
      yammt: register(env.YAMMT_URL, 'yammt'),
      tiek: register(env.TIEK_URL, 'tiek'),
      tax: register(env.TAX_URL, 'tax'),
      treasury: register(env.TREASURY_URL, 'treasury'),
      notifications: register(env.NOTIFICATIONS_URL, 'notifications'),
      self_employed: register(env.SELF_EMPLOYED_URL, 'self_employed'),
      entrepreneur: register(env.ENTREPRENEUR_URL, 'entrepreneur'),
      farm: register(env.FARM_URL, 'farm'),
    },
  };
}
