import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client';

/**
 * A client of the legal record.
 *
 * @param connectionString of PostgreSQL
 * @param connections the pool's size: at least as many as there are activity slots in the worker that uses it
 */
export const openDb = (connectionString: string, connections = 20) =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: connections, connectionTimeoutMillis: 3000 }),
  });

export type Db = ReturnType<typeof openDb>;
export type Tx = Prisma.TransactionClient;
export type Json = Prisma.InputJsonValue;
