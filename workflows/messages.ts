import type { WorkflowStartOptions } from '@temporalio/client';

/** The one task queue of the pathway. */
export const TASK_QUEUE = 'pathway';

/** The signal that means: look at your row again. */
export const REFRESH = 'refresh';

/** The workflow type behind each kind of row: the first part of a workflow id. */
const workflowTypes: Readonly<Record<string, string>> = {
  case: 'casePathway',
  referral: 'referral',
  inspection: 'inspection',
  retention: 'retention',
  news: 'registerNews',
  calendar: 'calendarChange',
  policy: 'policyChange',
  subsidy: 'wageSubsidy',
  adaptation: 'adaptationSubsidy',
  claim: 'claim',
  approval: 'approval',
  recovery: 'recovery',
  line: 'budgetLine',
  statement: 'statement',
};

/** Whether a workflow walks what bears this name. */
export const isWalked = (subject: string): boolean => (subject.split('/')[0] ?? '') in workflowTypes;

/**
 * How the workflow of a row is begun: under its business key, its only argument, attached to where it already runs. A row
 * may begin again after its execution ended or Temporal's store was lost.
 *
 * @param subject the workflow id, e.g. `referral/R-000001`
 * @throws Error for an id of no known kind
 */
export function workflowOf(subject: string): [type: string, options: WorkflowStartOptions] {
  const type = workflowTypes[subject.split('/')[0] ?? ''];
  if (!type) throw new Error(`no workflow walks ${subject}`);
  return [
    type,
    {
      workflowId: subject,
      taskQueue: TASK_QUEUE,
      args: [subject],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      // With 10 s an idle workflow would stay mute that long after its worker was killed.
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
