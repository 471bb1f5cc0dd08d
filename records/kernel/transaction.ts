import type { Db, Tx } from '../../prisma/db';
import type { Calendar } from '../../domain/calendar';
import type { Clock } from '../../domain/clock';
import type { Day } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import type { Law } from './law';

/** One change of the record: a transaction, the instant it happens at, who causes it and on behalf of which row. */
export interface Transaction {
  tx: Tx;
  now: Date;
  today: Day;
  /** When the act was done: a command's when it was given, though it may be carried out later; everything else happens now. */
  givenAt: Date;
  actor: Actor;
  settings: Settings;
  correlationId: string;
  /** The workflow id of the row that changes: tasks, events and notices are written under its name. */
  subject: string;
  /** The revision of the subject that an edit was made from, where the caller named one. */
  expects?: number | undefined;
  /** The workflow id under which this transaction was begun: its workflow wakes the others after the commit. */
  waker: string;
  calendar(): Promise<Calendar>;
  /** The law as it stands at this instant: policy, BHM, minimum wage. */
  law(): Promise<Law>;
  /** Workflows woken by this transaction, beside the subject's own. */
  woken: Set<string>;
  /** The waits it opened, as `<subject> <kind>`, and the rows it moved: checked against the stages before the commit. */
  opened: Set<string>;
  moved: Map<string, { from: string; to: string }>;
}

export interface Records {
  db: Db;
  clock: Clock;
  settings: Settings;
  /** Is told of each defect that a row's step, command or message came upon, once it is recorded. */
  onDefect?(subject: string, error: unknown): void;
}

export interface Cause {
  actor: Actor;
  subject: string;
  correlationId: string;
}
