import { z } from 'zod';
import { openDb } from '../../prisma/db';
import { steppingClock, systemClock } from '../../records/kernel/clock';
import { createSandbox } from './server';
import { keptWorld } from './world';

/*
 * Runs the sandbox registers until SIGINT or SIGTERM. The environment sets PORT (0: any free port) and HOST to listen on, API_URL and
 * WEBHOOK_SECRET for news, SANDBOX_FILE to keep the world over a restart, and CLOCK=stepping with DATABASE_URL for the clock of tests.
 */

const environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
    HOST: z.string().default('127.0.0.1'),
    API_URL: z.url().optional(),
    WEBHOOK_SECRET: z.string().min(1).optional(),
    SANDBOX_FILE: z.string().min(1).optional(),
    CLOCK: z.enum(['system', 'stepping']).default('system'),
    DATABASE_URL: z.string().default(''),
  })
  .refine((said) => said.API_URL === undefined || said.WEBHOOK_SECRET !== undefined, {
    message: 'API_URL needs WEBHOOK_SECRET',
  });

const main = async (): Promise<void> => {
  const { PORT, HOST, API_URL, WEBHOOK_SECRET, SANDBOX_FILE, CLOCK, DATABASE_URL } = environment.parse(
    process.env,
  );
  const webhook =
    API_URL === undefined || WEBHOOK_SECRET === undefined
      ? undefined
      : { url: API_URL.replace(/\/$/, ''), secret: WEBHOOK_SECRET };
  const { app } = createSandbox({
    clock: CLOCK === 'stepping' ? steppingClock(openDb(DATABASE_URL, 2)) : systemClock,
    webhook,
    ...(SANDBOX_FILE === undefined ? {} : await keptWorld(SANDBOX_FILE)),
  });
  const server = app.listen(PORT, HOST, (error) => {
    if (error) throw error;
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : PORT;
    console.log(`Sandbox registers: http://${HOST}:${port}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
};

main().catch((error: unknown) => {
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : error);
  process.exit(1);
});
