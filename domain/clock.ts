/** The one source of time. Asynchronous because some clocks are kept outside the process. */
export interface Clock {
  now(): Promise<Date>;
}
