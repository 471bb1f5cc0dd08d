import type { Db, Tx } from '../../prisma/db';
import type { Calendar } from '../../domain/calendar';
import type { Clock } from '../../domain/clock';
import type { Day } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Entries } from './entries';
import type { AnyAggregate } from './aggregates';
import type { Law } from './law';
import type { Versions } from './versions';

/** One change of the record: the database's transaction, its instant, its actor and the row that changes. */
export interface Transaction {
  tx: Tx;
  now: Date;
  today: Day;
  /** The instant of the act: for a command the instant when it was given, for everything else now. */
  givenAt: Date;
  actor: Actor;
  settings: Settings;
  correlationId: string;
  /** The workflow id of the row that changes. Its tasks, events and notices have this subject. */
  subject: string;
  /** The subject's revision that the caller of an edit named. */
  expects?: number | undefined;
  /** The workflow id of the row that began this transaction. Its workflow wakes the others after the commit. */
  waker: string;
  /** The row acts at the instant of its wait, as many rows may at once. So the rows that it wakes can wait. */
  wakesCanWait?: true;
  calendar(): Promise<Calendar>;
  /** The law in force at this instant: policy, BHM, minimum wage. */
  law(): Promise<Law>;
  /** Kinds of work, conditions and skills. */
  vocabulary(): Promise<Vocabulary>;
  /** Law and calendar by what another statement read of them, so that neither is asked for. */
  heard(versions: Versions): void;
  /** Events and versions that are not written yet. */
  entries: Entries;
  /** The aggregate of the locked row, until somebody takes it: nothing has been written since it was read. */
  locked: { aggregate?: AnyAggregate };
  /** The state of a row and the kinds of its open waits, as read after the last write. */
  seen: Map<string, { state: string; waits: readonly string[] }>;
  /** Workflows woken by this transaction, beside the subject's own, each with the row that wakes it after the commit. */
  woken: Map<string, string>;
  /** The waits opened, as `<subject> <kind>`, and the rows moved. They are checked against the stages before the commit. */
  opened: Set<string>;
  moved: Map<string, { from: string; to: string }>;
}

export interface Records {
  db: Db;
  clock: Clock;
  settings: Settings;
  /** Called for each defect of a step, a command or a message, once the defect is recorded. */
  onDefect?(subject: string, error: unknown): void;
}

export interface Cause {
  actor: Actor;
  subject: string;
  correlationId: string;
}
