import { z } from 'zod';
import type { Settings } from '../domain/settings';
import { commonConfig, readEnv, settingsOf } from '../records/kernel/config';

const count = z.coerce.number().int().min(0);

/** The API's environment variables beside the common ones, with their defaults. */
const environment = commonConfig
  .extend({
    PORT: count.max(65_535).default(8080),
    DATABASE_CONNECTIONS: count.min(1).default(10),
    WEBHOOK_SECRET: z.string().min(16),
    JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
    TOKEN_ISSUER: z.string().min(1).default('yollanma-development'),
    TOKEN_AUDIENCE: z.string().min(1).default('yollanma'),
    TOKEN_ISSUER_KEY: z.string().min(1).default('.data/issuer.json'),
    RATE_LIMIT_PER_MINUTE: count.default(3000),
    PUBLIC_LIMIT_PER_MINUTE: count.min(1).default(120),
    PROXIES: count.default(0),
    DRAIN_SECONDS: count.max(60).default(5),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.JWKS_URL !== undefined, {
    path: ['JWKS_URL'],
    message: 'is needed in production: set the address of the issuer’s keys',
  });

export type Config = z.output<typeof environment> & { settings: Settings };

/**
 * The API's configuration from environment variables.
 *
 * @throws Error with a line per variable or setting that is missing or wrong; values are not repeated
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = readEnv(environment, env);
  return { ...read, settings: settingsOf(read) };
}
