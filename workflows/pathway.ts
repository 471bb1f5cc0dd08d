import * as wf from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { RowActivity } from '../activities/row-activities';
import { obligation, type ObligationKind, obligations } from '../domain/obligations';
import { pathwayOf } from '../domain/pathways';
import { type Bell, NotCarriedOut, type Timer, walk } from './loop';
import { queueOf, REFRESH } from './messages';
import type { Stages } from './stages';

const retry = { initialInterval: '200ms', maximumInterval: '1 minute' } as const;

/** The product's own database answers in milliseconds. It is asked again until it answers. */
const ours = { startToCloseTimeout: '5s', localRetryThreshold: '3s', retry } as const;
export const local = wf.proxyLocalActivities<Activities>(ours);

/** Steps and commands, each a local activity `<kind>.<name>`. */
const named = wf.proxyLocalActivities<Record<string, RowActivity>>(ours);

/** Waking needs only Temporal, which is up while this code runs. One row wakes few others, so a local activity is enough. */
const waking = wf.proxyLocalActivities<Activities>({ ...ours, startToCloseTimeout: '10s' });

const elsewhere = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
} as const;

/** The waking of many. */
export const outside = wf.proxyActivities<Activities>(elsewhere);

/** The question of a wait goes to its register's queue. A wait that this code no longer knows is put aside without one. */
const asking = (wait: string): Pick<Activities, 'ask'> => {
  const question = wait in obligations ? obligation(wait as ObligationKind).question : undefined;
  return question ? wf.proxyActivities<Activities>({ ...elsewhere, taskQueue: queueOf(question) }) : outside;
};

/** The gateway may be down for days. Meanwhile the row's deadlines run on. */
const gateway = wf.proxyActivities<Activities>({
  taskQueue: queueOf('notifications'),
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '10 minutes' },
});

export const refresh = wf.defineSignal(REFRESH);

/** The server suggests a new execution at 4,096 events. The time-skipping server never suggests it. */
const LONG = 4000;

/** Timers of a row. A timer that fired leaves its scope to the next one, because a scope is dearer than a timer. */
function timers() {
  let free: wf.CancellationScope | undefined;
  return (ms: number, summary: string, then: () => void): Timer => {
    const scope = free ?? new wf.CancellationScope();
    free = undefined;
    let fired = false;
    void scope
      .run(() => wf.sleep(Math.max(1, ms), { summary }))
      .then(
        () => {
          fired = true;
          free = scope;
          then();
        },
        () => undefined,
      );
    return { hasFired: () => fired, cancel: () => fired || scope.cancel() };
  };
}

const silent = (): void => undefined;

function until(met: () => boolean, bell?: Bell): Promise<void> {
  if (!bell) return wf.condition(met);
  return new Promise((resolve) => {
    const end = (): void => {
      bell.ring = silent;
      resolve();
    };
    const look = (): void => {
      if (met()) end();
    };
    bell.ring = () => {
      if (wf.allHandlersFinished()) return look();
      // The answer to a decision goes out before the loop's next commands. A condition is looked at now, and again after the answer.
      bell.ring = silent;
      let looks = 0;
      void wf.condition(() => looks++ > 0 && met()).then(end);
    };
    look();
  });
}

/**
 * The workflow of a kind of row, made from its stages. Its only argument is the row's business key. Its result is the state in which the
 * row closed.
 */
export const pathway =
  (stages: Stages) =>
  async (subject: string): Promise<string> => {
    const {
      refresh: look,
      command,
      run,
    } = walk(stages, {
      step: (activity, task = '', state) => (named[activity] as RowActivity)(subject, task, state),
      ask: ({ wait, task }) => asking(wait).ask(subject, task),
      sendNotices: () => gateway.sendNotices(subject),
      wakeOthers: () => waking.wakeOthers(subject),
      timer: timers(),
      until,
      isIdle: () => wf.allHandlersFinished(),
      isLong: () => {
        const { continueAsNewSuggested, historyLength } = wf.workflowInfo();
        return continueAsNewSuggested || historyLength > LONG;
      },
      show: (stage) => wf.setCurrentDetails(stage),
    });
    wf.setHandler(refresh, look);
    for (const name of Object.keys(pathwayOf(stages.kind).commands))
      wf.setHandler(wf.defineUpdate<number, [string]>(name), async (id: string) => {
        try {
          return await command(name, id);
        } catch (error) {
          if (error instanceof NotCarriedOut)
            throw wf.ApplicationFailure.nonRetryable(error.message, error.name);
          throw error;
        }
      });
    const ending = await run();
    return ending === 'anew'
      ? wf.continueAsNew<(subject: string) => Promise<string>>(subject)
      : ending.closed;
  };
