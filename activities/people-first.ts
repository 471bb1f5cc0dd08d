import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { pathways } from '../domain/pathways';
import { delayOf } from '../domain/spread';

/** So many acts of rows by themselves in ten seconds are a burst. */
const BURST = 50;
const BURST_MS = 10_000;

/** People decide as long as one of them has decided in the last minute. */
const DECIDE_MS = 60_000;

/** In a burst the rows behind the changed rows are woken within so many seconds. Their own acts are days ahead. */
const LATER_SECONDS = 300;

/**
 * Decisions of people go before the acts of rows by themselves: deadlines, reminders, looks and wakes.
 *
 * - Only few such acts run at once in a worker, so a decision never waits behind hundreds of them.
 * - In a burst, while people decide, the rows that a deadline has changed wake the others some minutes later.
 *
 * @param atOnce the most such acts at once
 */
export function peopleFirst(atOnce: number): ActivityInterceptorsFactory {
  const inTurn = turns(atOnce);
  const acts = lately(BURST, BURST_MS);
  const decided = lately(1, DECIDE_MS);
  return ({ info: { isLocal, activityType, attempt } }) => ({
    inbound: {
      async execute(input, next) {
        if (decisions.has(activityType)) {
          decided.note();
          return next(input);
        }
        if (!isLocal) return next(input);
        acts.note();
        const [subject, forPerson] = input.args;
        if (activityType === 'wakeOthers' && forPerson === false && attempt === 1)
          if (acts.areMany() && decided.areMany()) throw later(delayOf(String(subject), LATER_SECONDS));
        return inTurn(() => next(input));
      },
    },
  });
}

/** The activities that carry out a person's command. */
const decisions: ReadonlySet<string> = new Set(
  Object.entries(pathways).flatMap(([kind, { commands }]) =>
    Object.keys(commands).map((name) => `${kind}.${name}`),
  ),
);

const later = (ms: number): ApplicationFailure =>
  ApplicationFailure.create({ message: 'people decide now', type: 'PeopleFirst', nextRetryDelay: ms });

/** Whether there were many in the time until now. */
function lately(many: number, ms: number) {
  let instants: number[] = [];
  return {
    note: (): void => void (instants = [...instants, performance.now()].slice(-many)),
    areMany: (): boolean => instants.length === many && performance.now() - (instants[0] ?? 0) < ms,
  };
}

function turns(atOnce: number) {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
