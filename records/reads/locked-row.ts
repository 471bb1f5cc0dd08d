import { type AnyAggregate, aggregateColumns, aggregateOf, hasAggregate } from '../kernel/aggregates';
import { type RowKind, subjectOf, tableOf } from '../kernel/rows';
import { type Standing, standingColumns, standingFrom, type StandingRead } from '../kernel/standing';
import type { Transaction } from '../kernel/transaction';
import { type Versions, versionColumns } from '../kernel/versions';
import { Prisma } from '../../prisma/generated/client';
import type { Known } from './beside';
import { nameIn, namesAsked } from './names';

/** A locked row as one statement reads it: its standing, its aggregate where its kind has one, and names. */
export interface LockedRow {
  subject: string;
  standing: Standing;
  /** The kinds of its open waits. */
  waits: readonly string[];
  aggregate?: AnyAggregate;
  known: Known;
}

type Read = StandingRead & Versions & { openWaits: string[]; names: Record<string, string> };

/**
 * Reads in one statement what a command needs of its locked row, and its answer: the standing, the aggregate, the versions of law and
 * calendar, and the names of some ids.
 *
 * @returns undefined when there is no such row
 */
export async function readLockedRow(
  transaction: Transaction,
  kind: RowKind,
  id: string,
  asked: ReadonlySet<string> = new Set(),
): Promise<LockedRow | undefined> {
  const its = hasAggregate(kind) ? aggregateColumns(kind) : Prisma.sql`it.state, it.open`;
  const [row] = await transaction.tx.$queryRaw<Read[]>`
    SELECT ${its}, ${standingColumns(kind, id)},
      ARRAY(SELECT kind FROM tasks
            WHERE subject = ${subjectOf(kind, id)} AND closed_at IS NULL AND kind <> 'defect') AS "openWaits",
      ${versionColumns(transaction.now)},
      ${namesAsked(asked)} AS names
    FROM ${tableOf(kind)} AS it WHERE it.id = ${id}`;
  if (!row) return undefined;
  const { waits, given, unsent, wakes, lookAt: again, openWaits, names, ...rest } = row;
  const { lawNumbers: numbers, calendarEntries: entries, ...columns } = rest;
  transaction.heard({ lawNumbers: numbers, calendarEntries: entries });
  const aggregate = hasAggregate(kind) && ({ kind, ...aggregateOf(kind, columns) } as AnyAggregate);
  const { state, open } = row;
  const subject = subjectOf(kind, id);
  const isToWake = wakes || transaction.entries.wakes.some((one) => one.subject === subject);
  return {
    subject,
    standing: standingFrom({ state, open, waits, given, unsent, wakes: isToWake, lookAt: again }),
    waits: openWaits,
    ...(aggregate && { aggregate }),
    known: { asked, nameOf: nameIn(names) },
  };
}
