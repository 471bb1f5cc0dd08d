import * as wf from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Carried, View } from '../activities/obligations';
import type { ObligationKind } from '../domain/obligations';
import type { Owner } from '../domain/roles';
import { REFRESH } from './messages';

/** What a stage waits for: who is asked, which waits bound it, and what follows. The tables say the same to everybody else. */
export interface Stage {
  asks: Owner | readonly Owner[];
  until: ObligationKind | readonly ObligationKind[];
  then: string;
}

/** Our own database: answered in milliseconds, asked again until it answers. */
export const local = wf.proxyLocalActivities<Activities>({
  startToCloseTimeout: '5s',
  localRetryThreshold: '3s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

/** Temporal, which is there when this runs: the few whom one row concerns are woken without a task of their own. */
export const waking = wf.proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  localRetryThreshold: '3s',
  retry: { initialInterval: '200ms', maximumInterval: '1 minute' },
});

/** Registers, and the waking of many. */
export const outside = wf.proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** The gateway may be down for days; meanwhile the row's clocks run on. */
export const gateway = wf.proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '1 hour' },
});

export const refresh = wf.defineSignal(REFRESH);

/**
 * Walks one row through its stages until it is closed. The row is the truth and this loop's memory a cache: it does what is
 * due, sends and wakes what follows, asks the register that is to be asked, and sleeps until the next rung or a message.
 *
 * @param subject the workflow id, the row's business key
 * @param commands names of the updates the row accepts; each carries only the id of a recorded command
 * @param stages the row's open states
 * @returns the state it closed in
 */
export async function follow<State extends string>(
  subject: string,
  commands: readonly string[],
  stages: Readonly<Record<State, Stage>>,
): Promise<string> {
  let view: View | undefined;
  let stale = true;
  let sending = false;
  let atOnce = false;
  let last: Promise<unknown> = Promise.resolve();

  /** One write at a time, in the order of arrival; the newest view is what the loop goes on with. */
  const inTurn = <T extends View>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      const seen = await work();
      view = seen;
      return seen;
    });
    last = mine.catch(() => undefined);
    return mine;
  };

  wf.setHandler(refresh, () => {
    stale = true;
  });
  for (const command of commands)
    wf.setHandler(wf.defineUpdate<number, [string]>(command), async (commandId: string) => {
      const { status } = await inTurn<Carried>(() => local.carryOut(commandId));
      return status;
    });

  for (;;) {
    if (stale || !view) {
      stale = false;
      await inTurn(() => local.advance(subject));
      continue;
    }
    const seen: View = view;
    wf.setCurrentDetails(describe(seen.state, stages[seen.state as State]));
    if (seen.unsent && !sending) {
      sending = true;
      void gateway.sendNotices(subject).finally(() => {
        sending = false;
        stale = true;
      });
    }
    if (seen.wakes) await waking.wakeOthers(subject);
    for (const taskId of seen.asks) await outside.ask(subject, taskId);
    if (seen.wakes || seen.asks.length > 0) {
      stale = true;
      continue;
    }
    if (!seen.open && !sending) {
      // A command on its way may open the row again: a case reopened, an end taken back.
      await wf.condition(wf.allHandlersFinished);
      if (view === seen) return seen.state;
      continue;
    }
    // What is due at once needs no timer: on the time-skipping server one that fires while it is cancelled hangs its workflow.
    if (seen.waitMs === 0 && !atOnce) {
      atOnce = true;
      stale = true;
      continue;
    }
    atOnce = false;
    const woken = await wf.condition(() => stale || view !== seen, Math.max(1, seen.waitMs));
    if (!woken) stale = true;
  }
}

const list = (one: string | readonly string[]): string => (typeof one === 'string' ? one : one.join(', '));

const describe = (state: string, stage: Stage | undefined): string =>
  stage ? `${state}: asks ${list(stage.asks)} until ${list(stage.until)}; then ${stage.then}` : state;
