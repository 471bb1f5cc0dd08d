import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defaultSettings, type Settings } from '../domain/settings';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const count = z.coerce.number().int().min(0);

/** The API's environment: every variable it reads, with what holds when it is not set. */
const environment = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: count.max(65_535).default(8080),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_CONNECTIONS: count.min(1).default(10),
    TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
    TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
    TEMPORAL_TLS: flag.default(false),
    TEMPORAL_API_KEY: z.string().min(1).optional(),
    WEBHOOK_SECRET: z.string().min(16),
    JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
    TOKEN_ISSUER: z.string().min(1).default('yollanma-development'),
    TOKEN_AUDIENCE: z.string().min(1).default('yollanma'),
    TOKEN_ISSUER_KEY: z.string().min(1).default('.data/issuer.json'),
    SETTINGS_FILE: z.string().min(1).optional(),
    RATE_LIMIT_PER_MINUTE: count.default(3000),
    PROXIES: count.default(0),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.JWKS_URL !== undefined, {
    path: ['JWKS_URL'],
    message: 'is needed in production: the address of the issuer’s keys',
  });

export type Config = z.output<typeof environment> & { settings: Settings };

/**
 * The configuration from environment variables; an empty one counts as not set.
 *
 * @throws Error with a line per variable that is missing or wrong; values are not repeated
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not complete:\n${wrong.join('\n')}`);
  }
  return { ...read.data, settings: settingsOf(read.data.SETTINGS_FILE) };
}

/** Single values replaced by a deployment; what it does not name stays as it is. */
function settingsOf(file: string | undefined): Settings {
  if (file === undefined) return defaultSettings;
  const given = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
  const unknown = Object.keys(given).find((name) => !(name in defaultSettings));
  if (unknown !== undefined) throw new Error(`${file}: there is no setting ${unknown}`);
  const { lengths = {}, ...rest } = given as Partial<Settings>;
  return { ...defaultSettings, ...rest, lengths: { ...defaultSettings.lengths, ...lengths } };
}
