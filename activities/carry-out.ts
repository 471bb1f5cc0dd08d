import { contractOf } from '../contracts';
import { type Next, nextOf } from '../domain/next';
import { RuleError } from '../domain/money/rule-error';
import { pathwayOf, type RowKind } from '../domain/pathways';
import { delayOf } from '../domain/spread';
import { admits, giversOf, mayGive } from '../domain/transitions';
import { inWordsOf, possibleInstead } from '../records/reads/actions';
import {
  answerCommand,
  answerOf,
  type Answer,
  failCommand,
  type CommandOnRecord,
  lockWithCommand,
} from '../records/kernel/commands';
import { refOfCommand, reportDefect } from '../records/kernel/defects';
import { isOutOfReach } from '../records/kernel/faults';
import { notInThisState, notNow, notPossible, Refusal } from '../records/kernel/refusal';
import { idsIn } from '../records/reads/beside';
import { type LockedRow, readLockedRow } from '../records/reads/locked-row';
import { readerOf } from '../records/reads/reader';
import { answerFrom } from '../records/reads/answer';
import { checkRevision } from '../records/kernel/revisions';
import { shownKind } from '../records/kernel/rows';
import type { Standing } from '../records/kernel/standing';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import { bySystem } from './batch';
import { mustBePossible } from './preconditions';
import type { AnyRowHandlers, Done } from './row-handlers';

/** The standing of a row cannot be read, so the order of its steps is unknown. */
class NoOrder extends Error {}

/** The status of a command that was carried out or refused, and the row's standing after it where it was read. */
export interface Carried {
  status: number;
  standing?: Standing;
}

/**
 * Carries out a given command once. A command with a recorded answer is not carried out again. Only deadlines that passed before
 * the command was given come before the command. If the order of the row's steps cannot be read, the command is still carried
 * out. A refusal undoes the command's changes and is recorded as its answer.
 *
 * @returns undefined while a deadline or an earlier command comes first
 */
