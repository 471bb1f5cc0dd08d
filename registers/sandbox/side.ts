import type { Push } from './script';

/** One register's part of the sandbox. */
export interface Side<Action> {
  /** What it answers, by path: from the request's body and the time to the body of the answer. */
  readonly questions: Readonly<Record<string, (body: unknown, now: Date) => object>>;
  /** Changes the world. @returns the news there is of it, and whether and how that is pushed */
  act(action: Action, now: Date): Happening[];
}

export interface Happening {
  readonly told: { readonly type: string } & Readonly<Record<string, unknown>>;
  readonly push: Push;
}
