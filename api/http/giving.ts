import type { Body } from '../../contracts';
import type { CommandName } from '../../domain/pathways';
import { system } from '../../domain/roles';
import { admits, giversOf, mayGive } from '../../domain/transitions';
import type { Json } from '../../prisma/db';
import { type Answer, answerOf, detailOf, recordedAnswer } from '../../records/kernel/commands';
import { notInThisState, Refusal } from '../../records/kernel/refusal';
import { pathwayOf, type ShownKind, shownRowOf, subjectOf } from '../../records/kernel/rows';
import { viewOf } from '../../records/kernel/view';
import { inWordsOf, possibleInstead } from '../../records/reads/actions';
import { type Inserted, insertCommand, recordedCommand, REPLAYED, replyOf, rowFor } from './command-record';
import { previewed, seesAs } from './preview';
import { notFound, notYours, Problem, unavailable } from './problem';
import type { Ctx, Reply } from './route';
import { visibleRow } from './visible';

/** A command on a row that waits: recorded, handed to the row's workflow, answered from the record. */
export interface Order<K extends ShownKind, C extends CommandName<K>> {
  kind: K;
  /** The row's number, e.g. `C-000001`. */
  id: string;
  /** The command's name in the row's pathway. */
  name: C;
  /** As its contract defines it. */
  body: Body<K, C>;
  /** The caller does not see the row, and may still give this command: a case elsewhere of a person who has moved here. */
  unseen?: true;
  /** The row, if the caller has just been found to see it. */
  seen?: { state: string };
}

/**
 * Gives a command to a row. The same key with the same body gives the same answer, and the command is carried out once. A
 * failure on the way answers 503; the same key tells the outcome later.
 *
 * @throws Problem 404 outside the caller's area; 403 for another role; 409 in a state that does not allow it, or for a key with
 *   another body; the transaction's own refusal; 503 when the outcome is not known
 */
export async function give<K extends ShownKind, C extends CommandName<K>>(
  ctx: Ctx,
  { body, ...order }: Order<K, C>,
): Promise<Reply> {
  if (ctx.preview) return tried(ctx, { ...order, body });
  const { command, isNew } = await admitted(ctx, { ...order, body });
  if (command.state !== 'pending') return replyOf(command, isNew ? {} : REPLAYED);
  const { subject, name, id } = command;
  for (let attempt = 1; attempt <= 2; attempt++) {
    const outcome = await ctx.workflows.carryOut(subject, name, id).catch((error: unknown) => ({ error }));
    const now = await recordedAnswer(ctx.records.db, id);
    if (now) return replyOf(now);
    if (typeof outcome === 'object') throw outcome.error;
  }
  throw await closedMeanwhile(ctx, subject, name);
}

/** An order, with the wide type that generic code reads. */
type AnyOrder = {
  kind: ShownKind;
  id: string;
  name: string;
  body: Json;
  unseen?: true;
  seen?: { state: string };
};

/** @throws Problem as the command itself; nothing is recorded */
async function tried(ctx: Ctx, { kind, id, name, body, unseen }: AnyOrder): Promise<Reply> {
  const { records, actor, now, correlationId } = ctx;
  if (!(await visibleRow(records.db, kind, id, unseen ? system : actor))) throw notFound();
  try {
    const trial = { kind, id, name, body: body as object, actor, correlationId };
    return previewed(await ctx.tryOut(records, trial, seesAs(actor)));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 409) throw error;
    const possible = await possibleInstead(viewOf(records, actor, now), { kind, id, command: name });
    const { status, code, detail, errors } = inWordsOf(error, name, possible?.notAllowed);
    const more = { ...possible };
    throw new Problem(status, code, detailOf({ code, detail }, more), { errors, more });
  }
}

/**
 * Makes the checks that need no lock of the row, and records the command. A refusal by state is its answer at once. A command
 * that was recorded before is answered again, also where its row is out of sight or in another state now.
 */
async function admitted(ctx: Ctx, { kind, id, name, body, unseen, seen }: AnyOrder): Promise<Inserted> {
  const row = seen ?? (await visibleRow(ctx.records.db, kind, id, unseen ? system : ctx.actor));
  const transition = pathwayOf(kind).commands[name];
  if (!transition) throw new Error(`${kind} has no command ${name}`);
  const given = rowFor(ctx, { subject: subjectOf(kind, id), name, body });
  if (row && mayGive(transition, ctx.actor) && admits(transition, row.state))
    return insertCommand(ctx, body, { ...given, state: 'pending' });
  const known = await recordedCommand(ctx, body);
  if (known) return { command: known, isNew: false };
  if (!row) throw notFound();
  if (!mayGive(transition, ctx.actor)) throw notYours(giversOf(transition), ctx.actor);
  const { status, body: answer } = await refusedByState(ctx, { kind, id, name }, row.state);
  return insertCommand(ctx, body, { ...given, state: 'done', status, answer, doneAt: ctx.now });
}

async function refusedByState(
  { records, actor, now }: Ctx,
  { kind, id, name }: Pick<AnyOrder, 'kind' | 'id' | 'name'>,
  state: string,
): Promise<Answer> {
  const possible = await possibleInstead(viewOf(records, actor, now), { kind, id, command: name });
  return answerOf(inWordsOf(notInThisState(state), name, possible?.notAllowed), possible);
}

/** The workflow ended twice while the command was on its way, so the row is closed: the answer names its state. */
async function closedMeanwhile(ctx: Ctx, subject: string, command: string): Promise<Problem> {
  const at = shownRowOf(subject);
  const row = at && (await visibleRow(ctx.records.db, at.kind, at.id, ctx.actor));
  if (!at || !row || row.open) return unavailable(true);
  const possible = await possibleInstead(viewOf(ctx.records, ctx.actor, ctx.now), { ...at, command });
  const { status, code, detail } = inWordsOf(notInThisState(row.state), command, possible?.notAllowed);
  return new Problem(status, code, detail, { more: { ...possible } });
}
