import type { Client, WorkflowHandle } from '@temporalio/client';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** An execution of a workflow. A workflow may have several executions under the same id. */
export interface Run {
  workflowId: string;
  runId: string;
}

export type RunWithHistory = Run & { history: History };

export const historiesOf = (client: Client, runs: readonly Run[]): Promise<RunWithHistory[]> =>
  Promise.all(
    runs.map(async (run) => ({
      ...run,
      history: await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory(),
    })),
  );

/**
 * Replays histories with the workflows' code.
 *
 * @param histories some may name their test
 * @returns a line with the reason for each history that the code cannot replay
 */
export async function replay(
  workflowBundle: NonNullable<ReplayWorkerOptions['workflowBundle']>,
  histories: readonly { workflowId: string; history: unknown; runId?: string; test?: string }[],
): Promise<string[]> {
  const broken: string[] = [];
  for await (const { workflowId, runId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (!error) continue;
    const { test } = histories.find((history) => history.runId === runId) ?? {};
    broken.push(`${test ? `${test}: ` : ''}${workflowId}: ${error.name}: ${error.message}`);
  }
  return broken;
}

/** Every text in a history, with decoded payloads. */
export function textOf(history: History): string {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('utf8'));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(history);
  return texts.join('\n');
}

/** The number of signals that woke an execution. */
export const signalsIn = ({ events }: History): number =>
  (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;

/** A local activity that ran: its name and its result. */
export interface Done {
  name: string;
  answer: unknown;
}

/** The local activities of an execution, in the order in which they ended. */
export const activitiesIn = ({ events }: History): Done[] =>
  (events ?? []).flatMap(({ markerRecordedEventAttributes: marker }) => {
    const [data] = marker?.details?.['data']?.payloads ?? [];
    if (!data) return [];
    const { activity_type: name } = decoded(data) as { activity_type: string };
    const [answer] = marker?.details?.['result']?.payloads ?? [];
    return [{ name, answer: answer && decoded(answer) }];
  });

/** The purposes of an execution's timers, in the order in which they began. */
export const timersIn = ({ events }: History): string[] =>
  (events ?? []).flatMap(({ timerStartedEventAttributes, userMetadata }) =>
    timerStartedEventAttributes ? [String(userMetadata?.summary ? decoded(userMetadata.summary) : '')] : [],
  );

/** A payload's value. One without data is `undefined`. */
const decoded = ({ data }: { data?: Uint8Array | null }): unknown =>
  data?.length ? JSON.parse(Buffer.from(data).toString()) : undefined;
