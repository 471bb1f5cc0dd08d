import { z } from 'zod';
import type { Settings } from '../../domain/settings';
import { languages } from '../../domain/words/languages';
import { readSettings } from './settings';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The configuration that the API, the worker and the tools share: the addresses of the record and of Temporal. */
export const commonConfig = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  TEMPORAL_TLS: flag.default(false),
  SETTINGS_FILE: z.string().min(1).optional(),
  DEFAULT_LANGUAGE: z.enum(languages).optional(),
  SERVICE_CONTACT: z.string().min(1).max(60).optional(),
});

type Common = z.output<typeof commonConfig>;

/** The connection to Temporal. With an API key it always uses TLS. */
export const temporalConnection = ({
  TEMPORAL_ADDRESS,
  TEMPORAL_TLS,
  TEMPORAL_API_KEY,
}: Pick<Common, 'TEMPORAL_ADDRESS' | 'TEMPORAL_TLS' | 'TEMPORAL_API_KEY'>) => ({
  address: TEMPORAL_ADDRESS,
  ...((TEMPORAL_TLS || TEMPORAL_API_KEY !== undefined) && { tls: true as const }),
  ...(TEMPORAL_API_KEY !== undefined && { apiKey: TEMPORAL_API_KEY }),
});

/**
 * The settings of the API and the worker: our defaults, the settings file, and the environment's language and contact.
 *
 * @throws Error that names the setting that is wrong
 */
export const settingsOf = ({ SETTINGS_FILE, DEFAULT_LANGUAGE, SERVICE_CONTACT }: Common): Settings => ({
  ...readSettings(SETTINGS_FILE),
  ...(DEFAULT_LANGUAGE && { language: DEFAULT_LANGUAGE }),
  ...(SERVICE_CONTACT !== undefined && { contact: SERVICE_CONTACT }),
});

/**
 * A process's configuration from its environment variables. An empty variable counts as not set.
 *
 * @throws Error with a line for each variable that is missing or wrong. The line does not repeat the value
 */
export function readEnv<T extends z.ZodType>(
  schema: T,
  env: Readonly<Record<string, string | undefined>>,
): z.output<T> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const wrong = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not complete:\n${wrong.join('\n')}`);
}
