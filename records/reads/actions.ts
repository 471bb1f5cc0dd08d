import { fromElsewhere, hasCase } from '../../domain/pathways/case';
import { barred, type Participation } from '../../domain/money/participations';
import { type ApprovalKind, deciders } from '../../domain/pathways/approval';
import { dayOf } from '../../domain/day';
import { isAskedToExplain, isToBeHeard, whyNotWithdrawn } from '../../domain/pathways/inspection';
import { isAsked, isUntouched, mayAskForTime, mayMoveStart } from '../../domain/pathways/referral';
import type { Actor } from '../../domain/roles';
import { allowedActions, mayGive } from '../../domain/transitions';
import type { Tx } from '../../prisma/db';
import type { Inspection } from '../../prisma/generated/client';
import { subjectsInTime } from '../kernel/in-time';
import { barredByAccount, personBehind } from '../kernel/participations';
import { pathwayOf, type ShownKind, statesOf, subjectOf, subjectOfSubsidy } from '../kernel/rows';

/** A row's state, and the caller's possible actions now. */
export interface Possible {
  state: string;
  allowedActions: string[];
}

/**
 * The actions that a caller may take on rows. Every answer that shows a row has them from here. The number of queries does not
 * grow with the rows.
 *
 * The state decides, with these exceptions. A case that is only offered to the caller's area can be taken over [pathway §3,
 * moves]. An ended referral also has the actions that its routes pass on to its open inspection [pathway §5, late]; the
 * inspection has no routes for them and does not name them. An inspection is resolved after the hearing, where one is due.
 * The employer replaces its decision within its time, and explains where it is asked. A resolution is withdrawn within its time.
 *
 * @returns by id; rows that do not exist are left out
 */
export const possibleWith = (
  tx: Tx,
  kind: ShownKind,
  ids: readonly string[],
  actor: Actor,
  now: Date,
): Promise<Map<string, Possible>> => readers[kind](tx, [...new Set(ids)], actor, now);

type Row = { id: string; state: string };
type Readers = Record<
  ShownKind,
  (tx: Tx, ids: string[], actor: Actor, now: Date) => Promise<Map<string, Possible>>
>;

