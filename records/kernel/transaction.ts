import { setTimeout as pause } from 'node:timers/promises';
import { Prisma } from '../../prisma/generated/client';
import type { Db, Tx } from '../../prisma/db';
import { type Calendar, calendarOf, type CalendarEntry } from '../../domain/calendar';
import type { Clock } from '../../domain/clock';
import { type Day, dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import { type Law, readLaw } from './law';
import { waitsAreNamed } from './stages';

/** One change of the record: a transaction, the instant it happens at, who causes it and on behalf of which row. */
export interface Unit {
  tx: Tx;
  now: Date;
  today: Day;
  /** When the act was done: a command's when it was given, though it may be carried out later; everything else happens now. */
  given: Date;
  actor: Actor;
  settings: Settings;
  correlationId: string;
  /** The workflow id of the row that changes: tasks, events and notices are written under its name. */
  subject: string;
  /** The revision of the subject that an edit was made from, where the caller named one. */
  expects?: number | undefined;
  /** The workflow id under which this unit was begun: its workflow wakes the others after the commit. */
  waker: string;
  calendar(): Promise<Calendar>;
  /** The law as it stands at this instant: policy, BHM, minimum wage. */
  law(): Promise<Law>;
  /** Workflows woken by this unit, beside the subject's own. */
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

/**
 * Runs a change of the record as one transaction at the clock's instant. Deadlocks and serialization failures are tried
 * again; everything else is thrown and nothing is written.
 */
export async function change<T>(
  records: Records,
  cause: Cause,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const now = await records.clock.now();
      return await records.db.$transaction(
        async (tx) => {
          let calendar: Promise<Calendar> | undefined;
          let law: Promise<Law> | undefined;
          const unit: Unit = {
            tx,
            now,
            today: dayOf(now),
            given: now,
            settings: records.settings,
            ...cause,
            waker: cause.subject,
            calendar: () => (calendar ??= readCalendar(tx)),
            law: () => (law ??= readLaw(tx, records.db, now)),
            woken: new Set(),
            opened: new Set(),
            moved: new Map(),
          };
          const result = await work(unit);
          await waitsAreNamed(unit);
          return result;
        },
        { maxWait: 3000, timeout: 10_000 },
      );
    } catch (error) {
      if (attempt >= 5 || !isContention(error)) throw error;
      await pause(10 * attempt ** 2);
    }
  }
}

/** The calendar as last read: the same entries are the same calendar. */
let known = { entries: '[]', calendar: calendarOf([]) };

/** The calendar as the administrator keeps it, inside a transaction or outside. */
export async function readCalendar(tx: Pick<Tx, '$queryRaw'>): Promise<Calendar> {
  const [{ entries }] = await tx.$queryRaw<[{ entries: string }]>`
    SELECT coalesce(json_agg(calendar ORDER BY date, week), '[]')::text AS entries FROM calendar`;
  if (entries !== known.entries)
    known = { entries, calendar: calendarOf(JSON.parse(entries) as CalendarEntry[]) };
  return known.calendar;
}

const CONTENTION = new Set(['40001', '40P01']);

function isContention(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === 'P2034') return true;
  const original = (error.meta?.['driverAdapterError'] as { cause?: { originalCode?: string } } | undefined)
    ?.cause;
  return CONTENTION.has(original?.originalCode ?? '');
}
