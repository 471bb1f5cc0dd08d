import type { WorkflowStartOptions } from '@temporalio/client';
import { REFRESH, TASK_QUEUE } from '../../workflows/messages';
import { walked, type WalkedKind } from './kinds';

const walkedKind = (subject: string): WalkedKind | undefined => {
  const [kind = ''] = subject.split('/');
  return kind in walked ? (kind as WalkedKind) : undefined;
};

/** Whether this is the id of a workflow. */
export const isWalked = (subject: string): boolean => walkedKind(subject) !== undefined;

/**
 * The options that begin a row's workflow. Its id is the business key, which is also its only argument. A workflow that runs
 * already is used. A row may begin again after its execution ended or Temporal's store was lost.
 *
 * @param subject the workflow id, e.g. `referral/R-000001`
 * @throws Error for an id of no known kind
 */
export function workflowOf(subject: string): [type: string, options: WorkflowStartOptions] {
  const kind = walkedKind(subject);
  if (!kind) throw new Error(`no workflow walks ${subject}`);
  return [
    walked[kind].workflow,
    {
      workflowId: subject,
      taskQueue: TASK_QUEUE,
      args: [subject],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      // The default of 10 s would silence an idle workflow for that long after its worker was killed.
      workflowTaskTimeout: '4s',
    },
  ];
}

/** The arguments of `signalWithStart` that begin a row's workflow or make it look at its row again. */
export function refreshOf(
  subject: string,
): [type: string, options: WorkflowStartOptions & { signal: string; signalArgs: [] }] {
  const [type, options] = workflowOf(subject);
  return [type, { ...options, signal: REFRESH, signalArgs: [] }];
}
