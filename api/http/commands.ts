import { createHash } from 'node:crypto';
import type { Body } from '../../contracts';
import type { FieldError } from '../../domain/field-error';
import type { CommandName } from '../../domain/pathways';
import { system } from '../../domain/roles';
import { admits, giversOf, mayGive } from '../../domain/transitions';
import type { Json, Tx } from '../../prisma/db';
import { Prisma, type Command } from '../../prisma/generated/client';
import { inWordsOf, possibleInstead } from '../../records/reads/actions';
import { type Preview, previewOf } from '../../records/reads/preview';
import { answerFrom } from '../../records/reads/answer';
import { idsIn } from '../../records/reads/beside';
import { readLockedRow } from '../../records/reads/locked-row';
import {
  type Answer,
  answerCommand,
  answerOf,
  detailOf,
  recordedAnswer,
} from '../../records/kernel/commands';
import { hasAggregate } from '../../records/kernel/aggregates';
import { pathwayOf, type ShownKind, shownRowOf, subjectOf } from '../../records/kernel/rows';
import { notInThisState, Refusal } from '../../records/kernel/refusal';
import { change } from '../../records/kernel/change';
import { insertInto } from '../../records/kernel/writing';
import type { Transaction } from '../../records/kernel/transaction';
import { viewOf } from '../../records/kernel/view';
import { emptyLater } from './outbox';
import { notFound, notYours, Problem, unavailable } from './problem';
import { previewed, seesAs } from './preview';
import { repeated } from './repeated';
import type { Ctx, Reply } from './route';
import { visibleRow } from './visible';

const REPLAYED = { 'Idempotent-Replayed': 'true' };

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
    return insert(ctx, body, { ...given, state: 'pending' });
  const known = await recorded(ctx, body);
  if (known) return { command: known, isNew: false };
  if (!row) throw notFound();
  if (!mayGive(transition, ctx.actor)) throw notYours(giversOf(transition), ctx.actor);
  const { status, body: answer } = await refusedByState(ctx, { kind, id, name }, row.state);
  return insert(ctx, body, { ...given, state: 'done', status, answer, doneAt: ctx.now });
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
    const refused = await insert(ctx, body, { ...data, state: 'done', status, answer, doneAt: ctx.now });
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

/** The command already given under this key, with the answer for its repetition. */
async function recorded(ctx: Ctx, body: Json): Promise<Command | null> {
  const { id, bodyHash } = identityOf(ctx, body);
  const known = await ctx.records.db.command.findUnique({ where: { id } });
  if (known && known.bodyHash !== bodyHash)
    throw new Problem(409, 'key_reused', 'This Idempotency-Key was used for another body. Send a new key.');
  return known && repeated(ctx, known);
}

async function mustBeRecorded(ctx: Ctx, body: Json): Promise<Command> {
  const command = await recorded(ctx, body);
  if (!command) throw new Error('the command is not recorded');
  return command;
}

/** A command on record. The first with its key was inserted; another one was there before. */
interface Inserted {
  command: Given;
  isNew: boolean;
}

type Given = Pick<Command, 'id' | 'subject' | 'name' | 'state'> & Answered;

/** Records a command. Of several with the same key the first one is kept, and answers them all. */
async function insert(ctx: Ctx, body: Json, data: Prisma.CommandCreateManyInput): Promise<Inserted> {
  if (!(await isInserted(ctx.records.db, data)))
    return { command: await mustBeRecorded(ctx, body), isNew: false };
  const { id, subject, name, state, status = null, answer = null } = data;
  return { command: { id, subject, name, state, status, answer }, isNew: true };
}

/** Inserts a command unless its key was used. An insertion by another transaction is awaited. */
const isInserted = (tx: Pick<Tx, '$executeRaw'>, data: Prisma.CommandCreateManyInput): Promise<boolean> =>
  insertInto(tx, 'commands', data, Prisma.sql`ON CONFLICT DO NOTHING`);

/** Prisma's code of a unique index that has the value, and PostgreSQL's. */
const TWICE: readonly unknown[] = ['P2002', '23505'];

const isTwice = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && TWICE.includes(error.code);

const rowFor = (ctx: Ctx, { subject, name, body }: { subject: string; name: string; body: Json }) => ({
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
function replyOf({ status, answer }: Answered, headers: Record<string, string> = {}): Reply {
  if (status === null) throw new Error('the command has no answer');
  if (status < 400) return { status, body: answer, headers };
  const { code = 'refused', detail = '', errors = [], ...more } = answer as Refused;
  throw new Problem(status, code, detail, { errors, more, headers });
}
