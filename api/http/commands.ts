import type { Json } from '../../prisma/db';
import { type Answer, answerCommand, answerOf } from '../../records/kernel/commands';
import { hasAggregate } from '../../records/kernel/aggregates';
import { change } from '../../records/kernel/change';
import { Refusal } from '../../records/kernel/refusal';
import type { ShownKind } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { answerFrom } from '../../records/reads/answer';
import { idsIn } from '../../records/reads/beside';
import { readLockedRow } from '../../records/reads/locked-row';
import { type Preview, previewOf } from '../../records/reads/preview';
import {
  type Given,
  insertCommand,
  isInserted,
  mustBeRecorded,
  REPLAYED,
  replyOf,
  rowFor,
} from './command-record';
import { emptyLater } from './outbox';
import { previewed, seesAs } from './preview';
import { Problem } from './problem';
import type { Ctx, Reply } from './route';

/** Commands that need no workflow. Those of a row that waits are given to its workflow (`giving.ts`). */

/**
 * Carries out a command that needs no workflow: one transaction with its event and its recorded answer. Other workflows are
 * woken after the commit. If that fails, the answer is 503, and the same key or `reconcile` wakes them later.
 *
 * @param wakes what the change does is done by the rows that it wakes: a preview also shows their steps
 * @param moves the deadlines that the change would move, once a preview has done the work
 * @param work makes the change under `transaction.subject`; it sets the subject when it makes the row
 * @throws Problem 409 when the key was used for another body; the refusal of `work`; 503
 */
export async function asCommand(
  ctx: Ctx,
  {
    subject,
    name,
    body,
    wakes,
    moves,
  }: {
    subject?: string;
    name: string;
    body: Json;
    wakes?: true;
    moves?: () => Preview['moves'];
  },
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Reply> {
  if (ctx.preview) {
    const cause = { actor: ctx.actor, subject: subject ?? '', correlationId: ctx.correlationId };
    const tried = async (transaction: Transaction): Promise<void> => {
      transaction.expects = ctx.expects;
      await work(transaction);
      if (wakes) await ctx.lookAtWoken(transaction);
    };
    const told = await previewOf(ctx.records, cause, tried, seesAs(ctx.actor));
    return previewed({ ...told, moves: moves?.() ?? told.moves });
  }
  const data = rowFor(ctx, { subject: subject ?? '', name, body });
  const waker = wakerOf(data.id);
  const cause = { actor: ctx.actor, subject: waker, correlationId: ctx.correlationId };
  try {
    const done = await change(ctx.records, cause, async (transaction) => {
      const { tx, now, woken, entries } = transaction;
      const given = { ...data, state: 'pending' };
      if (!(await isInserted(tx, given))) return undefined;
      transaction.subject = subject ?? transaction.subject;
      transaction.expects = ctx.expects;
      const answer = await work(transaction);
      await answerCommand(tx, data.id, answer, now, { entries, subject: transaction.subject });
      const wakes = [...woken].flatMap(([target, by]) => (by === waker ? target : []));
      return { answer, wakes, made: subject === undefined ? transaction.subject : undefined };
    });
    if (!done) return await replayed(ctx, await mustBeRecorded(ctx, body));
    await wakeAll(ctx, waker, done.wakes, done.made);
    return replyOf({ status: done.answer.status, answer: done.answer.body });
  } catch (error) {
    if (isTwice(error))
      throw new Problem(
        409,
        'recorded_meanwhile',
        'Somebody recorded the same a moment ago. Read that record before you try again.',
      );
    if (!(error instanceof Refusal) || error.status === 403 || error.status === 404) throw error;
    const { status, body: answer } = answerOf(error);
    const refused = await insertCommand(ctx, body, {
      ...data,
      state: 'done',
      status,
      answer,
      doneAt: ctx.now,
    });
    return refused.isNew ? replyOf(refused.command) : replayed(ctx, refused.command);
  }
}

/**
 * The answer of a command that made a row: the row as the caller sees it. Nothing is written after it.
 *
 * @param about values of the row with ids that the answer may name
 */
export async function made(
  transaction: Transaction,
  kind: ShownKind,
  id: string,
  about: object = {},
): Promise<Answer> {
  const { actor } = transaction;
  const asked = idsIn([about, { by: actor.id, area: actor.area }]);
  const locked = hasAggregate(kind) ? await readLockedRow(transaction, kind, id, asked) : undefined;
  return { status: 201, body: await answerFrom(transaction, { kind, id }, locked) };
}

/** The sender in the outbox, for a command without a workflow of its own. */
const wakerOf = (commandId: string): string => `command/${commandId}`;

/** The answer of a command that was carried out before. The workflows that were not woken then are woken. */
async function replayed(ctx: Ctx, command: Given): Promise<Reply> {
  const waker = wakerOf(command.id);
  const wakes = await ctx.records.db.outbox.findMany({ where: { subject: waker }, select: { target: true } });
  await wakeAll(
    ctx,
    waker,
    wakes.map(({ target }) => target),
  );
  return replyOf(command, REPLAYED);
}

/** @param made the row that the command has just made */
async function wakeAll(ctx: Ctx, waker: string, targets: readonly string[], made?: string): Promise<void> {
  if (targets.length === 0) return;
  for (const target of new Set(targets)) await ctx.workflows.refresh(target, target === made);
  emptyLater(ctx.records.db, waker);
}

/** Prisma's code of a unique index that has the value, and PostgreSQL's. */
const TWICE: readonly unknown[] = ['P2002', '23505'];

const isTwice = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && TWICE.includes(error.code);
