import type { Push } from './script';

/** One register's part of the sandbox. */
export interface Side<Action> {
  /** The answers to POSTs, by path: from the request's body and the time to the answer's body. */
  readonly questions: Readonly<Record<string, (body: unknown, now: Date) => object>>;
  /** The answers to PUTs, by path. */
  readonly orders?: Readonly<Record<string, (body: unknown, now: Date) => Reply>>;
  /** Changes the world. @returns the news of the change, and the way in which it is pushed, if at all */
  act(action: Action, now: Date): Happening[];
}

/** An answer. It comes `lateMs` later in real time, or never (`lost`). */
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
