import type { RegisterName } from '../domain/registers';

/** The task queue of the workflows and of their own activities. */
export const TASK_QUEUE = 'pathway';

/** The task queue of a register's questions. The workers take them at the register's rate. */
export const queueOf = (register: RegisterName): string => `${TASK_QUEUE}-${register}`;

/** The signal that makes a workflow read its row again. */
export const REFRESH = 'refresh';
