import { dayOf } from '../domain/day';
import { type Consequence, obligation, type ObligationKind } from '../domain/obligations';
import { nextAttempt } from '../domain/pauses';
import { RuleError } from '../domain/money/rule-error';
import { type Actor, system } from '../domain/roles';
import { mayGive } from '../domain/transitions';
import type { Command, Task } from '../prisma/generated/client';
import { possibleInstead } from '../records/actions';
import { answerCommand, answerOf, pendingCommands, takeCommand } from '../records/commands';
import { record } from '../records/events';
import { notNow, Refusal } from '../records/refusal';
import { represent } from '../records/represent';
import { lockRow, pathwayOf, rowOf, type Standing, standingOf } from '../records/rows';
import { askAgain, type Fired, fireDue, fireOver } from '../records/tasks';
import { change, type Records, type Unit } from '../records/unit';
import type { Registers } from '../registers/registers';
import type { KnownAnswer, RowFile } from './row-file';

/** What a workflow knows of its row: keys, states and lengths only, never personal data. */
export interface View {
  state: string;
  open: boolean;
  rev: number;
  /** Until the next rung of the row's waits, in milliseconds; at least 0. */
  waitMs: number;
  /** Tasks whose register is to be asked now. */
  asks: string[];
  /** Whether messages wait to be sent, and workflows to be woken. */
  unsent: boolean;
  wakes: boolean;
}

/** A command's outcome for the API: the recorded answer's status; the answer itself is in the command's row. */
export type Carried = View & { status: number };

const A_LONG_TIME = 365 * 86_400_000;

/**
 * The local activities of every row's workflow. Each changes the locked row in transactions and tells the workflow what it
 * found; done twice, or after a crash, it changes nothing more.
 */
