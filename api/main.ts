import { createRemoteJWKSet } from 'jose';
import { pino } from 'pino';
import { rowHandlers } from '../activities';
import { previewer } from '../activities/preview';
import { openDb } from '../prisma/db';
import { configuredClock } from '../records/kernel/clock';
import { temporalConnection } from '../records/kernel/config';
import { type Config, readConfig } from './config';
import { createApp } from './http/app';
import { bearerSignIn, KEPT_MS } from './http/auth';
import { devIssuer } from './http/dev-issuer';
import { emptied } from './http/outbox';
import { drained, serverOf } from './http/server';
import { temporalAt } from './http/workflows';

const STOP_WITHIN_MS = 12_000;

/** Runs the API until SIGTERM or SIGINT. Without database or Temporal it answers 503 until they are back. */
async function main(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL });
  const db = openDb(config.DATABASE_URL, config.DATABASE_CONNECTIONS);
  const clock = configuredClock(db);
  const temporal = temporalAt(temporalConnection(config), config.TEMPORAL_NAMESPACE);
  const issuer = { issuer: config.TOKEN_ISSUER, audience: config.TOKEN_AUDIENCE };
  const keys =
    config.JWKS_URL === undefined
      ? (await devIssuer(config.TOKEN_ISSUER_KEY, issuer)).keys
      : createRemoteJWKSet(new URL(config.JWKS_URL), { timeoutDuration: 4000 });

  const ending = new AbortController();
  const app = createApp({
    records: { db, clock, settings: config.settings },
    workflows: temporal.workflows,
    ...previewer(rowHandlers),
    signIn: bearerSignIn({ keys, ...issuer }, db, clock, KEPT_MS),
    log,
    webhookSecret: config.WEBHOOK_SECRET,
    limits: {
      perMinute: config.RATE_LIMIT_PER_MINUTE,
      narrowPerMinute: config.PUBLIC_LIMIT_PER_MINUTE,
    },
    proxies: config.PROXIES,
    ending: ending.signal,
  });
  const server = serverOf(app, ending.signal);
  server.listen(config.PORT, () => log.info({ port: config.PORT }, 'listening'));
  server.on('error', (error) => {
    log.fatal({ code: (error as NodeJS.ErrnoException).code }, 'cannot listen');
    process.exit(1);
  });

  const stop = async () => {
    log.info('stopping');
    const unnoticedMs = config.DRAIN_SECONDS * 1000;
    setTimeout(() => process.exit(1), unnoticedMs + STOP_WITHIN_MS).unref();
    await drained(server, ending, unnoticedMs);
    await emptied();
    await temporal.close();
    await db.$disconnect();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}

try {
  void main(readConfig(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
