import { createHash } from 'node:crypto';
import type { FieldError } from '../../domain/field-error';
import type { Json, Tx } from '../../prisma/db';
import { Prisma, type Command } from '../../prisma/generated/client';
import { insertInto } from '../../records/kernel/writing';
import { Problem } from './problem';
import { repeated } from './repeated';
import type { Ctx, Reply } from './route';

/** Commands on record: a key is used once, and its repetition is answered as before. */

export const REPLAYED = { 'Idempotent-Replayed': 'true' };

/** The command already given under this key, with the answer for its repetition. */
export async function recordedCommand(ctx: Ctx, body: Json): Promise<Command | null> {
  const { id, bodyHash } = identityOf(ctx, body);
  const known = await ctx.records.db.command.findUnique({ where: { id } });
  if (known && known.bodyHash !== bodyHash)
    throw new Problem(409, 'key_reused', 'This Idempotency-Key was used for another body. Send a new key.');
  return known && repeated(ctx, known);
}

export async function mustBeRecorded(ctx: Ctx, body: Json): Promise<Command> {
  const command = await recordedCommand(ctx, body);
  if (!command) throw new Error('the command is not recorded');
  return command;
}

/** A command on record. The first with its key was inserted; another one was there before. */
export interface Inserted {
  command: Given;
  isNew: boolean;
}

export type Given = Pick<Command, 'id' | 'subject' | 'name' | 'state'> & Answered;

/** Records a command. Of several with the same key the first one is kept, and answers them all. */
export async function insertCommand(
  ctx: Ctx,
  body: Json,
  data: Prisma.CommandCreateManyInput,
): Promise<Inserted> {
  if (!(await isInserted(ctx.records.db, data)))
    return { command: await mustBeRecorded(ctx, body), isNew: false };
  const { id, subject, name, state, status = null, answer = null } = data;
  return { command: { id, subject, name, state, status, answer }, isNew: true };
}

/** Inserts a command unless its key was used. An insertion by another transaction is awaited. */
export const isInserted = (
  tx: Pick<Tx, '$executeRaw'>,
  data: Prisma.CommandCreateManyInput,
): Promise<boolean> => insertInto(tx, 'commands', data, Prisma.sql`ON CONFLICT DO NOTHING`);

export const rowFor = (ctx: Ctx, { subject, name, body }: { subject: string; name: string; body: Json }) => ({
  ...identityOf(ctx, body),
  callerId: ctx.actor.id,
  route: ctx.route,
  key: ctx.key,
  subject,
  name,
  body,
  actor: ctx.actor as Json,
  expects: ctx.expects ?? null,
  at: ctx.now,
  correlationId: ctx.correlationId,
});

const identityOf = (ctx: Ctx, body: Json) => ({
  id: sha256([ctx.actor.id, ctx.route, ctx.key].join('\n')).slice(0, 32),
  bodyHash: sha256(canonical(body) + (ctx.expects === undefined ? '' : ` of revision ${ctx.expects}`)),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with the members of every object in alphabetical order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

interface Refused {
  code?: string;
  detail?: string;
  errors?: FieldError[];
}

type Answered = { status: number | null; answer: unknown };

/** @throws Problem when the recorded answer is a refusal */
export function replyOf({ status, answer }: Answered, headers: Record<string, string> = {}): Reply {
  if (status === null) throw new Error('the command has no answer');
  if (status < 400) return { status, body: answer, headers };
  const { code = 'refused', detail = '', errors = [], ...more } = answer as Refused;
  throw new Problem(status, code, detail, { errors, more, headers });
}
