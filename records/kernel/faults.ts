import { Prisma } from '../../prisma/generated/client';

/**
 * Tells what is out of reach for a while from what is a defect. Out of reach is tried again without limit; a defect is
 * recorded and put aside.
 */
export const isOutOfReach = (error: unknown): boolean =>
  [...codesIn(error)].some((code) => CODES.has(code) || SQL_CLASSES.some((start) => code.startsWith(start)));

/** Whether the database said it: its transaction has ended by it. */
export const isOfDatabase = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError ||
  error instanceof Prisma.PrismaClientUnknownRequestError;

/** What `pg` says, without a code, of a connection that is lost or cannot be had. */
const LOST_CONNECTION = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'timeout exceeded when trying to connect',
  'Query read timeout',
]);

/** Classes of SQLSTATE that pass: connection, transaction rolled back, no resources (disk, memory), the operator, the system. */
const SQL_CLASSES = ['08', '40', '53', '57P', '58'];

const CODES = new Set([
  // SQLSTATE: cancelled by a time limit, a lock that is not to be had, a standby that takes no writes.
  '57014',
  '55P03',
  '25006',
  // Prisma: no server, time-outs of the connection, the pool and the transaction, a conflict, too many connections.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
  // Prisma's driver adapter, by the kind of its error.
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
  'TransactionAlreadyClosed',
  // The network and the machine.
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENOSPC',
]);

const DEPTH = 6;

/** Every code that an error and its causes carry. */
function* codesIn(error: unknown, depth = 0): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > DEPTH) return;
  for (const name of ['code', 'errorCode', 'originalCode', 'kind'] as const) {
    const code = (error as Record<string, unknown>)[name];
    if (typeof code === 'string') yield code;
  }
  if (error instanceof Error && LOST_CONNECTION.has(error.message)) yield 'ConnectionClosed';
  if (
    error instanceof Prisma.PrismaClientInitializationError ||
    error instanceof Prisma.PrismaClientRustPanicError
  )
    yield 'P1001';
  for (const name of ['cause', 'meta', 'driverAdapterError'] as const)
    yield* codesIn((error as Record<string, unknown>)[name], depth + 1);
}