const readers: Readers = {
  async case(tx, ids, actor) {
    const select = { id: true, state: true, area: true, managerId: true };
    const services = { where: { endedOn: null }, select: { n: true }, take: 1 };
    const found = await tx.case.findMany({ where: { id: { in: ids } }, select: { ...select, services } });
    return byId(found, (row) => {
      const actions = inState('case', row.state, actor).filter(
        (action) => action !== 'service' || row.services.length > 0,
      );
      return hasCase(row, actor) ? actions : actions.filter((action) => fromElsewhere.includes(action));
    });
  },
  async referral(tx, ids, actor, now) {
    const inspections = {
      select: { id: true, state: true, ground: true, lateDecision: true, steps: true },
      orderBy: { id: 'desc' },
      take: 1,
    } as const;
    const select = {
      id: true,
      state: true,
      open: true,
      contract: true,
      extension: true,
      startChange: true,
      inspections,
    };
    const rows = await tx.referral.findMany({ where: { id: { in: ids } }, select });
    const replaceable = await stillReplaceable(tx, rows, actor, now);
    return byId(rows, (row) => [
      ...inState('referral', row.state, actor).filter((action) => questions[action]?.(row) ?? true),
      ...(replaceable.has(row.id) ? ['decision'] : []),
      ...(row.open ? [] : row.inspections.flatMap((inspection) => throughInspection(inspection, actor))),
    ]);
  },
  async inspection(tx, ids, actor, now) {
    const select = { id: true, state: true, ground: true, facts: true, steps: true, resolution: true };
    const rows = await tx.inspection.findMany({ where: { id: { in: ids } }, select });
    return byId(rows, (row) => {
      const notNow = [
        isToBeHeard(row.facts) ? 'resolution' : 'hearing',
        ...(isAskedToExplain(row.steps) ? [] : ['explanation']),
        ...(whyNotWithdrawn(row, dayOf(now)) === undefined ? [] : ['resolutionWithdrawal']),
      ];
      return inState('inspection', row.state, actor).filter(
        (action) => !isHandedOn(action) && !notNow.includes(action),
      );
    });
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
  async claim(tx, ids, actor) {
    const rows = await tx.claim.findMany({
      where: { id: { in: ids } },
      select: {
        id: true,
        state: true,
        subsidyId: true,
        employerId: true,
        declaredAt: true,
        attempt: true,
        subsidy: { select: { programme: true } },
      },
    });
    const took = await tookPartIn(tx, rows, actor);
    return byId(rows, (row) =>
      inState('claim', row.state, actor).filter((action) => {
        if (action === 'approval') return !took.has(row.id);
        if (action !== 'declaration') return true;
        const declares = row.subsidy.programme === 'above_quota';
        return declares && (row.declaredAt === null || (row.state !== 'zero' && row.attempt === 0));
      }),
    );
  },
  async adaptation(tx, ids, actor, now) {
    const select = { id: true, state: true, claims: { where: { n: 0 }, select: { id: true } } };
    const rows = await tx.subsidy.findMany({ where: { id: { in: ids } }, select });
    const payments = rows.flatMap(({ claims }) => claims.map(({ id }) => id));
    const possible = await possibleWith(tx, 'claim', payments, actor, now);
    return byId(rows, ({ state, claims }) => [
      ...inState('adaptation', state, actor),
      ...(claims.some(({ id }) => possible.get(id)?.allowedActions.includes('approval')) ? ['approval'] : []),
    ]);
  },
  ...byStateAlone('retention', 'subsidy', 'recovery', 'line', 'statement'),
};

/** The actions on a question to somebody. It is asked once, and answered while it waits. */
const questions: Readonly<Record<string, (row: { extension: unknown; startChange: unknown }) => boolean>> = {
  extensionRequest: ({ extension }) => mayAskForTime(extension),
  extension: ({ extension }) => isAsked(extension),
  start: ({ startChange }) => mayMoveStart(startChange),
  startAnswer: ({ startChange }) => isAsked(startChange),
};

interface DecidedReferral extends Row {
  contract: unknown;
  inspections: readonly { state: string; steps: unknown }[];
}

/** The referrals whose decision the caller may replace: within the time to answer, while nobody has acted on it [pathway §5]. */
async function stillReplaceable(
  tx: Tx,
  rows: readonly DecidedReferral[],
  actor: Actor,
  now: Date,
): Promise<Set<string>> {
  const { decision } = pathwayOf('referral').commands;
  const untouched = rows.filter((row) => isUntouched(row, row.inspections[0]));
  if (!decision || !mayGive(decision, actor) || untouched.length === 0) return new Set();
  const subjects = untouched.map(({ id }) => subjectOf('referral', id));
  const inTime = await subjectsInTime(tx, subjects, { kind: 'decision' }, now);
  return new Set(untouched.map(({ id }) => id).filter((id) => inTime.has(subjectOf('referral', id))));
}

/** The claims that a finance officer may not approve, because the officer took part before [money §7]. */
async function tookPartIn(
  tx: Tx,
  claims: readonly { id: string; subsidyId: string; employerId: string }[],
  actor: Actor,
): Promise<Set<string>> {
  if (actor.role !== 'finance_officer' || claims.length === 0) return new Set();
  const person = await personBehind(tx, actor.id);
  const subjects = new Map(
    claims.map(({ id, subsidyId }) => [id, [subjectOf('claim', id), subjectOfSubsidy(subsidyId)]]),
  );
  const participations = await tx.participation.findMany({
    where: { person, subject: { in: [...subjects.values()].flat() } },
  });
  const barredIn = (id: string): boolean => {
    const mine = participations.filter(({ subject }) => subjects.get(id)?.includes(subject));
    return barred(mine as Participation[], 'claim').length > 0;
  };
  const byAccount = await barredByAccount(
    tx,
    claims.map(({ employerId }) => employerId),
  );
  const barredFirst = (employerId: string): boolean => byAccount.get(employerId)?.includes(person) ?? false;
  return new Set(
    claims.filter(({ id, employerId }) => barredIn(id) || barredFirst(employerId)).map(({ id }) => id),
  );
}

/** The proposals that the caller made, under any account: another person decides them [money §7]. */
async function proposedBy(tx: Tx, ids: readonly string[], actor: Actor): Promise<Set<string>> {
  const person = await personBehind(tx, actor.id);
  const subject = { in: ids.map((id) => subjectOf('approval', id)) };
  const participations = await tx.participation.findMany({ where: { person, subject, act: 'proposed' } });
  return new Set(participations.map((one) => one.subject));
}

/** The kinds of rows whose state alone decides. */
function byStateAlone<K extends ShownKind>(...kinds: readonly K[]): Pick<Readers, K> {
  const reader =
    (kind: ShownKind): Readers[K] =>
    async (tx, ids, actor) =>
      byId(await statesOf(tx, kind, ids), ({ state }) => inState(kind, state, actor));
  return Object.fromEntries(kinds.map((kind) => [kind, reader(kind)])) as Pick<Readers, K>;
}

const byId = <R extends Row>(rows: readonly R[], actionsOn: (row: R) => string[]): Map<string, Possible> =>
  new Map(rows.map((row) => [row.id, { state: row.state, allowedActions: actionsOn(row) }]));

const inState = (kind: ShownKind, state: string, actor: Actor): string[] =>
  allowedActions(pathwayOf(kind), state, actor);

/**
 * The actions that a caller may take in place of a refused command. A command that the referral's routes passed on to the
 * inspection was asked of the referral: the answer names the referral's actions.
 *
 * @returns the state of the row that refused; undefined when there is no such row
 */
export async function possibleInstead(
  tx: Tx,
  { kind, id, command }: { kind: ShownKind; id: string; command: string },
  actor: Actor,
  now: Date,
): Promise<Possible | undefined> {
  const here = (await possibleWith(tx, kind, [id], actor, now)).get(id);
  if (!here || kind !== 'inspection' || !isHandedOn(command)) return here;
  const row = await tx.inspection.findUniqueOrThrow({ where: { id }, select: { referralId: true } });
  if (row.referralId === null) return here;
  const there = (await possibleWith(tx, 'referral', [row.referralId], actor, now)).get(row.referralId);
  return { ...here, ...(there && { allowedActions: there.allowedActions }) };
}

/** The inspection's commands that only the referral has a route for, by that route's name. */
const handedOn: Readonly<Record<string, string>> = {
  lateDecision: 'decision',
  contract: 'contract',
  personDeclines: 'withdrawal',
};

const isHandedOn = (command: string): boolean => command in handedOn;

type Followed = Pick<Inspection, 'state' | 'ground' | 'lateDecision'>;

/** The actions on an ended referral. A late decision is possible only after silence, and not after a late acceptance. */
function throughInspection({ state, ground, lateDecision }: Followed, actor: Actor): string[] {
  const late = lateDecision as { decision: string } | null;
  const isUndecided = ground === 'silence' && late?.decision !== 'accept';
  return inState('inspection', state, actor)
    .filter((action) => action !== 'lateDecision' || isUndecided)
    .flatMap((action) => handedOn[action] ?? []);
}
