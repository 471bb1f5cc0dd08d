import { dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { readCalendar } from './calendar';
import { type Aggregate, readAggregates } from './aggregates';
import { readLaw } from './law';
import type { Records, Transaction } from './transaction';

/** The record as a caller reads it now. A transaction that writes is a view, too. */
export type View = Pick<
  Transaction,
  'tx' | 'now' | 'today' | 'givenAt' | 'actor' | 'settings' | 'calendar' | 'law'
> & {
  /** The aggregates of claims, by id, as far as they were read. A transaction that writes keeps none. */
  claims?: Map<string, Aggregate<'claim'>>;
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
    claims: new Map(),
  };
}

/** The aggregates of claims. A view reads each once. */
export async function claimAggregates(
  { tx, claims = new Map() }: Pick<View, 'tx' | 'claims'>,
  ids: readonly string[],
): Promise<Aggregate<'claim'>[]> {
  const unread = ids.filter((id) => !claims.has(id));
  if (unread.length > 0)
    for (const aggregate of await readAggregates(tx, 'claim', unread))
      claims.set(aggregate.row.id, aggregate);
  return ids.flatMap((id) => claims.get(id) ?? []);
}
