/** The one task queue of the pathway. */
export const TASK_QUEUE = 'pathway';

/** The signal that means: look at your row again. */
export const REFRESH = 'refresh';
