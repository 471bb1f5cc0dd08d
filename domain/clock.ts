/** The one source of time. Asynchronous because some clocks are kept outside the process. */
export interface Clock {
  now(): Promise<Date>;
  /** How far it is ahead of the time by which Temporal counts, in milliseconds; absent where it never is. */
  offset?(): Promise<number>;
}
