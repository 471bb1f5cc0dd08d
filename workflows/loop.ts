import type { Next, Question } from '../domain/next';
import { pathwayOf } from '../domain/pathways';
import { type Stages, stepAfter, STAYS, waitsIn } from './stages';
import type { View } from './view';

/** A timer that runs until it is cancelled. */
export interface Timer {
  hasFired(): boolean;
  cancel(): void;
}

/** Wakes the loop. In a workflow one promise is cheaper than a condition, which is looked at after each event. */
export interface Bell {
  ring: () => void;
}

/** The surroundings of the loop: Temporal in a workflow, a scheduler in a test. */
export interface Surroundings {
  /** One transaction on the row, by the name of its activity. Returns the view of the row after it. */
  step(activity: string, ...args: string[]): Promise<View>;
  ask(question: Question): Promise<View>;
  sendNotices(): Promise<View>;
  /** Begins or wakes the workflows of other rows. Returns their ids. */
  wakeOthers(): Promise<readonly string[]>;
  /** @param fired is called when the time is over */
  timer(ms: number, summary: string, fired: () => void): Timer;
  /** @param bell is rung at each change that may meet the condition; without a bell the condition is looked at after each event */
  until(met: () => boolean, bell?: Bell): Promise<void>;
  /** Whether no update is being handled. */
  isIdle(): boolean;
  /** Whether the history is so long that the workflow begins anew. */
  isLong(): boolean;
  /** Shows people the stage, its waits and the steps that follow. */
  show(stage: string): void;
}

/** The end of an execution: the state in which the row closed, or `anew` because the history is long. */
export type Ending = { closed: string } | 'anew';

export interface Walk {
  /** Reads the row again, because it changed. */
  refresh: () => void;
  /** Carries out a given command. @returns its status @throws NotCarriedOut while too many steps come before it */
  command: (name: string, id: string) => Promise<number>;
  run: () => Promise<Ending>;
}

/** Too many steps came before a command. The command stays given, and the same key gets its answer later. */
export class NotCarriedOut extends Error {
  override name = 'NotCarriedOut';
}

/** The most steps that may come before an awaited command. */
const MANY = 20;

/**
 * Leads one row through its stages until it is closed. The row is the truth, and this loop's memory is a cache. Each step returns the
 * row's state and next act. The stages name the step that follows a wait. Questions to registers and messages run beside the loop, so a
 * silent register delays nothing else.
 */
