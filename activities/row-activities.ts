import { dayOf } from '../domain/day';
import { type Next, nextOf } from '../domain/next';
import { obligation, type ObligationKind } from '../domain/obligations';
import { nextAttempt } from '../domain/pauses';
import type { RowKind } from '../domain/pathways';
import { delayOf } from '../domain/spread';
import type { Task } from '../prisma/generated/client';
import { broughtBack, nextTry, putAside, reportDefect } from '../records/kernel/defects';
import { writeEntries } from '../records/kernel/entries';
import { record } from '../records/kernel/events';
import { isOutOfReach } from '../records/kernel/faults';
import { type Standing, standingOf } from '../records/kernel/standing';
import { lockRow, rowOf, statesOf, subjectOf } from '../records/kernel/rows';
import { askAgain, closeTasks, escalate, remind, stay, waitOf } from '../records/kernel/tasks';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import { insertInto, updateIn } from '../records/kernel/writing';
import type { Answer } from '../registers/answer';
import type { Registers } from '../registers/registers';
import { stepAfter, STAYS } from '../workflows/stages';
import { stagesOf } from '../records/kernel/kinds';
import type { View } from '../workflows/view';
import { bySystem, leaveOut } from './batch';
import { carryOut, type Carried, fail, nextNow } from './carry-out';
import { mustBeDifferent } from './names';
import { asPossible } from './possible';
import type { AnyRowHandlers } from './row-handlers';
import { tried } from './tried';

/** A step or a command of a row. It is one transaction and returns the row's view afterwards. */
export type RowActivity = (subject: string, task: string, state?: string) => Promise<View>;

/** A row that does not exist: its workflow ends. */
const missing = (offset: number): View => ({
  state: 'missing',
  open: false,
  offset,
  unsent: false,
  wakes: false,
});

/**
 * The local activities of every row's workflow. Each activity changes the locked row in one transaction. The transaction
 * decides: if another act comes first by now, it changes nothing. A repetition, also after a crash, changes nothing more.
 *
 * @throws Error for a name that is registered twice
 */