export function createObligationActivities(
  records: Records,
  files: readonly RowFile[],
  registers: Registers,
) {
  const fileOf = (subject: string): { file: RowFile; id: string } => {
    const row = rowOf(subject);
    const file = files.find((candidate) => candidate.kind === row?.kind);
    if (!row || !file) throw new Error(`no row file for ${subject}`);
    return { file, id: row.id };
  };

  /** Fires what was over by an instant that has passed; reminders, and what has passed since, are left for `advance`. */
  async function firePast(subject: string, until: Date): Promise<void> {
    const past = { subject, closedAt: null, nextAt: { lte: until } };
    if ((await records.db.task.count({ where: past })) === 0) return;
    const { file, id } = fileOf(subject);
    await change(records, bySystem(subject, id), async (unit) => {
      const row = await lockRow(unit.tx, file.kind, id);
      if (row?.open) await carryOutFired(unit, file, id, fireOver(unit, until));
    });
  }

  /**
   * Carries out one given command, once: the answer recorded with it decides. It loses to the deadlines that passed before
   * it was given, and only to those. A refusal undoes what the command did and is recorded as its answer.
   */
  async function carryOutOne(given: Command): Promise<Carried> {
    const { file, id } = fileOf(given.subject);
    if (given.state === 'pending') await firePast(given.subject, given.at);
    const cause = { actor: system, subject: given.subject, correlationId: given.correlationId };
    try {
      return await change(records, cause, async (unit) => {
        const row = await lockRow(unit.tx, file.kind, id);
        const command = await takeCommand(unit.tx, given.id);
        if (command.answer) return { ...(await viewOf(unit, file, id, [])), status: command.answer.status };
        unit.actor = command.actor;
        unit.given = command.at;
        admit(file, row, command);
        await file.admit?.(unit, id, command.name);
        const work = file.commands[command.name];
        if (!work) throw new Error(`${file.kind} has no command ${command.name}`);
        const result = await work(unit, id, command.body as never);
        const shown = result?.made ?? { kind: file.kind, id };
        const answer = {
          status: result?.made ? 201 : 200,
          body: await represent(unit.tx, shown.kind, shown.id, command.actor, unit.now),
        };
        await answerCommand(unit.tx, given.id, answer, unit.now);
        return { ...(await viewOf(unit, file, id, [])), status: answer.status };
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return change(records, cause, async (unit) => {
        const row = await lockRow(unit.tx, file.kind, id);
        const command = await takeCommand(unit.tx, given.id);
        const asked = { kind: file.kind, id, command: command.name };
        const possible =
          row && refusal.status === 409 ? await possibleInstead(unit.tx, asked, command.actor) : {};
        const answer = command.answer ?? answerOf(refusal, { ...possible });
        if (!command.answer) await answerCommand(unit.tx, given.id, answer, unit.now);
        return { ...(await viewOf(unit, file, id, [])), status: answer.status };
      });
    }
  }

  return {
    /**
     * Does whatever waits on the row (perhaps nothing) and tells how long to wait: first the commands that were given while
     * nothing ran, each in a transaction of its own, then what is due.
     */
    async advance(subject: string): Promise<View> {
      const { file, id } = fileOf(subject);
      const now = await records.clock.now();
      const standing = await standingOf(records.db, file.kind, id, []);
      if (!standing) return gone;
      if (!file.reconsider && isAtRest(standing, now)) return viewFrom(standing, [], now);
      if (standing.given)
        for (const command of await pendingCommands(records.db, subject)) await carryOutOne(command);
      return change(records, bySystem(subject, id), async (unit) => {
        const row = await lockRow(unit.tx, file.kind, id);
        if (!row?.open) return viewOf(unit, file, id, []);
        await file.reconsider?.(unit, id);
        return viewOf(unit, file, id, await carryOutFired(unit, file, id, fireDue(unit)));
      });
    },

    /** Carries out one given command on its row; those given before it and not carried out yet come first. */
    async carryOut(commandId: string): Promise<Carried> {
      const given = await records.db.command.findUniqueOrThrow({ where: { id: commandId } });
      for (const earlier of await pendingCommands(records.db, given.subject, given.at))
        await carryOutOne(earlier);
      return carryOutOne(given);
    },

    /** Asks a register what a task wants to know and records the answer; an unknown is asked again with growing pauses. */
    async ask(subject: string, taskId: string): Promise<void> {
      const { file, id } = fileOf(subject);
      const task = await records.db.task.findUniqueOrThrow({ where: { id: BigInt(taskId) } });
      const question = file.questions[task.kind as ObligationKind];
      if (!question) throw new Error(`${file.kind} asks no ${task.kind}`);
      if (task.closedAt) return;
      const askedAt = await records.clock.now();
      const answer = await question.ask(registers, { tx: records.db, today: dayOf(askedAt) }, id, task);
      await change(records, bySystem(subject, id), async (unit) => {
        const row = await lockRow(unit.tx, file.kind, id);
        const now = await unit.tx.task.findUniqueOrThrow({ where: { id: task.id } });
        const changed = !row?.open || now.closedAt !== null || now.attempts !== task.attempts;
        if (!changed) {
          if (await hear(unit, now, answer, askedAt))
            await question.take(unit, id, now, answer as KnownAnswer);
          else if (task.attempts === 0) await question.silent?.(unit, id, now);
        }
      });
    },
  };
}

/** What an error says to whoever gave the command: a rule without an answer is one, too [money §1: never 0]. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  return error instanceof RuleError
    ? notNow(error.code, `The law in force says nothing about ${error.about}.`)
    : undefined;
}

const bySystem = (subject: string, id: string) => ({ actor: system, subject, correlationId: `${id}/system` });

const gone: View = { state: 'gone', open: false, rev: 0, waitMs: 0, asks: [], unsent: false, wakes: false };

/**
 * Records what a register answered to a task's question; an unknown is asked again with growing pauses.
 *
 * @returns whether it is a yes or a no, from which something follows
 */
export async function hear(
  unit: Unit,
  task: Task,
  answer: { answer: string; raw?: string },
  askedAt: Date,
): Promise<boolean> {
  await recordAnswer(unit, task, answer, askedAt);
  const isKnown = answer.answer !== 'unknown';
  if (!isKnown) await askAgain(unit, task, later(unit.now, task));
  else
    await unit.tx.task.update({
      where: { id: task.id },
      data: { attempts: task.attempts + 1, nextAt: null },
    });
  return isKnown;
}

/** The next time a silent register is asked: after a growing pause, at the latest when its time is over. */
function later(now: Date, task: Task): Date {
  const next = now.getTime() + nextAttempt(task.attempts + 1);
  return new Date(task.due ? Math.min(next, Math.max(now.getTime(), task.due.getTime()) + 1000) : next);
}

async function recordAnswer(unit: Unit, task: Task, answer: { answer: string; raw?: string }, askedAt: Date) {
  const register = obligation(task.kind as ObligationKind).question ?? 'yammt';
  await unit.tx.registerAnswer.create({
    data: {
      register,
      subject: unit.subject,
      kind: task.kind,
      askedAt,
      answer: answer.answer,
      raw: answer.raw ?? null,
    },
  });
  if (answer.answer !== 'unknown' || task.attempts === 0)
    await record(unit, 'register_asked', task, { register, answer: answer.answer, kind: task.kind });
}

/** Decides by the transition table alone whether a command is admitted. */
function admit(
  file: RowFile,
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

/** Carries out what the row's waits say as they fire; @returns the tasks whose register is to be asked. */
async function carryOutFired(
  unit: Unit,
  file: RowFile,
  id: string,
  firing: AsyncIterable<Fired>,
): Promise<string[]> {
  const asks: string[] = [];
  for await (const fired of firing) {
    if (fired.does === 'ask') asks.push(String(fired.task.id));
    else await consequence(file, fired.name)(unit, id, fired.task);
  }
  return asks;
}

function consequence(file: RowFile, name: Consequence) {
  const work = file.consequences[name];
  if (!work) throw new Error(`${file.kind} has no consequence ${name}`);
  return work;
}

/**
 * Nothing is due on such a row and nobody waits for an answer: that takes one look and no lock, because whoever changes it
 * afterwards wakes its workflow.
 */
const isAtRest = ({ open, nextAt, given }: Standing, now: Date): boolean =>
  !given && !(open && nextAt !== null && nextAt <= now);

async function viewOf(unit: Unit, file: RowFile, id: string, asks: string[]): Promise<View> {
  const standing = await standingOf(unit.tx, file.kind, id, asks);
  return standing ? viewFrom(standing, asks, unit.now) : gone;
}

function viewFrom({ nextAt, given: _, ...row }: Standing, asks: string[], now: Date): View {
  const until = nextAt?.getTime() ?? now.getTime() + A_LONG_TIME;
  return { ...row, asks, waitMs: Math.max(0, until - now.getTime()) };
}
