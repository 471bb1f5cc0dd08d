import type { Json, Tx } from '../../prisma/db';
import type { Actor } from '../../domain/roles';
import type { Refusal } from './refusal';

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
type Recorded = CommandOnRecord & { state: string; status: number; answer: Json };

/** Locks a command. It has an `answer` when it was carried out or refused before. */
export async function lockCommand(tx: Tx, id: string): Promise<CommandOnRecord & { answer?: Answer }> {
  const [row] = await tx.$queryRaw<Recorded[]>`
    SELECT id, name, subject, body, actor, expects, at, correlation_id AS "correlationId",
           retried_at AS "retriedAt", state, status, answer
    FROM commands WHERE id = ${id} FOR UPDATE`;
  if (!row) throw new Error(`there is no command ${id}`);
  const { state, status, answer, ...command } = row;
  return { ...command, ...(state !== 'pending' && { answer: { status, body: answer } }) };
}

const settles =
  (state: 'done' | 'failed') =>
  async (tx: Pick<Tx, 'command'>, id: string, answer: Answer, at: Date): Promise<void> => {
    await tx.command.update({
      where: { id },
      data: { state, status: answer.status, answer: answer.body, doneAt: at },
    });
  };

/** Records a command's one answer. */
export const answerCommand = settles('done');

/** Records that a defect answered a command: it can be tried again. */
export const failCommand = settles('failed');

/** The words of a refusal. A refusal by the state says whom the row waits for, and until when. */
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
