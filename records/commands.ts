import type { Json, Tx } from '../prisma/db';
import type { Actor } from '../domain/roles';
import type { Refusal } from './refusal';

/** The answer of a command as the API gives it: a status and a body. */
export interface Answer {
  status: number;
  body: Json;
}

/** A command as it was given: recorded before its workflow hears of it, answered in the transaction that carries it out. */
export interface GivenCommand {
  id: string;
  name: string;
  subject: string;
  body: unknown;
  actor: Actor;
  /** The instant it was given: what decides whether it was in time, whenever it is carried out. */
  at: Date;
  correlationId: string;
}

/** The ids of a row's commands that have no answer yet, in the order in which they were given; those before an instant. */
export async function pendingCommands(
  db: Pick<Tx, 'command'>,
  subject: string,
  before?: Date,
): Promise<string[]> {
  const pending = await db.command.findMany({
    where: { subject, state: 'pending', ...(before && { at: { lt: before } }) },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  return pending.map(({ id }) => id);
}

/** Locks a command; `answer` is there when it has been carried out or refused before. */
export async function takeCommand(tx: Tx, id: string): Promise<GivenCommand & { answer?: Answer }> {
  await tx.$queryRaw`SELECT id FROM commands WHERE id = ${id} FOR UPDATE`;
  const row = await tx.command.findUniqueOrThrow({ where: { id } });
  return {
    id,
    name: row.name,
    subject: row.subject,
    body: row.body,
    actor: row.actor as Actor,
    at: row.at,
    correlationId: row.correlationId,
    ...(row.state === 'done' && { answer: { status: row.status ?? 200, body: row.answer as Json } }),
  };
}

/** Records a command's one answer. */
export async function answerCommand(
  tx: Pick<Tx, 'command'>,
  id: string,
  answer: Answer,
  at: Date,
): Promise<void> {
  await tx.command.update({
    where: { id },
    data: { state: 'done', status: answer.status, answer: answer.body, doneAt: at },
  });
}

/** A refusal as a command's answer. */
export const answerOf = (refusal: Refusal, extra: Record<string, Json> = {}): Answer => ({
  status: refusal.status,
  body: {
    code: refusal.code,
    detail: refusal.detail,
    ...(refusal.errors.length > 0 && { errors: refusal.errors as Json }),
    ...extra,
  },
});
