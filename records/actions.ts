import { fromElsewhere, hasCase } from '../domain/pathways/case';
import { isToBeHeard } from '../domain/pathways/inspection';
import type { Actor } from '../domain/roles';
import { allowedActions } from '../domain/transitions';
import type { Tx } from '../prisma/db';
import type { Inspection } from '../prisma/generated/client';
import { pathwayOf, type RowKind } from './rows';

/** A row's state, and what a caller may do with it now. */
export interface Possible {
  state: string;
  allowedActions: string[];
}

/**
 * What a caller may do with each of some rows: by their states; with a case that is only offered to the caller's area, to
 * take it over [pathway §3, moves]; with an ended referral, what its routes hand on to its open inspection [pathway §5,
 * late], which the inspection itself does not name: it has no routes for them; an inspection is resolved once the person is
 * heard who is to be. Every answer that shows a row has it from
 * here. One reading, however many rows.
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
      select: { state: true, ground: true, lateDecision: true },
      orderBy: { id: 'desc' },
      take: 1,
    } as const;
    const select = { id: true, state: true, open: true, inspections };
    return byId(await tx.referral.findMany({ where: { id: { in: ids } }, select }), (row) => [
      ...inState('referral', row.state, actor),
      ...(row.open ? [] : row.inspections.flatMap((inspection) => throughInspection(inspection, actor))),
    ]);
  },
  async inspection(tx, ids, actor) {
    const select = { id: true, state: true, facts: true };
    const rows = await tx.inspection.findMany({ where: { id: { in: ids } }, select });
    return byId(rows, ({ state, facts }) => {
      const notYet = isToBeHeard(facts) ? 'resolution' : 'hearing';
      return inState('inspection', state, actor).filter((action) => !isHandedOn(action) && action !== notYet);
    });
  },
  async retention(tx, ids, actor) {
    const select = { id: true, state: true };
    const rows = await tx.employment.findMany({ where: { id: { in: ids } }, select });
    return byId(rows, ({ state }) => inState('retention', state, actor));
  },
};

const byId = <R extends Row>(rows: readonly R[], actionsOn: (row: R) => string[]): Map<string, Possible> =>
  new Map(rows.map((row) => [row.id, { state: row.state, allowedActions: actionsOn(row) }]));

const inState = (kind: RowKind, state: string, actor: Actor): string[] =>
  allowedActions(pathwayOf(kind), state, actor);

/**
 * What a caller whose command was refused may do instead. What the referral's routes hand on to the inspection was asked of
 * the referral: what it says goes for both.
 *
 * @returns the state of the row that refused; undefined when there is no such row
 */
export async function possibleInstead(
  tx: Tx,
  { kind, id, command }: { kind: RowKind; id: string; command: string },
  actor: Actor,
): Promise<Possible | undefined> {
  const here = (await possibleWith(tx, kind, [id], actor)).get(id);
  if (!here || kind !== 'inspection' || !isHandedOn(command)) return here;
  const row = await tx.inspection.findUniqueOrThrow({ where: { id }, select: { referralId: true } });
  if (row.referralId === null) return here;
  const there = (await possibleWith(tx, 'referral', [row.referralId], actor)).get(row.referralId);
  return { ...here, ...(there && { allowedActions: there.allowedActions }) };
}

/** The inspection's commands that have a route at the referral alone, by that route's name. */
const handedOn: Readonly<Record<string, string>> = {
  lateDecision: 'decision',
  contract: 'contract',
  personDeclines: 'withdrawal',
};

const isHandedOn = (command: string): boolean => command in handedOn;

type Followed = Pick<Inspection, 'state' | 'ground' | 'lateDecision'>;

/** What is still possible on an ended referral: a decision only after silence, and no more once it was an acceptance. */
function throughInspection({ state, ground, lateDecision }: Followed, actor: Actor): string[] {
  const late = lateDecision as { decision: string } | null;
  const isUndecided = ground === 'silence' && late?.decision !== 'accept';
  return inState('inspection', state, actor)
    .filter((action) => action !== 'lateDecision' || isUndecided)
    .flatMap((action) => handedOn[action] ?? []);
}
