/** The one source of time. It is asynchronous because some clocks run outside the process. */
export interface Clock {
  now(): Promise<Date>;
  /** How far the clock is ahead of Temporal's time, in milliseconds. Absent: the clock is never ahead. */
  offset?(): Promise<number>;
}
