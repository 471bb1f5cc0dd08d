import { Prisma } from '../../prisma/generated/client';

/**
 * Tells whether the database, Temporal, the network or the machine is out of reach for a while. Such an error is tried again without
 * limit. Every other error is a defect: it is recorded and put aside.
 */
export const isOutOfReach = (error: unknown): boolean =>
  [...codesIn(error)].some((code) => CODES.has(code) || isOfClass(code));

/** Whether two transactions were in each other's way: the one that was rolled back is tried again at once. */
export const isContention = (error: unknown): boolean =>
  [...codesIn(error)].some((code) => CONTENTION.includes(code));

/** The words of `pg`, without a code, for a connection that is lost or cannot be had. */
const LOST_CONNECTION = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'timeout exceeded when trying to connect',
  'Query read timeout',
]);

/** The words of gRPC, without a code, for a channel that cannot be had. */
const LOST_CHANNEL = new Set([
  'Failed to connect before the deadline',
  'The channel has been closed',
  'Channel has been shut down',
]);

/**
 * The codes of gRPC that pass, by number. Every other answer of Temporal is a refusal of this one call, which no other try
 * changes: an argument, a limit.
 */
const GRPC: ReadonlyMap<number, string> = new Map([
  [1, 'CANCELLED'],
  [2, 'UNKNOWN'],
  [4, 'DEADLINE_EXCEEDED'],
  [7, 'PERMISSION_DENIED'],
  [8, 'RESOURCE_EXHAUSTED'],
  [10, 'ABORTED'],
  [13, 'INTERNAL'],
  [14, 'UNAVAILABLE'],
  [16, 'UNAUTHENTICATED'],
]);

/** A SQLSTATE has five characters. The first two are its class. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Classes of SQLSTATE that pass: connection, authorization to connect, transaction rolled back, resources, system. */
const SQL_CLASSES = new Set(['08', '28', '40', '53', '58']);

const isOfClass = (code: string): boolean => SQLSTATE.test(code) && SQL_CLASSES.has(code.slice(0, 2));

/** SQLSTATE: serialization, deadlock. Prisma: the same, by its code and by its driver adapter's kind. */
const CONTENTION: readonly string[] = ['40001', '40P01', 'P2034', 'TransactionWriteConflict'];

const CODES: ReadonlySet<string> = new Set([
  ...CONTENTION,
  // SQLSTATE: no such database (yet), cancelled by a time limit, a lock held by another, a standby, an idle transaction ended.
  '3D000',
  '57014',
  '55P03',
  '25006',
  '25P03',
  '25P04',
  // SQLSTATE: stopped by the operator, crashed, starting, database dropped, idle session ended.
  '57P01',
  '57P02',
  '57P03',
  '57P04',
  '57P05',
  // Prisma: no server, refused, no database, time-outs of connection, pool and transaction, too many connections.
  'P1000',
  'P1001',
  'P1002',
  'P1003',
  'P1008',
  'P1010',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
  // Prisma's driver adapter, by the kind of its error.
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
  'TransactionAlreadyClosed',
  // Temporal: by gRPC's code, and errors of its client that carry none (no such namespace yet).
  ...GRPC.values(),
  'NamespaceNotFoundError',
  'WorkflowUpdateRPCTimeoutOrCancelledError',
  // The network and the machine.
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
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
  if (isGrpc(error)) yield GRPC.get(error.code) ?? '';
  if (error instanceof Error) {
    yield error.name;
    if (LOST_CONNECTION.has(error.message)) yield 'ConnectionClosed';
    if (LOST_CHANNEL.has(error.message)) yield 'UNAVAILABLE';
  }
  if (
    error instanceof Prisma.PrismaClientInitializationError ||
    error instanceof Prisma.PrismaClientRustPanicError
  )
    yield 'P1001';
  for (const name of ['cause', 'meta', 'driverAdapterError'] as const)
    yield* codesIn((error as Record<string, unknown>)[name], depth + 1);
}

/** An error of gRPC has a number for its code, and metadata. */
const isGrpc = (error: object): error is { code: number } =>
  'metadata' in error && 'code' in error && typeof error.code === 'number';
