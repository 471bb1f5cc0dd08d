import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { parseArgs } from 'node:util';
import { type WalkedKind, walkedKinds } from '../records/kernel/kinds';
import type { Records } from '../records/kernel/transaction';
import { workflowOf } from '../records/kernel/walking';
import { runningSubjects, waitingSubjects } from './reconcile';

export interface Restart {
  kind: WalkedKind;
  /** The number of workflows for each second. A worker looks at each row once more, so the pace limits its load. */
  perSecond: number;
  /** The last workflow id that an interrupted restart reported. The restart goes on after it. */
  after?: string;
}

const PER_SECOND = 20;

/**
 * Reads the options of the command line: `--restart <kind> [--per-second <n>] [--after <workflow id>]`.
 *
 * @returns undefined without `--restart`
 * @throws Error for an unknown kind, a wrong number or a wrong workflow id, and for an option that needs `--restart`
 */
export function readRestart(args: readonly string[]): Restart | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { restart: { type: 'string' }, 'per-second': { type: 'string' }, after: { type: 'string' } },
  });
  const { restart: name, 'per-second': pace, after } = values;
  if (name === undefined) {
    if (pace !== undefined || after !== undefined) throw new Error('--per-second and --after need --restart');
    return undefined;
  }
  const kind = walkedKinds.find((each) => each === name);
  if (!kind) throw new Error(`there is no kind ${name}: it is one of ${walkedKinds.join(', ')}`);
  const perSecond = Number(pace ?? PER_SECOND);
  if (!Number.isInteger(perSecond) || perSecond < 1)
    throw new Error('--per-second takes a whole number from 1');
  if (after !== undefined && !after.startsWith(`${kind}/`))
    throw new Error(`--after takes the workflow id that was reported last, e.g. ${kind}/…`);
  return { kind, perSecond, ...(after !== undefined && { after }) };
}

/**
 * Ends the workflows of a kind of row and begins them again, so that new code need not follow old histories. It restarts
 * waiting rows and running workflows, in the order of their ids and at a set pace. Nothing is lost, because the row holds the
 * whole state. A command meanwhile begins the workflow itself. A repetition changes nothing more.
 *
 * @param report called with the last workflow id, the number of workflows begun so far, and the number of all
 * @returns the number of workflows begun again
 */
export async function restart(
  { records, client }: { records: Pick<Records, 'db'>; client: Client },
  { kind, perSecond, after = '' }: Restart,
  report: (last: string, done: number, all: number) => void,
): Promise<number> {
  const known = new Set([...(await waitingSubjects(records.db)), ...(await runningSubjects(client))]);
  const subjects = [...known]
    .filter((subject) => subject.startsWith(`${kind}/`) && subject > after)
    .toSorted();
  let done = 0;
  for (let from = 0; from < subjects.length; from += perSecond) {
    const second = pause(1000);
    const batch = subjects.slice(from, from + perSecond);
    await Promise.all(batch.map((subject) => beginAgain(client, subject)));
    done += batch.length;
    report(batch.at(-1) ?? '', done, subjects.length);
    if (done < subjects.length) await second;
  }
  return done;
}

async function beginAgain(client: Client, subject: string): Promise<void> {
  const [type, options] = workflowOf(subject);
  await client.workflow.start(type, { ...options, workflowIdConflictPolicy: 'TERMINATE_EXISTING' });
}
