import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Db } from '../prisma/db';
import { mendKept } from '../records/kept';
import { walkedKinds } from '../records/kernel/kinds';
import { openIds } from '../records/kernel/rows';
import type { Records } from '../records/kernel/transaction';
import { isWalked, refreshOf } from '../records/kernel/walking';
import { REFRESH } from '../workflows/messages';

/** The numbers of workflows that were begun, that were woken, and that were told that their row is closed. */
export interface Reconciled {
  begun: number;
  woken: number;
  closedTold: number;
}

const SIDE_BY_SIDE = 20;
const REPORT_EVERY = 1000;

/**
 * Brings every workflow in step with the legal record, from PostgreSQL alone. It is for a lost store of Temporal, for a store
 * that is older than the record, and for every doubt.
 *
 * The workflow of every open row is begun or woken. So is the workflow of a row with commands to carry out, messages to send
 * or other workflows to wake. Running workflows of closed rows are told to look. Kept facts that differ from their rows are
 * written anew. A repetition changes nothing more.
 *
 * @param report called with a line of progress
 */
export async function reconcile(
  { records, client }: { records: Pick<Records, 'db'>; client: Client },
  report: (line: string) => void,
): Promise<Reconciled> {
  const running = await runningSubjects(client);
  const leftOver = await leftOverWakes(records.db);
  const waiting = new Set([...(await waitingSubjects(records.db)), ...leftOver.targets]);
  const closed = [...running].filter((subject) => !waiting.has(subject));
  report(`${waiting.size} wait; ${running.size} workflows run, ${closed.length} of them for a closed row`);

  let begun = 0;
  await inParallel([...waiting], async (subject, done) => {
    await client.workflow.signalWithStart(...refreshOf(subject));
    if (!running.has(subject)) begun += 1;
    if (done % REPORT_EVERY === 0) report(`${done} of ${waiting.size}`);
  });
  await inParallel(closed, (subject) => tell(client, subject));
  await records.db.outbox.deleteMany({ where: { id: { in: leftOver.ids } } });
  for (const difference of await mendKept(records.db)) report(`${difference}: mended`);
  return { begun, woken: waiting.size - begun, closedTold: closed.length };
}

export async function runningSubjects(client: Client): Promise<Set<string>> {
  const running = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
    if (isWalked(workflowId)) running.add(workflowId);
  return running;
}

/** All open rows, and all rows that still have commands to carry out, messages to send or workflows to wake. */
export async function waitingSubjects(db: Db): Promise<Set<string>> {
  const subjects = new Set<string>();
  for (const kind of walkedKinds) for (const id of await openIds(db, kind)) subjects.add(`${kind}/${id}`);
  const unsent = await db.notice.groupBy({ by: ['subject'], where: { state: 'queued' } });
  const unwoken = await db.outbox.groupBy({ by: ['subject'] });
  const undone = await db.command.groupBy({ by: ['subject'], where: { state: 'pending' } });
  for (const { subject } of [...unsent, ...unwoken, ...undone]) if (isWalked(subject)) subjects.add(subject);
  return subjects;
}

/** The wakes of senders without a workflow: an API process may have stopped between its commit and the waking. */
async function leftOverWakes(db: Db): Promise<{ ids: bigint[]; targets: string[] }> {
  const wakes = (await db.outbox.findMany()).filter(({ subject }) => !isWalked(subject));
  return { ids: wakes.map(({ id }) => id), targets: wakes.map(({ target }) => target).filter(isWalked) };
}

/** Tells a workflow to look. A workflow that has ended meanwhile needs no signal. */
async function tell(client: Client, subject: string): Promise<void> {
  try {
    await client.workflow.getHandle(subject).signal(REFRESH);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

async function inParallel<T>(
  items: readonly T[],
  work: (item: T, done: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item, next);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}