export async function carryOut(
  records: Records,
  handlers: AnyRowHandlers,
  subject: string,
  id: string,
  commandId: string,
): Promise<Carried | undefined> {
  const kind = shownKind(handlers.kind);

  const inOrder = (hasOrder: boolean): Promise<Carried | undefined> =>
    change(records, bySystem(subject), async (transaction) => {
      const { row, command } = await lockWithCommand(transaction.tx, kind, id, commandId);
      if (command.answer) return { status: command.answer.status };
      const locked = hasOrder && row ? await orderOf(transaction, kind, id) : undefined;
      if (locked && row?.open && !isNext(locked.standing, transaction.now, commandId)) return undefined;
      givenBy(transaction, command);
      if (locked?.aggregate) transaction.locked.aggregate = locked.aggregate;
      const result = await work(transaction, handlers, id, row, command);
      const after = locked && (await readLockedRow(transaction, kind, id, idsToName(locked, command)));
      const body = await answerFrom(transaction, result?.made ?? { kind, id }, after);
      const answer = { status: result?.made ? 201 : 200, body };
      await answerCommand(transaction.tx, commandId, answer, transaction.now, {
        entries: transaction.entries,
      });
      if (!after) return { status: answer.status };
      return { status: answer.status, standing: withoutCommand(after.standing, commandId) };
    });

  try {
    return await inOrder(true).catch((error: unknown) => {
      if (error instanceof NoOrder) return inOrder(false);
      throw error;
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return change(records, bySystem(subject), async (transaction) => {
      const { row, command } = await lockWithCommand(transaction.tx, kind, id, commandId);
      if (command.answer) return { status: command.answer.status };
      const asked = { kind, id, command: command.name };
      const possible =
        row && refusal.status === 409
          ? await possibleInstead({ ...transaction, actor: command.actor }, asked)
          : undefined;
      const answer = answerOf(inWordsOf(refusal, command.name, possible?.notAllowed), possible);
      await answerCommand(transaction.tx, commandId, answer, transaction.now);
      return { status: answer.status };
    });
  }
}

/** The transaction is the act of the person who gave the command. */
function givenBy(transaction: Transaction, { actor, at, expects, correlationId }: CommandOnRecord): void {
  transaction.actor = actor;
  transaction.givenAt = at;
  transaction.expects = expects ?? undefined;
  transaction.correlationId = correlationId;
}

/** The ids and codes that the answer may name: those of the row before, and those that the command says. */
const idsToName = ({ aggregate }: LockedRow, { actor, body }: CommandOnRecord): Set<string> =>
  aggregate ? idsIn([aggregate.row, aggregate.around, { by: actor.id, area: actor.area }, body]) : new Set();

/** The command is answered now: it no longer waits. */
const withoutCommand = (standing: Standing, commandId: string): Standing => ({
  ...standing,
  given: standing.given.filter(({ id }) => id !== commandId),
});

/**
 * Records a defect as a command's answer and gives the administrator a task. The command can be tried again.
 *
 * @returns the command's status
 */
export async function fail(
  records: Records,
  handlers: AnyRowHandlers,
  subject: string,
  id: string,
  commandId: string,
  error: unknown,
): Promise<number> {
  return change(records, bySystem(subject), async (transaction) => {
    const { command } = await lockWithCommand(transaction.tx, handlers.kind, id, commandId);
    const { answer, name, correlationId } = command;
    if (answer) return answer.status;
    transaction.correlationId = correlationId;
    const failed: Answer = {
      status: 500,
      body: {
        code: 'defect',
        detail: `A fault of the service stopped “${calledByPeople(handlers.kind, name)}”. It was recorded, and an administrator tries it again.`,
        correlationId,
      },
    };
    await failCommand(transaction.tx, commandId, failed, transaction.now);
    await reportDefect(transaction, name, error, refOfCommand(name));
    return failed.status;
  });
}

/** The command's name for people. A command that no version of the code knows keeps its technical name. */
const calledByPeople = (kind: RowKind, name: string): string =>
  name in pathwayOf(kind).commands ? contractOf(kind, name).name : name;

/** @throws NoOrder when the row cannot be read */
async function orderOf(transaction: Transaction, kind: RowKind, id: string): Promise<LockedRow | undefined> {
  try {
    return await readLockedRow(transaction, kind, id);
  } catch (error) {
    throw isOutOfReach(error) ? error : new NoOrder();
  }
}

/** Whether the command is the row's next act. */
function isNext({ waits, given }: Standing, now: Date, commandId: string): boolean {
  const { next } = nextOf(waits, given, now.getTime());
  return next?.does === 'command' && next.id === commandId;
}

/** The locked row's next act, a step or a command. Its aggregate is kept for that act. It is undefined if the row does not exist. */
export async function nextNow(
  transaction: Transaction,
  kind: RowKind,
  id: string,
): Promise<Next | undefined> {
  const locked = await readLockedRow(transaction, kind, id);
  if (!locked) return undefined;
  if (locked.aggregate) transaction.locked.aggregate = locked.aggregate;
  const { now, settings } = transaction;
  const { waits, given } = locked.standing;
  return nextOf(waits, given, now.getTime(), delayOf(locked.subject, settings.spreadSeconds)).next;
}

/** A refusal by a step of the command, or by a rule without an answer [money §1: never 0]; undefined for a defect. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  return error instanceof RuleError
    ? notNow(error.code, `The law in force says nothing about ${error.about}.`)
    : undefined;
}

/**
 * Does the work of a command on its locked row. The contract has checked the body.
 *
 * @returns the row that the command makes, if it makes one
 * @throws Refusal where the table, the preconditions, the revision or the handler refuses the command
 */
export async function work(
  transaction: Transaction,
  handlers: AnyRowHandlers,
  id: string,
  row: { state: string; since: Date } | undefined,
  command: Pick<CommandOnRecord, 'name' | 'body' | 'actor' | 'at' | 'retriedAt'>,
): Promise<Done> {
  const { name, body } = command;
  admit(handlers, row, command);
  await mustBePossible(transaction, shownKind(handlers.kind), id, name, body as object);
  await checkRevision(transaction);
  const handler = handlers.commands[name];
  if (!handler) throw new Error(`${handlers.kind} has no command ${name}`);
  return handler(transaction, id, body as never);
}

/** @throws Refusal unless the transition table admits the command */
function admit(
  handlers: AnyRowHandlers,
  row: { state: string; since: Date } | undefined,
  { name, actor, at, retriedAt }: Pick<CommandOnRecord, 'name' | 'actor' | 'at' | 'retriedAt'>,
): void {
  const transition = pathwayOf(handlers.kind).commands[name];
  if (!row || !transition)
    throw new Refusal(404, 'not_found', 'There is nothing under this number that you may see.');
  if (!mayGive(transition, actor))
    throw notPossible(
      { code: 'not_yours', params: { roles: giversOf(transition).join(', '), by: actor.role } },
      readerOf(actor, at),
    );
  if (admits(transition, row.state)) return;
  throw retriedAt && at < row.since ? movedOn(handlers.kind, row.state) : notInThisState(row.state);
}

/** The refusal of a retried command whose row has moved on since, without a way back. */
const movedOn = (kind: RowKind, state: string): Refusal =>
  notNow(
    'moved_on',
    `A fault of the service stopped this when it was given. The ${kind} has moved on without it and is "${state}" now. See allowedActions for what is possible instead.`,
  );
