import { dayOf } from '../../domain/day';
import type { Blocker } from '../../domain/money/blockers';
import type { Actor } from '../../domain/roles';
import { readCalendar } from './calendar';
import { readLaw } from './law';
import type { Records, Transaction } from './transaction';

/** The record as a caller reads it now. A transaction that writes is a view, too. */
export type View = Pick<
  Transaction,
  'tx' | 'now' | 'today' | 'givenAt' | 'actor' | 'settings' | 'calendar' | 'law'
> & {
  /** The blockers of claims, by id, as far as they were read. A transaction that writes keeps none. */
  blockers?: Map<string, Blocker[]>;
};

/** The record as a caller reads it at an instant, outside a transaction. */
export function viewOf({ db, settings }: Pick<Records, 'db' | 'settings'>, actor: Actor, now: Date): View {
  let calendar: ReturnType<View['calendar']> | undefined;
  let law: ReturnType<View['law']> | undefined;
  return {
    tx: db,
    now,
    today: dayOf(now),
    givenAt: now,
    actor,
    settings,
    calendar: () => (calendar ??= readCalendar(db)),
    law: () => (law ??= readLaw(db, db, now)),
    blockers: new Map(),
  };
}
