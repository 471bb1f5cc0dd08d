import type { Next, Question } from '../domain/next';

/** A row as its workflow knows it: keys, states and instants only, never personal data. */
export interface View {
  state: string;
  open: boolean;
  next?: Next;
  question?: Question;
  /** How far the clock is ahead of the machine's, in milliseconds: a timer stays while instant and offset are the same. */
  offset: number;
  /** Whether messages wait to be sent, and workflows to be woken. */
  unsent: boolean;
  wakes: boolean;
  /** The status of the command that was asked for; absent where something has to come before it. */
  status?: number;
}
