import { contractOf } from '../contracts';
import { nextOf } from '../domain/next';
import { RuleError } from '../domain/money/rule-error';
import { pathwayOf, type RowKind } from '../domain/pathways';
import { system } from '../domain/roles';
import { admits, mayGive } from '../domain/transitions';
import { possibleInstead } from '../records/reads/actions';
import {
  answerCommand,
  answerOf,
  type Answer,
  failCommand,
  type GivenCommand,
  takeCommand,
} from '../records/kernel/commands';
import { reportDefect } from '../records/kernel/defects';
import { notInThisState, notNow, Refusal } from '../records/kernel/refusal';
import { represent } from '../records/reads/represent';
import { checkRevision } from '../records/kernel/revisions';
import { lockRow, shownKind } from '../records/kernel/rows';
import { standingOf } from '../records/kernel/standing';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import type { View } from '../workflows/view';
import type { AnyRowHandlers } from './row-handlers';

type ViewOf = (transaction: Transaction, kind: RowKind, id: string) => Promise<View>;

/**
 * Carries out a given command, once: the answer recorded with it decides. It loses to the deadlines that passed before it was
 * given, and only to those: while one of them, or an earlier command, is still to be done, the view says so and has no status.
 * A refusal undoes what the command did and is recorded as its answer.
 */
export async function carryOut(
  records: Records,
  file: AnyRowHandlers,
  subject: string,
  id: string,
  commandId: string,
  viewOf: ViewOf,
): Promise<View> {
  const kind = shownKind(file.kind);
  const { correlationId } = await records.db.command.findUniqueOrThrow({ where: { id: commandId } });
  const cause = { actor: system, subject, correlationId };
  try {
    return await change(records, cause, async (transaction) => {
      const row = await lockRow(transaction.tx, file.kind, id);
      const command = await takeCommand(transaction.tx, commandId);
      const answered = async (status: number): Promise<View> => ({
        ...(await viewOf(transaction, file.kind, id)),
        status,
      });
      if (command.answer) return answered(command.answer.status);
      if (row?.open && !(await isNext(transaction, file.kind, id, commandId)))
        return viewOf(transaction, file.kind, id);
      transaction.actor = command.actor;
      transaction.givenAt = command.at;
      transaction.expects = command.expects ?? undefined;
      admit(file, row, command);
      await file.admit?.(transaction, id, command.name);
      await checkRevision(transaction);
      const work = file.commands[command.name];
      if (!work) throw new Error(`${file.kind} has no command ${command.name}`);
      const result = await work(transaction, id, command.body as never);
      const shown = result?.made ?? { kind, id };
      const answer = {
        status: result?.made ? 201 : 200,
        body: await represent(transaction.tx, shown.kind, shown.id, command.actor, transaction.now),
      };
      await answerCommand(transaction.tx, commandId, answer, transaction.now);
      return answered(answer.status);
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return change(records, cause, async (transaction) => {
      const row = await lockRow(transaction.tx, file.kind, id);
      const command = await takeCommand(transaction.tx, commandId);
      const asked = { kind, id, command: command.name };
      const possible =
        row && refusal.status === 409 ? await possibleInstead(transaction.tx, asked, command.actor) : {};
      const answer = command.answer ?? answerOf(refusal, { ...possible });
      if (!command.answer) await answerCommand(transaction.tx, commandId, answer, transaction.now);
      return { ...(await viewOf(transaction, file.kind, id)), status: answer.status };
    });
  }
}

/** Records a defect as a command's answer, which can be tried again, and gives the administrator a task. @returns its status */
export async function fail(
  records: Records,
  file: AnyRowHandlers,
  subject: string,
  id: string,
  commandId: string,
  error: unknown,
): Promise<number> {
  const { correlationId } = await records.db.command.findUniqueOrThrow({ where: { id: commandId } });
  return change(records, { actor: system, subject, correlationId }, async (transaction) => {
    await lockRow(transaction.tx, file.kind, id);
    const { answer, name } = await takeCommand(transaction.tx, commandId);
    if (answer) return answer.status;
    const failed: Answer = {
      status: 500,
      body: {
        code: 'defect',
        detail: `A fault of the service stopped “${calledByPeople(file.kind, name)}”. It was recorded, and an administrator tries it again.`,
        correlationId,
      },
    };
    await failCommand(transaction.tx, commandId, failed, transaction.now);
    await reportDefect(transaction, name, error);
    return failed.status;
  });
}

/** A command as people call it; one that no version knows any more by its own name. */
const calledByPeople = (kind: RowKind, name: string): string =>
  name in pathwayOf(kind).commands ? contractOf(kind, name).name : name;

async function isNext(
  transaction: Transaction,
  kind: RowKind,
  id: string,
  commandId: string,
): Promise<boolean> {
  const standing = await standingOf(transaction.tx, kind, id);
  if (!standing) return true;
  const { next } = nextOf(standing.waits, standing.given, transaction.now.getTime());
  return next?.does === 'command' && next.id === commandId;
}

/** A refusal by a step of the command, or by a rule without an answer [money §1: never 0]; undefined for a defect. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  return error instanceof RuleError
    ? notNow(error.code, `The law in force says nothing about ${error.about}.`)
    : undefined;
}

/** Decides by the transition table alone whether a command is admitted. */
function admit(
  file: AnyRowHandlers,
  row: { state: string; since: Date } | undefined,
  { name, actor, at, retriedAt }: GivenCommand,
): void {
  const transition = pathwayOf(file.kind).commands[name];
  if (!row || !transition) throw new Refusal(404, 'not_found', 'There is no such thing in your area.');
  if (!mayGive(transition, actor))
    throw new Refusal(
      403,
      'not_yours',
      `This is for ${transition.rank === 'head' ? 'the head of ' : ''}${transition.by.join(', ')}.`,
    );
  if (admits(transition, row.state)) return;
  throw retriedAt && at < row.since ? movedOn(file.kind, row.state) : notInThisState(row.state);
}

/** A command that a defect had stopped comes too late for its row, and nothing leads back from there. */
const movedOn = (kind: RowKind, state: string): Refusal =>
  notNow(
    'moved_on',
    `A fault of the service stopped this when it was given. The ${kind} has moved on without it and is "${state}" now. See allowedActions for what is possible instead.`,
  );
