/** The open waits of rows: opening, reminding, escalating, pausing, computing again and closing. */
export { askAgain, askTwiceADay, halfADayFrom } from './tasks/asking';
export { closeTasks, refOfDefect, type Which } from './tasks/closing';
export { lengthNow, morningOf, STAYED } from './tasks/ladder';
export { type Ended, openTask, openTasks, type Opening } from './tasks/opening';
export { moveWait, type Place } from './tasks/owner';
export {
  extendTask,
  type NotExtended,
  pauseTask,
  reopenClosed,
  reopenTask,
  resumeTask,
  whyNotExtended,
} from './tasks/pausing';
export { dueDay, openWait, waitOf } from './tasks/reading';
export { recomputeTask, relengthenTask, underPolicy } from './tasks/recomputing';
export { escalate, leaveToOthers, remind, stay } from './tasks/reminding';
