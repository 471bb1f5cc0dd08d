import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { dayOf } from '../domain/day';
import type { Db } from '../prisma/db';
import { refreshOf } from '../records/kernel/walking';
import { enterRun } from '../records/pruning/runs';

const LOOKS_EVERY_MS = 1000;
/** A worker takes a run up within so many looks, else none answers. */
const TAKEN_UP_WITHIN = 3;

/**
 * Enters the run of today and waits until the workers have done it.
 *
 * @param report called with a line of progress, and once where no worker has taken the run up
 * @throws Error when today's run was done before: a day has one run
 */
export async function pruneToday(
  { db, client }: { db: Db; client: Client },
  now: Date,
  report: (line: string) => void,
): Promise<void> {
  const id = dayOf(now);
  const known = await db.pruning.findUnique({ where: { id }, select: { open: true } });
  if (known?.open === false)
    throw new Error(
      `The run of ${id} was done before, and nothing was removed now. Start the next run tomorrow.`,
    );
  await db.pruning.updateMany({ where: { id, open: true }, data: { at: now } });
  const subject = await enterRun(db, id, now, now);
  await client.workflow.signalWithStart(...refreshOf(subject));
  let last = '';
  for (let look = 0; ; look++) {
    const { open, removed } = await db.pruning.findUniqueOrThrow({ where: { id } });
    const line = JSON.stringify(removed);
    if (line !== last) report(`removed ${line}`);
    last = line;
    if (!open) return report(`the run of ${id} is done`);
    if (look === TAKEN_UP_WITHIN && !(await isTakenUp(client, subject))) report(NOBODY);
    await pause(LOOKS_EVERY_MS);
  }
}

const NOBODY =
  'No worker answers, so nothing is removed yet. Start one: npm start, or the command worker of the image. The run is entered and then begins; you may end this command.';

/** The signal gave the workflow a task. It still waits for a worker, unless one has taken it. */
async function isTakenUp(client: Client, subject: string): Promise<boolean> {
  const { raw } = await client.workflow.getHandle(subject).describe();
  return !raw.pendingWorkflowTask || Number(raw.pendingWorkflowTask.startedTime?.seconds ?? 0) > 0;
}
