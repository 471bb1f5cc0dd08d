import { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { pathways } from '../domain/pathways';
import { turns } from '../records/kernel/turns';

/**
 * Decisions of people go before the acts of rows by themselves: deadlines, reminders, looks and wakes. Only few such acts run at once in a
 * worker, so a decision does not wait for all of them.
 *
 * @param atOnce the most such acts at once
 */
export function peopleFirst(atOnce: number): ActivityInterceptorsFactory {
  const inTurn = turns(atOnce);
  return ({ info: { isLocal, activityType } }) => ({
    inbound: {
      execute: (input, next) =>
        isLocal && !decisions.has(activityType) ? inTurn(() => ifAwaited(() => next(input))) : next(input),
    },
  });
}

/** The activities that carry out a person's command. */
const decisions: ReadonlySet<string> = new Set(
  Object.entries(pathways).flatMap(([kind, { commands }]) =>
    Object.keys(commands).map((name) => `${kind}.${name}`),
  ),
);

/** An act whose time was over before its turn is tried again by its workflow, so it does not begin. */
async function ifAwaited<T>(act: () => Promise<T>): Promise<T> {
  Context.current().cancellationSignal.throwIfAborted();
  return act();
}
