import { setTimeout as pause } from 'node:timers/promises';
import { dayOf } from '../../domain/day';
import { type Calendar } from '../../domain/calendar';
import type { Vocabulary } from '../../domain/vocabulary';
import { calendarOfEntries, readCalendar } from './calendar';
import { noEntries, writeEntries } from './entries';
import { isContention } from './faults';
import { type Law, lawOfNumbers, readLaw } from './law';
import { waitsAreNamed } from './stages';
import type { Cause, Records, Transaction } from './transaction';
import { readVocabulary } from './vocabulary';

/**
 * Runs a change of the record as one transaction at the clock's instant. A deadlock and a serialization failure are tried again.
 * Every other error is thrown, and nothing is written.
 */
export async function change<T>(
  records: Records,
  cause: Cause,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const now = await records.clock.now();
      return await records.db.inTransaction(
        async (tx) => {
          let calendar: Promise<Calendar> | undefined;
          let law: Promise<Law> | undefined;
          let lawNumbers: string | undefined;
          let vocabulary: Promise<Vocabulary> | undefined;
          const transaction: Transaction = {
            tx,
            now,
            today: dayOf(now),
            givenAt: now,
            settings: records.settings,
            ...cause,
            waker: cause.subject,
            calendar: () => (calendar ??= readCalendar(tx)),
            law: () =>
              (law ??=
                lawNumbers === undefined
                  ? readLaw(tx, records.db, now)
                  : lawOfNumbers(tx, records.db, now, lawNumbers)),
            heard(versions) {
              calendar ??= Promise.resolve(calendarOfEntries(versions.calendarEntries));
              lawNumbers ??= versions.lawNumbers;
            },
            entries: noEntries(),
            locked: {},
            seen: new Map(),
            vocabulary: () => (vocabulary ??= readVocabulary(tx, records.db)),
            woken: new Map(),
            opened: new Set(),
            moved: new Map(),
          };
          const result = await work(transaction);
          await writeEntries(transaction);
          await waitsAreNamed(transaction);
          return result;
        },
        { timeoutMs: 10_000 },
      );
    } catch (error) {
      if (attempt >= 5 || !isContention(error)) throw error;
      await pause(10 * attempt ** 2);
    }
  }
}
