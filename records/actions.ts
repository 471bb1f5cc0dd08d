import { fromElsewhere, hasCase } from '../domain/pathways/case';
import { type ApprovalKind, deciders } from '../domain/pathways/approval';
import type { Actor } from '../domain/roles';
import { allowedActions } from '../domain/transitions';
import type { Tx } from '../prisma/db';
import { personBehind } from './money/hands';
import { pathwayOf, type RowKind, statesOf, subjectOf } from './rows';

/** A row's state, and what a caller may do with it now. */
export interface Possible {
  state: string;
  allowedActions: string[];
}

/**
 * What a caller may do with each of some rows: by their states; with a case that is only offered to the caller's area, to
 * take it over [pathway §3, moves]; with an ended referral, what its routes hand on to its open inspection [pathway §5,
 * late]. Every answer that shows a row has it from here. One reading, however many rows.
 *
 * @returns by id; rows that do not exist are left out
 */
export const possibleWith = (
  tx: Tx,
  kind: RowKind,
  ids: readonly string[],
  actor: Actor,
): Promise<Map<string, Possible>> => readers[kind](tx, [...new Set(ids)], actor);

type Row = { id: string; state: string };
type Readers = Record<RowKind, (tx: Tx, ids: string[], actor: Actor) => Promise<Map<string, Possible>>>;

const readers: Readers = {
  async case(tx, ids, actor) {
    const select = { id: true, state: true, area: true, managerId: true };
    return byId(await tx.case.findMany({ where: { id: { in: ids } }, select }), (row) => {
      const actions = inState('case', row.state, actor);
      return hasCase(row, actor) ? actions : actions.filter((action) => fromElsewhere.includes(action));
    });
  },
  async referral(tx, ids, actor) {
    const inspections = {
      select: { state: true, ground: true },
      orderBy: { id: 'desc' },
      take: 1,
    } as const;
    const select = { id: true, state: true, open: true, inspections };
    return byId(await tx.referral.findMany({ where: { id: { in: ids } }, select }), (row) => [
      ...inState('referral', row.state, actor),
      ...(row.open ? [] : row.inspections.flatMap((inspection) => throughInspection(inspection, actor))),
    ]);
  },
  async approval(tx, ids, actor) {
    const rows = await tx.approval.findMany({
      where: { id: { in: ids } },
      select: { id: true, state: true, kind: true },
    });
    const took = await proposedBy(tx, ids, actor);
    return byId(rows, ({ id, state, kind }) =>
      inState('approval', state, actor).filter((action) =>
        action === 'decision'
          ? deciders[kind as ApprovalKind] === actor.role && !took.has(subjectOf('approval', id))
          : action === 'proposal' || kind === 'correction',
      ),
    );
  },
  ...byStateAlone(
    'inspection',
    'retention',
    'subsidy',
    'adaptation',
    'claim',
    'recovery',
    'line',
    'statement',
  ),
};

/** The proposals that whoever asks made themselves, under whatever account: another decides them [money §7]. */
async function proposedBy(tx: Tx, ids: readonly string[], actor: Actor): Promise<Set<string>> {
  const person = await personBehind(tx, actor.id);
  const subject = { in: ids.map((id) => subjectOf('approval', id)) };
  const hands = await tx.hand.findMany({ where: { person, subject, act: 'proposed' } });
  return new Set(hands.map((hand) => hand.subject));
}

/** Kinds of rows whose state alone says what is possible. */
function byStateAlone<K extends RowKind>(...kinds: readonly K[]): Pick<Readers, K> {
  const reader =
    (kind: RowKind): Readers[K] =>
    async (tx, ids, actor) =>
      byId(await statesOf(tx, kind, ids), ({ state }) => inState(kind, state, actor));
  return Object.fromEntries(kinds.map((kind) => [kind, reader(kind)])) as Pick<Readers, K>;
}

const byId = <R extends Row>(rows: readonly R[], actionsOn: (row: R) => string[]): Map<string, Possible> =>
  new Map(rows.map((row) => [row.id, { state: row.state, allowedActions: actionsOn(row) }]));

const inState = (kind: RowKind, state: string, actor: Actor): string[] =>
  allowedActions(pathwayOf(kind), state, actor);

/** The inspection's commands that have a route at the referral, by that route's name. */
const handedOn: Readonly<Record<string, string>> = {
  lateDecision: 'decision',
  contract: 'contract',
  personDeclines: 'withdrawal',
};

/** What is still possible on an ended referral: a decision only after silence. */
function throughInspection({ state, ground }: { state: string; ground: string }, actor: Actor): string[] {
  return inState('inspection', state, actor)
    .filter((action) => action !== 'lateDecision' || ground === 'silence')
    .flatMap((action) => handedOn[action] ?? []);
}
