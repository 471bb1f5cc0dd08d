import type { Json, Tx } from '../../prisma/db';
import type { Actor } from '../../domain/roles';
import { Prisma } from '../../prisma/generated/client';
import type { RowKind } from '../../domain/pathways';
import { type Entries, insertOf, noEntries } from './entries';
import type { Refusal } from './refusal';
import { lockRow, type LockedRow, withItsWhole } from './rows';

/** The answer of a command as the API gives it: a status and a body. */
export interface Answer {
  status: number;
  body: Json;
}

/** A command as it was given. It is recorded before its workflow begins, and answered in the transaction that carries it out. */
export interface CommandOnRecord {
  id: string;
  name: string;
  subject: string;
  body: unknown;
  actor: Actor;
  /** The revision that an edit was made from, where the caller named one. */
  expects: number | null;
  /** The instant it was given. This instant decides whether it was in time, however late it is carried out. */
  at: Date;
  correlationId: string;
  /** The instant when an administrator had it tried again, after a defect. */
  retriedAt: Date | null;
}

/** `status` and `answer` are set once the command is done. */
type Recorded = CommandOnRecord & { state: string; status: number; answer: Json; person: string | null };

const columns = Prisma.sql`
  command.id, command.name, command.subject, command.body, command.actor, command.expects, command.at,
  command.correlation_id AS "correlationId", command.retried_at AS "retriedAt", command.state, command.status, command.answer,
  (SELECT person FROM officials WHERE id = command.actor ->> 'id') AS person`;

const commandOf = ({
  state,
  status,
  answer,
  actor,
  person,
  ...command
}: Recorded): CommandOnRecord & { answer?: Answer } => ({
  ...command,
  actor: { ...actor, person: person ?? actor.id },
  ...(state !== 'pending' && { answer: { status, body: answer } }),
});

/** Locks a command. It has an `answer` when it was carried out or refused before. */
export async function lockCommand(tx: Tx, id: string): Promise<CommandOnRecord & { answer?: Answer }> {
  const [row] = await tx.$queryRaw<Recorded[]>`
    SELECT ${columns} FROM commands AS command WHERE id = ${id} FOR UPDATE`;
  if (!row) throw new Error(`there is no command ${id}`);
  return commandOf(row);
}

/**
 * Locks a row, and before it the row that it is a part of, and then a command, in one statement.
 *
 * @throws Error when there is no such command
 */
export async function lockWithCommand(
  tx: Tx,
  kind: RowKind,
  id: string,
  commandId: string,
): Promise<{ row: LockedRow | undefined; command: CommandOnRecord & { answer?: Answer } }> {
  const [found] = await tx.$queryRaw<(Recorded & Omit<LockedRow, 'state'> & { rowState: string })[]>`
    SELECT ${columns}, it.state AS "rowState", it.rev, it.open, it.since
    FROM ${withItsWhole(kind)} CROSS JOIN commands AS command
    WHERE it.id = ${id} AND command.id = ${commandId} FOR UPDATE`;
  // There is no such row, or it is a part of none.
  if (!found) return { row: await lockRow(tx, kind, id), command: await lockCommand(tx, commandId) };
  const { rowState, rev, open, since, ...command } = found;
  return { row: { state: rowState, rev, open, since }, command: commandOf(command) };
}

/** The answer of a command that is done or failed, as it is on record. */
export async function recordedAnswer(
  tx: Pick<Tx, '$queryRaw'>,
  id: string,
): Promise<{ status: number; answer: unknown } | undefined> {
  const [row] = await tx.$queryRaw<{ status: number; answer: unknown }[]>`
    SELECT status, answer FROM commands WHERE id = ${id} AND state <> 'pending'`;
  return row;
}

const settles =
  (state: 'done' | 'failed') =>
  /**
   * @param entries that are written in the same statement
   * @param subject the row that the command has made
   */
  async (
    tx: Pick<Tx, '$executeRaw'>,
    id: string,
    { status, body }: Answer,
    at: Date,
    { entries = noEntries(), subject }: { entries?: Entries; subject?: string } = {},
  ): Promise<void> => {
    const insert = insertOf(entries);
    await tx.$executeRaw`
      ${insert ? Prisma.sql`WITH ${insert}` : Prisma.empty}
      UPDATE commands SET state = ${state}, status = ${status}, answer = ${JSON.stringify(body)}::jsonb, done_at = ${at},
        subject = coalesce(${subject ?? null}, subject)
      WHERE id = ${id}`;
  };

/** Records a command's one answer. */
export const answerCommand = settles('done');

/** Records that a defect answered a command: it can be tried again. */
export const failCommand = settles('failed');

/** The words of a refusal. A refusal by the state names the next owner of the row and the due day. */
export const detailOf = ({ code, detail }: Pick<Refusal, 'code' | 'detail'>, extra: Beside): string =>
  code === 'not_in_this_state' && extra.waitingFor ? `${detail} ${extra.waitingFor.words}` : detail;

/** What an answer says of the row beside the refusal. */
interface Beside {
  waitingFor?: { words: string } | null;
}

/** A refusal as a command's answer. */
export const answerOf = (refusal: Refusal, extra: Beside = {}): Answer => ({
  status: refusal.status,
  body: {
    code: refusal.code,
    detail: detailOf(refusal, extra),
    ...(refusal.errors.length > 0 && { errors: refusal.errors as Json }),
    ...extra,
  },
});