export function createRowActivities(
  records: Records,
  allHandlers: readonly AnyRowHandlers[],
  registers: Registers,
) {
  const handlersOf = (subject: string): { handlers: AnyRowHandlers; id: string } => {
    const row = rowOf(subject);
    const handlers = allHandlers.find((candidate) => candidate.kind === row?.kind);
    if (!row || !handlers) throw new Error(`no row handlers for ${subject}`);
    return { handlers, id: row.id };
  };

  const offsetNow = async (): Promise<number> => (await records.clock.offset?.()) ?? 0;

  const viewOf = async (
    transaction: Pick<Transaction, 'tx' | 'now'>,
    kind: RowKind,
    id: string,
  ): Promise<View> => {
    const [standing, offset] = [await standingOf(transaction.tx, kind, id), await offsetNow()];
    return standing ? viewFrom(subjectOf(kind, id), standing, transaction.now, offset) : missing(offset);
  };

  const viewFrom = (subject: string, standing: Standing, now: Date, offset: number): View => {
    const { state, open, waits, given, unsent, wakes, lookAt } = standing;
    const delay = delayOf(subject, records.settings.spreadSeconds);
    const what = nextOf(open ? waits : [], given, now.getTime(), delay);
    const look: Next | undefined =
      open && lookAt !== null
        ? { does: 'look', at: lookAt, inMs: Math.max(0, lookAt - now.getTime()) }
        : undefined;
    const next = look && (!what.next || look.at < what.next.at) ? look : what.next;
    return { state, open, ...what, ...(next && { next }), offset, unsent, wakes };
  };

  /** Changes a locked row, if it is open, and returns its view. A defect is recorded, and the view is returned, too. */
  async function onRow(
    subject: string,
    work: (
      transaction: Transaction,
      row: { handlers: AnyRowHandlers; id: string; state: string },
    ) => Promise<void>,
    onDefect: (transaction: Transaction, error: unknown) => Promise<void>,
  ): Promise<View> {
    const { handlers, id } = handlersOf(subject);
    return tried(
      () =>
        change(records, bySystem(subject), async (transaction) => {
          const row = await lockRow(transaction.tx, handlers.kind, id);
          if (row?.open) await work(transaction, { handlers, id, state: row.state });
          await writeEntries(transaction);
          return viewOf(transaction, handlers.kind, id);
        }),
      (error) => defectOn(subject, error, onDefect),
    );
  }

  /** Records a defect in a separate transaction. @returns the row's view afterwards */
  async function defectOn(
    subject: string,
    error: unknown,
    onDefect: (transaction: Transaction, error: unknown) => Promise<void>,
  ): Promise<View> {
    const { handlers, id } = handlersOf(subject);
    await change(records, bySystem(subject), async (transaction) => {
      await lockRow(transaction.tx, handlers.kind, id);
      await onDefect(transaction, error);
    });
    records.onDefect?.(subject, error);
    return viewAsItIs(subject);
  }

  /**
   * The row's view. If the view cannot be computed, that is a defect. Then the view is the row's state and another look in the
   * morning. Commands are still tried.
   */
  async function viewAsItIs(subject: string): Promise<View> {
    const { handlers, id } = handlersOf(subject);
    return tried(
      async () => viewOf({ tx: records.db, now: await records.clock.now() }, handlers.kind, id),
      (error) => lookLater(subject, error),
    );
  }

  /** Records a defect of the row as a whole. @returns the row's state and another look in the morning */
  async function lookLater(subject: string, error: unknown): Promise<View> {
    const { handlers, id } = handlersOf(subject);
    const [row] = await statesOf(records.db, handlers.kind, [id]);
    const offset = await offsetNow();
    if (!row) return missing(offset);
    await leaveOut(records, subject, 'look', error);
    const now = await records.clock.now();
    const at = nextTry({ today: dayOf(now), settings: records.settings }).getTime();
    const next: Next = { does: 'look', at, inMs: Math.max(0, at - now.getTime()) };
    return { state: row.state, open: row.open, next, offset, unsent: false, wakes: false };
  }

  /**
   * Acts on one wait, if this is the row's next act. A defect puts the wait aside.
   *
   * @param data what is written on the wait before the work
   */
  const aboutWait = (
    subject: string,
    taskId: string,
    isIt: (next: Next, state: string) => boolean,
    work: (
      transaction: Transaction,
      task: Task,
      row: { handlers: AnyRowHandlers; id: string },
    ) => Promise<void>,
    data: { nextAt?: null } = {},
  ): Promise<View> =>
    onRow(
      subject,
      async (transaction, { handlers, id, state }) => {
        const next = await nextNow(transaction, handlers.kind, id);
        if (!next || next.inMs > 0 || !('task' in next) || next.task !== taskId || !isIt(next, state)) return;
        const where = { id: BigInt(taskId) };
        const task = await transaction.tx.task.update({ where, data });
        transaction.wakesCanWait = true;
        await work(transaction, task, { handlers, id });
        await settled(transaction, task);
      },
      (transaction, error) => setAside(transaction, taskId, error),
    );

  async function setAside(transaction: Transaction, taskId: string, error: unknown): Promise<void> {
    const task = await transaction.tx.task.findUnique({ where: { id: BigInt(taskId) } });
    if (task && task.closedAt === null) await putAside(transaction, task, error);
  }

  const step =
    (name: string): RowActivity =>
    (subject, taskId, chosenIn) =>
      aboutWait(
        subject,
        taskId,
        (next, state) =>
          next.does === 'over' &&
          state === chosenIn &&
          stepAfter(stagesOf(handlersOf(subject).handlers.kind), state, next.wait) === name,
        async (transaction, task, { handlers, id }) => {
          const work = handlers.steps[name];
          if (!work) throw new Error(`${handlers.kind} has no step ${name}`);
          await work(transaction, id, task);
        },
        { nextAt: null },
      );

  /**
   * Answers a command with the result of the work. After a defect the defect is the answer. If that answer cannot be recorded,
   * the row is looked at in the morning.
   */
  const answering = (
    subject: string,
    commandId: string,
    work: (handlers: AnyRowHandlers, id: string) => Promise<Carried | undefined>,
  ): Promise<View> => {
    const { handlers, id } = handlersOf(subject);
    return tried(
      async () => {
        const carried = await tried<Carried | undefined>(
          () => work(handlers, id),
          async (error) => {
            const status = await fail(records, handlers, subject, id, commandId, error);
            records.onDefect?.(subject, error);
            return { status };
          },
        );
        const view = carried?.standing
          ? viewFrom(subject, carried.standing, await records.clock.now(), await offsetNow())
          : await viewAsItIs(subject);
        return { ...view, ...(carried && { status: carried.status }) };
      },
      async (error) => ({ ...(await lookLater(subject, error)), status: 500 }),
    );
  };

  const command: RowActivity = (subject, commandId) =>
    answering(subject, commandId, (handlers, id) => carryOut(records, handlers, subject, id, commandId));

  const named = allHandlers.flatMap(({ kind, commands, steps }) => [
    ...Object.keys(commands).map((name) => [`${kind}.${name}`, command] as const),
    ...Object.keys(steps).map((name) => [`${kind}.${name}`, step(name)] as const),
  ]);
  mustBeDifferent(named.map(([name]) => name));

  return {
    /** Every step and command, by the name of its activity. */
    named: Object.fromEntries(named),

    /**
     * The row's view. A row that depends on other rows looks at them first, and may change. A look that succeeds after a failed
     * look ends the administrator's task.
     */
    async look(subject: string): Promise<View> {
      const { reconsider } = handlersOf(subject).handlers;
      const view = reconsider ? undefined : await viewAsItIs(subject);
      if (view && !(view.next?.does === 'look' && view.next.inMs === 0)) return view;
      return onRow(
        subject,
        async (transaction, { id }) => {
          await reconsider?.(transaction, id);
          await closeTasks(transaction, { kinds: ['defect'], ref: 'look' }, 'done');
        },
        (transaction, error) => reportDefect(transaction, 'look', error),
      );
    },

    /** Reminds the owner of a wait. */
    remind: (subject: string, taskId: string): Promise<View> =>
      aboutWait(subject, taskId, ({ does }) => does === 'remind', remind),

    /** The next owner has the wait from now on. */
    escalate: (subject: string, taskId: string): Promise<View> =>
      aboutWait(subject, taskId, ({ does }) => does === 'escalate', escalate),

    /** The time of the last owner is over. The wait stays with that owner. */
    stay: (subject: string, taskId: string): Promise<View> =>
      aboutWait(
        subject,
        taskId,
        (next, state) =>
          next.does === 'over' &&
          stepAfter(stagesOf(handlersOf(subject).handlers.kind), state, next.wait) === STAYS,
        stay,
      ),

    /** No stage names the wait, or nothing carries out its step. The wait is put aside, and the administrator has a task. */
    undecided: (subject: string, taskId: string): Promise<View> =>
      onRow(
        subject,
        async (transaction, { handlers, id }) => {
          const next = await nextNow(transaction, handlers.kind, id);
          if (next?.inMs === 0 && 'task' in next && next.task === taskId)
            await setAside(transaction, taskId, new Error('no step follows'));
        },
        (transaction, error) => reportDefect(transaction, 'look', error),
      ),

    /** Answers a command that the code no longer knows as a defect. */
    unknownCommand: (subject: string, commandId: string): Promise<View> =>
      answering(subject, commandId, async (handlers, id) => ({
        status: await fail(records, handlers, subject, id, commandId, new Error('no such command')),
      })),

    /** Asks a register a task's question and records the answer. After an unknown it asks again with growing pauses. */
    async ask(subject: string, taskId: string): Promise<View> {
      const { handlers, id } = handlersOf(subject);
      const { db, clock } = records;
      const aside = (transaction: Transaction, error: unknown) => setAside(transaction, taskId, error);
      const task = await tried(
        () => waitOf(db, BigInt(taskId)),
        async (error) => {
          await defectOn(subject, error, aside);
          return null;
        },
      );
      if (!task || task.closedAt) return viewAsItIs(subject);
      const question = handlers.questions[task.kind as ObligationKind];
      if (!question) return defectOn(subject, new Error(`${handlers.kind} asks no ${task.kind}`), aside);
      const askedAt = await clock.now();
      const said = await question
        .ask(registers, { tx: db, today: dayOf(askedAt) }, id, task)
        .then((said) => asPossible(said, dayOf(askedAt), records.settings))
        .catch((error: unknown) => {
          if (isOutOfReach(error)) throw error;
          return { error };
        });
      return onRow(
        subject,
        async (transaction) => {
          const now = await waitOf(transaction.tx, task.id);
          if (!now || now.closedAt !== null) return;
          // The question was asked or prompted again meanwhile, so the earlier answer does not count.
          if (now.attempts !== task.attempts || now.nextAt?.getTime() !== task.nextAt?.getTime()) return;
          if ('error' in said) throw said.error;
          if (await question.closeIfMoot?.(transaction, id, now)) return;
          const again = await question.askedAgain?.(transaction, said);
          await recordAnswer(transaction, now, said, askedAt, again);
          if (said.answer !== 'unknown') await question.onAnswer(transaction, id, now, said);
          else if (task.attempts === 0) await question.onSilence?.(transaction, id, now);
          await settled(transaction, now);
        },
        aside,
      );
    },

    view: viewAsItIs,
  };
}