export function walk(stages: Stages, outside: Surroundings): Walk {
  let view: View | undefined;
  let stale = true;
  let asking = false;
  let sending = false;
  /** The last step in the queue, and how many wait or run. `turns` counts the beginnings and ends of steps. */
  let last: Promise<unknown> | undefined;
  let inLine = 0;
  let turns = 0;
  const timers: { next?: Armed; question?: Armed } = {};
  const bell: Bell = { ring: () => undefined };

  /** One step at a time, in the order of arrival. Replays pay for each promise, so there are few. */
  const inTurn = (step: () => Promise<View>): Promise<View> => {
    const mine = after(inLine++ > 0 ? last : undefined, step);
    last = mine;
    return mine;
  };

  const after = async (before: Promise<unknown> | undefined, step: () => Promise<View>): Promise<View> => {
    if (before) await before.catch(() => undefined);
    turns += 1;
    try {
      view = await step();
      return view;
    } finally {
      turns += 1;
      inLine -= 1;
      bell.ring();
    }
  };

  /** Work that takes long. If a step ran meanwhile, the row is read again; otherwise the returned view counts. */
  const beside = async (work: () => Promise<View>, done: () => void): Promise<void> => {
    const before = turns;
    const isAlone = turns % 2 === 0;
    try {
      const seen = await work();
      if (isAlone && turns === before) view = seen;
      else stale = true;
      turns += 2; // Other work beside the loop may have read the row before this work wrote.
    } finally {
      done();
      bell.ring();
    }
  };

  const ask = (question: Question): void => {
    asking = true;
    void beside(
      () => outside.ask(question),
      () => (asking = false),
    );
  };

  const sendNotices = (): void => {
    sending = true;
    void beside(
      () => outside.sendNotices(),
      () => (sending = false),
    );
  };

  /** Does the next step. If the view then still names that step, this worker's code cannot do it, and the wait is put aside. */
  const perform = async (state: string, next: Next): Promise<void> => {
    const [activity, ...args] = activityFor(stages, state, next);
    const after = await inTurn(() => outside.step(activity, ...args));
    if ('task' in next && isSame(next, after.next) && after.state === state && after.next?.inMs === 0)
      await inTurn(() => outside.step('undecided', next.task));
  };

  /** Sets a timer. The present timer stays while the instant and the clock's offset are the same. */
  const arm = (
    slot: keyof typeof timers,
    seen: View,
    due: { at: number; inMs: number; wait?: string } | undefined,
  ) => {
    const armed = timers[slot];
    if (due && armed?.at === due.at && armed.offset === seen.offset) return armed;
    armed?.timer.cancel();
    delete timers[slot];
    if (!due) return undefined;
    const timer = outside.timer(due.inMs, due.wait ?? 'look', () => bell.ring());
    return (timers[slot] = { at: due.at, offset: seen.offset, timer });
  };

  const isDue = (slot: keyof typeof timers, seen: View, due: { at: number; inMs: number }): boolean => {
    const armed = timers[slot];
    return due.inMs === 0 || (armed?.at === due.at && armed.offset === seen.offset && armed.timer.hasFired());
  };

  async function run(): Promise<Ending> {
    for (;;) {
      if (stale || !view) {
        stale = false;
        await inTurn(() => outside.step('look'));
        continue;
      }
      const seen: View = view;
      const { next, question } = seen;
      const hasChanged = () => stale || view !== seen;
      outside.show(stageInWords(stages, seen.state));
      if (seen.unsent && !sending) sendNotices();
      const isOwed = next && !isDue('next', seen, next);
      const isAsked = question && !asking && !isDue('question', seen, question);
      // The timers start now, because waking the other workflows may take long.
      if (seen.open && isOwed) arm('next', seen, next);
      if (seen.open && isAsked) arm('question', seen, question);
      if (seen.wakes) {
        await outside.wakeOthers();
        if (view === seen) view = { ...seen, wakes: false };
        continue;
      }
      if (!seen.open && next?.does !== 'command') {
        // A command in progress may open the row again, and unsent messages are sent first.
        await outside.until(() => hasChanged() || (!sending && outside.isIdle()));
        if (!hasChanged() && !sending) return { closed: seen.state };
        continue;
      }
      if (next && isDue('next', seen, next)) {
        arm('next', seen, undefined);
        await perform(seen.state, next);
        continue;
      }
      if (question && !asking && isDue('question', seen, question)) {
        arm('question', seen, undefined);
        ask(question);
        continue;
      }
      if (outside.isLong() && outside.isIdle() && !sending && !asking) return 'anew';
      const first = arm('next', seen, next);
      const second = asking ? undefined : arm('question', seen, question);
      const wasAsking = asking;
      await outside.until(
        () =>
          hasChanged() ||
          (first?.timer.hasFired() ?? false) ||
          (second?.timer.hasFired() ?? false) ||
          (wasAsking && !asking),
        bell,
      );
    }
  }

  return {
    refresh: () => {
      stale = true;
      bell.ring();
    },

    async command(name, id) {
      for (let round = 0; round < MANY; round++) {
        const { status, state, next } = await inTurn(() => outside.step(`${stages.kind}.${name}`, id));
        if (status !== undefined) return status;
        if (next?.inMs !== 0) break;
        await perform(state, next); // an earlier command, or a wait that ended earlier
      }
      throw new NotCarriedOut('too much comes before this command');
    },

    run,
  };
}

interface Armed {
  at: number;
  offset: number;
  timer: Timer;
}

/**
 * The local activity of the next act, with its arguments after the row. A command or step has the name that the row's kind gives it.
 */
export function activityFor(
  stages: Stages,
  state: string,
  next: Next,
): [activity: string, ...args: string[]] {
  if (next.does === 'look') return ['look'];
  if (next.does === 'command')
    return next.name in pathwayOf(stages.kind).commands
      ? [`${stages.kind}.${next.name}`, next.id]
      : ['unknownCommand', next.id];
  if (next.does !== 'over') return [next.does, next.task];
  const step = stepAfter(stages, state, next.wait);
  if (step === undefined) return ['undecided', next.task];
  return step === STAYS ? ['stay', next.task] : [`${stages.kind}.${step}`, next.task, state];
}

const isSame = (one: Next, other: Next | undefined): boolean =>
  other !== undefined &&
  'task' in one &&
  'task' in other &&
  one.task === other.task &&
  one.does === other.does &&
  one.at === other.at;

/** A stage in words, shown beside the execution: its state, its waits and the step after each. */
export const stageInWords = (stages: Stages, state: string): string =>
  [state, ...Object.entries(waitsIn(stages, state)).map(([wait, step]) => `${wait}: then ${step}`)].join(
    '\n',
  );
