import type { Push } from './script';

/** One register's part of the sandbox. */
export interface Side<Action> {
  /** What it answers to POSTs, by path: from the request's body and the time to the body of the answer. */
  readonly questions: Readonly<Record<string, (body: unknown, now: Date) => object>>;
  /** What it does for PUTs, by path. */
  readonly orders?: Readonly<Record<string, (body: unknown, now: Date) => Reply>>;
  /** Changes the world. @returns the news there is of it, and whether and how that is pushed */
  act(action: Action, now: Date): Happening[];
}

/** An answer, and what becomes of it on its way: it comes `lateMs` later in real time, or not at all (`lost`). */
export interface Reply {
  readonly said: object;
  /** Pushed before the answer is sent. */
  readonly news: Happening[];
  readonly lateMs?: number | undefined;
  readonly lost?: boolean | undefined;
}

export interface Happening {
  readonly told: { readonly type: string } & Readonly<Record<string, unknown>>;
  readonly push: Push;
}
