import type { GivenCommand, Instant, OpenWait } from '../../domain/next';
import { type Obligation, obligation, type ObligationKind, obligations } from '../../domain/obligations';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { type RowKind, subjectOf, tableOf } from './rows';
import { STAYED } from './tasks';

/** A row's state, and everything that waits on it: open waits, given commands, messages to send, workflows to wake. */
export interface Standing {
  state: string;
  open: boolean;
  waits: OpenWait[];
  given: GivenCommand[];
  unsent: boolean;
  wakes: boolean;
  /** The instant of the next look, after a look that failed. */
  lookAt: Instant | null;
}

/** An open wait as the query returns it, with instants in milliseconds since 1970. */
interface Read {
  task: string;
  kind: string;
  nextAt: Instant | null;
  due: Instant | null;
  asideUntil: Instant | null;
  escalated: number;
  rung: number;
  attempts: number;
}

/**
 * Reads in one query everything that a row's workflow needs.
 *
 * @returns undefined when there is no such row
 */
export async function standingOf(
  tx: Pick<Tx, '$queryRaw'>,
  kind: RowKind,
  id: string,
): Promise<Standing | undefined> {
  const [row] = await tx.$queryRaw<StandingRead[]>`
    SELECT it.state, it.open, ${standingColumns(kind, id)} FROM ${tableOf(kind)} AS it WHERE it.id = ${id}`;
  return row && standingFrom(row);
}

/** A standing as its columns are read, with the row's state. */
export type StandingRead = Omit<Standing, 'waits'> & { waits: Read[] };

/** The standing of a row that was read. */
export const standingFrom = ({
  state,
  open,
  waits,
  given,
  unsent,
  wakes,
  lookAt,
}: StandingRead): Standing => ({
  state,
  open,
  waits: waits.map(openWait),
  given,
  unsent,
  wakes,
  lookAt,
});

/** Everything that waits on a row, as columns of a statement that also reads its state. */
export function standingColumns(kind: RowKind, id: string): Prisma.Sql {
  const subject = subjectOf(kind, id);
  return Prisma.sql`
      (SELECT coalesce(json_agg(json_build_object('task', id::text, 'kind', kind, 'nextAt', ms(next_at), 'due', ms(due),
           'asideUntil', ms(aside_until), 'escalated', escalated, 'rung', rung, 'attempts', attempts) ORDER BY id), '[]')
       FROM tasks WHERE subject = ${subject} AND closed_at IS NULL AND next_at IS NOT NULL) AS waits,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'at', ms(at)) ORDER BY at, id), '[]')
       FROM commands WHERE subject = ${subject} AND commands.state = 'pending') AS given,
      EXISTS (SELECT FROM notices WHERE subject = ${subject} AND notices.state = 'queued') AS unsent,
      EXISTS (SELECT FROM outbox WHERE subject = ${subject}) AS wakes,
      (SELECT ms(coalesce(aside_until, due))::float8 FROM tasks
       WHERE subject = ${subject} AND kind = 'defect' AND ref = 'look' AND closed_at IS NULL) AS "lookAt"`;
}

/** A wait of a kind that the code no longer knows is over at its instant: its row then puts it aside. */
const UNKNOWN: Obligation = { duties: [{ owner: 'clock' }] };

function openWait({ task, kind, nextAt, due, asideUntil, escalated, rung, attempts }: Read): OpenWait {
  const { duties, question } = kind in obligations ? obligation(kind as ObligationKind) : UNKNOWN;
  const duty = duties[Math.min(escalated, duties.length - 1)] ?? duties[0];
  return {
    task,
    wait: kind,
    nextAt,
    endsAt: due,
    asideUntil,
    ofClock: duty.owner === 'clock',
    hasNextOwner: escalated < duties.length - 1,
    isQuestion: question !== undefined,
    wasAsked: attempts > 0,
    stayed: rung === STAYED,
  };
}
