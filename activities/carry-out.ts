import { nextOf } from '../domain/next';
import { RuleError } from '../domain/money/rule-error';
import { pathwayOf, type RowKind } from '../domain/pathways';
import { type Actor, system } from '../domain/roles';
import { mayGive } from '../domain/transitions';
import { possibleInstead } from '../records/reads/actions';
import { answerCommand, answerOf, type Answer, failCommand, takeCommand } from '../records/kernel/commands';
import { reportDefect } from '../records/kernel/defects';
import { notNow, Refusal } from '../records/kernel/refusal';
import { represent } from '../records/reads/represent';
import { checkRevision } from '../records/kernel/revisions';
import { lockRow, shownKind } from '../records/kernel/rows';
import { standingOf } from '../records/kernel/standing';
import { change } from '../records/kernel/change';
import type { Records, Unit } from '../records/kernel/transaction';
import type { View } from '../workflows/view';
import type { AnyRowFile } from './row-handlers';

type ViewOf = (unit: Unit, kind: RowKind, id: string) => Promise<View>;

/**
 * Carries out a given command, once: the answer recorded with it decides. It loses to the deadlines that passed before it was
 * given, and only to those: while one of them, or an earlier command, is still to be done, the view says so and has no status.
 * A refusal undoes what the command did and is recorded as its answer.
 */
export async function carryOut(
  records: Records,
  file: AnyRowFile,
  subject: string,
  id: string,
  commandId: string,
  viewOf: ViewOf,
): Promise<View> {
  const kind = shownKind(file.kind);
  const { correlationId } = await records.db.command.findUniqueOrThrow({ where: { id: commandId } });
  const cause = { actor: system, subject, correlationId };
  try {
    return await change(records, cause, async (unit) => {
      const row = await lockRow(unit.tx, file.kind, id);
      const command = await takeCommand(unit.tx, commandId);
      const answered = async (status: number): Promise<View> => ({
        ...(await viewOf(unit, file.kind, id)),
        status,
      });
      if (command.answer) return answered(command.answer.status);
      if (row?.open && !(await isNext(unit, file.kind, id, commandId))) return viewOf(unit, file.kind, id);
      unit.actor = command.actor;
      unit.given = command.at;
      unit.expects = command.expects ?? undefined;
      admit(file, row, command);
      await file.admit?.(unit, id, command.name);
      await checkRevision(unit);
      const work = file.commands[command.name];
      if (!work) throw new Error(`${file.kind} has no command ${command.name}`);
      const result = await work(unit, id, command.body as never);
      const shown = result?.made ?? { kind, id };
      const answer = {
        status: result?.made ? 201 : 200,
        body: await represent(unit.tx, shown.kind, shown.id, command.actor, unit.now),
      };
      await answerCommand(unit.tx, commandId, answer, unit.now);
      return answered(answer.status);
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return change(records, cause, async (unit) => {
      const row = await lockRow(unit.tx, file.kind, id);
      const command = await takeCommand(unit.tx, commandId);
      const asked = { kind, id, command: command.name };
      const possible =
        row && refusal.status === 409 ? await possibleInstead(unit.tx, asked, command.actor) : {};
      const answer = command.answer ?? answerOf(refusal, { ...possible });
      if (!command.answer) await answerCommand(unit.tx, commandId, answer, unit.now);
      return { ...(await viewOf(unit, file.kind, id)), status: answer.status };
    });
  }
}

/** Records a defect as a command's answer, which can be tried again, and gives the administrator a task. @returns its status */
export async function fail(
  records: Records,
  file: AnyRowFile,
  subject: string,
  id: string,
  commandId: string,
  error: unknown,
): Promise<number> {
  const { correlationId } = await records.db.command.findUniqueOrThrow({ where: { id: commandId } });
  return change(records, { actor: system, subject, correlationId }, async (unit) => {
    await lockRow(unit.tx, file.kind, id);
    const { answer, name } = await takeCommand(unit.tx, commandId);
    if (answer) return answer.status;
    const failed: Answer = {
      status: 500,
      body: {
        code: 'defect',
        detail: 'A fault of the service stopped this. It was recorded, and an administrator tries it again.',
      },
    };
    await failCommand(unit.tx, commandId, failed, unit.now);
    await reportDefect(unit, name, error);
    return failed.status;
  });
}

async function isNext(unit: Unit, kind: RowKind, id: string, commandId: string): Promise<boolean> {
  const standing = await standingOf(unit.tx, kind, id);
  if (!standing) return true;
  const { next } = nextOf(standing.waits, standing.given, unit.now.getTime());
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
  file: AnyRowFile,
  row: { state: string } | undefined,
  command: { name: string; actor: Actor },
): void {
  const transition = pathwayOf(file.kind).commands[command.name];
  if (!row || !transition) throw new Refusal(404, 'not_found', 'There is no such thing in your area.');
  if (!mayGive(transition, command.actor))
    throw new Refusal(
      403,
      'not_yours',
      `This is for ${transition.rank === 'head' ? 'the head of ' : ''}${transition.by.join(', ')}.`,
    );
  if (!transition.from.includes(row.state))
    throw notNow(
      'not_in_this_state',
      `Not possible while it is "${row.state}". See allowedActions for what is.`,
    );
}
