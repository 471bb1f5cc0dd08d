/** The one task queue of the pathway. */
export const TASK_QUEUE = 'pathway';

/** The signal that makes a workflow read its row again. */
export const REFRESH = 'refresh';
