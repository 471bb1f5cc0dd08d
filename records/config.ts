import { z } from 'zod';

/** What the API, the worker and the tools have in common: where the record and Temporal are. */
export const commonConfig = z.object({
  DATABASE_URL: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.enum(['true', 'false']).optional(),
  SETTINGS_FILE: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** How to reach Temporal: with an API key always by TLS. */
export function temporalConnection(env: z.infer<typeof commonConfig>) {
  const tls =
    env.TEMPORAL_TLS === 'true' || (env.TEMPORAL_TLS === undefined && env.TEMPORAL_API_KEY !== undefined);
  return {
    address: env.TEMPORAL_ADDRESS,
    ...(tls && { tls: true }),
    ...(env.TEMPORAL_API_KEY && { apiKey: env.TEMPORAL_API_KEY }),
  };
}

/**
 * Reads a process's environment.
 *
 * @throws Error that names every variable that is missing or wrong
 */
export function readEnv<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  const empty = Object.entries(env).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(empty));
  if (!parsed.success) throw new Error(`configuration:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