/**
 * A wait was acted on, so it is closed or has a next act. The administrator's task for its defect ends.
 *
 * @throws Error for a wait that would stay open for ever without a reminder, which is a defect of the code
 */
async function settled(transaction: Transaction, task: Task): Promise<void> {
  const left = await waitOf(transaction.tx, task.id);
  if (left && left.closedAt === null && left.nextAt === null)
    throw new Error(`the wait ${task.kind} of ${task.subject} is left open, and nothing comes next`);
  await broughtBack(transaction, task);
}

/**
 * Records a register's answer to a task's question. After an unknown the register is asked again.
 *
 * @param again the instant of the next question; after a growing pause unless given
 * @throws Error for a task that asks no register
 */
async function recordAnswer(
  transaction: Transaction,
  task: Task,
  said: Answer<object, object>,
  askedAt: Date,
  again = later(transaction.now, task),
): Promise<void> {
  const { answer, raw } = said;
  const { question: register } = obligation(task.kind as ObligationKind);
  if (!register) throw new Error(`${task.kind} asks no register`);
  const { subject, tx } = transaction;
  await insertInto(tx, 'register_answers', { register, subject, kind: task.kind, askedAt, answer, raw });
  const isKnown = answer !== 'unknown';
  if (isKnown || task.attempts === 0)
    await record(transaction, 'register_asked', task, { register, answer: heard(said), kind: task.kind });
  if (isKnown) await updateIn(tx, 'tasks', task.id, { attempts: task.attempts + 1, nextAt: null });
  else await askAgain(transaction, task, byItsEnd(transaction.now, task, again));
}

/** An answer in the words of a time line. An order that was accepted is not unanswered. */
const heard = (said: Answer<object, object>): string =>
  said.answer === 'unknown' && said.why === 'accepted' ? said.why : said.answer;

const later = (now: Date, task: Task): Date => new Date(now.getTime() + nextAttempt(task.attempts + 1));

/** The next instant at which a register is asked, but at the latest at the end of its time. */
function byItsEnd(now: Date, { due }: Task, again: Date): Date {
  return new Date(due ? Math.min(again.getTime(), Math.max(now.getTime(), due.getTime()) + 1000) : again);
}
