import type { Client, HistoryAndWorkflowId, WorkflowExecutionInfo } from '@temporalio/client';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { walked, walkedKinds } from '../records/kernel/kinds';
import { TASK_QUEUE } from '../workflows/messages';

/** The executions whose histories are replayed. */
export interface Chosen {
  /** Closed ones too, as long as Temporal keeps them. */
  all: boolean;
  /** The greatest number for each kind of row; without it every one. The newest come first. */
  limit?: number;
}

export interface Disagreement {
  workflowId: string;
  runId: string;
  reason: string;
}

/** What was replayed of a kind of row. */
export interface Verified {
  kind: string;
  replayed: number;
  disagreements: Disagreement[];
}

/** Workflows of the service's queue that this version does not have. */
export const OTHERS = 'others';

const types = walkedKinds.map((kind) => `'${walked[kind].workflow}'`);

/** The kinds of rows and the condition of Temporal's list for the executions of each. */
const conditions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(walkedKinds.map((kind, n) => [kind, `WorkflowType = ${types[n]}`])),
  [OTHERS]: `WorkflowType NOT IN (${types.join(', ')})`,
};

/**
 * Replays the histories that a Temporal server holds with the workflows' code, and changes nothing.
 *
 * @param code the code that will ship
 * @param progress called at each hundredth history, with the number so far and the number of all of its kind
 * @returns a result for each kind that has executions
 */
export async function verifyHistories(
  client: Client,
  code: Pick<ReplayWorkerOptions, 'workflowBundle' | 'workflowsPath'>,
  { all, limit = Infinity }: Chosen,
  progress: (kind: string, replayed: number, of: number) => void,
): Promise<Verified[]> {
  const results: Verified[] = [];
  for (const [kind, condition] of Object.entries(conditions)) {
    const which = all ? '' : " AND ExecutionStatus = 'Running'";
    const query = `TaskQueue = '${TASK_QUEUE}' AND ${condition}${which}`;
    const { count } = await client.workflow.count(query);
    if (count === 0) continue;
    const of = Math.min(count, limit);
    const executions = client.workflow.list({ query });
    const answers =
      kind === OTHERS
        ? unknown(first(of, executions))
        : replayed(code, first(of, executions.intoHistories()));
    const result: Verified = { kind, replayed: 0, disagreements: [] };
    results.push(result);
    for await (const { reason, ...run } of answers) {
      result.replayed++;
      if (reason !== undefined) result.disagreements.push({ ...run, reason });
      if (result.replayed % 100 === 0) progress(kind, result.replayed, of);
    }
  }
  return results;
}

type Answer = Omit<Disagreement, 'reason'> & { reason?: string };

async function* replayed(
  code: Pick<ReplayWorkerOptions, 'workflowBundle' | 'workflowsPath'>,
  histories: AsyncIterable<HistoryAndWorkflowId>,
): AsyncIterable<Answer> {
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(code, histories))
    yield { workflowId, runId, ...(error && { reason: reasonIn(error.message) }) };
}

/** A history that has no decision yet would agree with any code, so these are not replayed. */
async function* unknown(executions: AsyncIterable<WorkflowExecutionInfo>): AsyncIterable<Answer> {
  for await (const { workflowId, runId, type } of executions)
    yield { workflowId, runId, reason: `this version has no workflow ${type}` };
}

async function* first<T>(count: number, all: AsyncIterable<T>): AsyncIterable<T> {
  let n = 0;
  for await (const each of all) {
    yield each;
    if (++n >= count) return;
  }
}

/** The reason that the SDK's core gives inside the text of an error. */
const reasonIn = (text: string): string => /message: "((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
