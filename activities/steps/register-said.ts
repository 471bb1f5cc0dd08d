import type { Prisma } from '../../prisma/generated/client';

/** A register's answer as a row keeps it: with its source, and without the raw words. */
export const registerSaid = (
  source: 'yammt' | 'register',
  { raw: _raw, ...answer }: { answer: string; raw?: string },
): Prisma.InputJsonObject => ({ source, ...answer });
