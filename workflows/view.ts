import type { Next, Question } from '../domain/next';

/** A workflow's view of its row: only keys, states and instants, never personal data. */
export interface View {
  state: string;
  open: boolean;
  next?: Next;
  question?: Question;
  /** The clock's lead over the machine's clock, in milliseconds. A timer stays while instant and offset are the same. */
  offset: number;
  /** Whether messages are to be sent; `wakes`: whether workflows are to be woken. */
  unsent: boolean;
  wakes: boolean;
  /** The status of the requested command. Absent while another act has to come before it. */
  status?: number;
}
