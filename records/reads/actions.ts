import { type Day, dayOf } from '../../domain/day';
import { whyNotWithdrawn } from '../../domain/pathways/inspection';
import { isUntouched } from '../../domain/pathways/referral';
import { dependsOnFacts, type Facts, whyNot } from '../../domain/preconditions';
import { allowedActions, mayGive } from '../../domain/transitions';
import { waitInWords, type WhyNot, whyNotInWords } from '../../domain/words/words';
import { subjectsInTime } from '../kernel/in-time';
import { NOT_IN_THIS_STATE, notNow, type Refusal } from '../kernel/refusal';
import { pathwayOf, type ShownKind, statesOf, subjectOf } from '../kernel/rows';
import type { View } from '../kernel/view';
import { factsOfAggregates, readFacts } from './facts';
import type { Aggregate, AggregateKind } from '../kernel/aggregates';
import { proposedAbout } from './facts/proposed';
import { readerOf } from './reader';
import { firstWait, waitsOf } from './waiting';

/** An action that the row's state allows and that another reason forbids, with the reason in words. */
export type NotAllowed = {
  action: string;
  code: string;
  words: string;
};

/** A row's state, the caller's possible actions now, and the actions that something beside the state forbids. */
export interface Possible {
  state: string;
  allowedActions: string[];
  notAllowed: NotAllowed[];
}

/**
 * The actions that a caller may take on rows. Every answer that shows a row has them from here. The number of queries does not
 * grow with the rows.
 *
 * The state and the preconditions of the commands decide, as in the transaction. An ended referral also has the actions that its
 * routes pass on to its last inspection [pathway §5, late]. The inspection itself does not name a late decision, because it has no
 * route for it. The employer replaces its decision within its time. An adaptation has the approval of its payment.
 *
 * @returns by id; rows that do not exist are left out
 */
export async function possibleWith(
  view: View,
  kind: ShownKind,
  ids: readonly string[],
): Promise<Map<string, Possible>> {
  const possible = await judged(view, kind, [...new Set(ids)]);
  await further[kind]?.(view, possible);
  return new Map([...possible].map(([id, { state, ...rest }]) => [id, { state, ...shown(view, rest) }]));
}

/** The same for a row whose aggregate was read. */
export async function possibleWithAggregate<K extends AggregateKind>(
  view: View,
  kind: K,
  aggregate: Aggregate<K>,
): Promise<Possible> {
  const { id, state } = aggregate.row;
  const rows = await judgedBy(view, kind, [{ id, state }], () => factsOfAggregates(view, kind, [aggregate]));
  const row = rows.get(id);
  if (!row) throw new Error(`${kind} ${id} was not judged`);
  await furtherByAggregate[kind]?.(view, row, aggregate);
  return { state, ...shown(view, row) };
}

/** The actions that a row has from other rows, by its aggregate. */
const furtherByAggregate: {
  readonly [K in AggregateKind]?: (view: View, row: Judged, aggregate: Aggregate<K>) => Promise<void>;
} = {
  async referral(view, possible, { row, around: { inspections, decision } }) {
    const [last] = inspections;
    if (!row.open && last) passOn((await judged(view, 'inspection', [last.id])).get(last.id), possible);
    const isInTime = decision !== null && decision.due !== null && view.now <= decision.due;
    if (isInTime && isUntouched(row, last) && mayReplace(view)) allow(possible, 'decision');
  },
};

/** The actions of a caller on a row, before the reasons are put into words. */
interface Judged {
  state: string;
  allowed: string[];
  forbidden: Map<string, WhyNot>;
}

/** The actions by state and preconditions. Facts are read only of rows with an action that depends on them. */
const judged = async (view: View, kind: ShownKind, ids: readonly string[]): Promise<Map<string, Judged>> =>
  judgedBy(view, kind, await statesOf(view.tx, kind, ids), (asked) => readFacts(view, kind, asked));

/** @param factsOf reads the facts of some of the rows */
async function judgedBy<K extends ShownKind>(
  { actor }: View,
  kind: K,
  states: readonly { id: string; state: string }[],
  factsOf: (ids: readonly string[]) => Promise<Map<string, Facts[K]>>,
): Promise<Map<string, Judged>> {
  const rows = states.map(({ id, state }) => ({
    id,
    state,
    actions: allowedActions(pathwayOf(kind), state, actor),
  }));
  const asked = rows.filter(({ actions }) => actions.some((action) => dependsOnFacts(kind, action)));
  const facts = asked.length === 0 ? new Map<string, Facts[K]>() : await factsOf(asked.map(({ id }) => id));
  return new Map(
    rows.map(({ id, state, actions }) => {
      const forbidden = new Map<string, WhyNot>();
      const known = facts.get(id);
      for (const action of known ? actions : []) {
        const why = known && whyNot(kind, action, known, actor);
        if (why) forbidden.set(action, why);
      }
      return [id, { state, allowed: actions.filter((action) => !forbidden.has(action)), forbidden }];
    }),
  );
}

function shown(
  { actor, now }: View,
  { allowed, forbidden }: Pick<Judged, 'allowed' | 'forbidden'>,
): Omit<Possible, 'state'> {
  const reader = readerOf(actor, now);
  const theirs = [...forbidden].filter(([, { code }]) => !isOthers.has(code));
  const notAllowed = theirs.map(([action, why]) => ({
    action,
    code: why.code,
    words: whyNotInWords(reader, why),
  }));
  return { allowedActions: allowed, notAllowed };
}

/** Reasons that concern no action of the caller: it is another office's, or the row never has it. */
const isOthers: ReadonlySet<WhyNot['code']> = new Set(['not_yours', 'no_correction', 'nothing_to_declare']);

/** The actions that a kind of row has from other rows, or leaves to them. */
type Further = { readonly [K in ShownKind]?: (view: View, possible: Map<string, Judged>) => Promise<void> };

const further: Further = {
  async referral(view, possible) {
    const rows = await view.tx.referral.findMany({
      where: { id: { in: [...possible.keys()] } },
      select: {
        id: true,
        state: true,
        open: true,
        contract: true,
        inspections: { select: { id: true, state: true, steps: true }, orderBy: { id: 'desc' }, take: 1 },
      },
    });
    const ended = rows.filter(({ open }) => !open);
    const inspections = ended.flatMap((row) => row.inspections.map(({ id }) => id));
    const there = await judged(view, 'inspection', inspections);
    for (const row of ended)
      for (const { id } of row.inspections) passOn(there.get(id), possible.get(row.id));
    for (const id of await stillReplaceable(view, rows)) allow(possible.get(id), 'decision');
  },
  async inspection(view, possible) {
    for (const row of possible.values()) {
      row.allowed = row.allowed.filter((action) => action !== withoutRoute);
      row.forbidden.delete(withoutRoute);
    }
    for (const [id, why] of await whyResolved(view, possible))
      possible.get(id)?.forbidden.set('resolution', why);
  },
  /** A finance officer proposes another amount of a line, one proposal at a time [money §8]. */
  async line(view, possible) {
    if (view.actor.role !== 'finance_officer') return;
    const open = await proposedAbout(
      view.tx,
      'line',
      [...possible.keys()].map((id) => subjectOf('line', id)),
    );
    for (const [id, row] of possible) {
      const proposed = open.get(subjectOf('line', id));
      if (row.state !== 'running') continue;
      if (proposed)
        row.forbidden.set('amount', { code: 'proposed_already', params: { number: proposed.id } });
      else allow(row, 'amount');
    }
  },
  async adaptation(view, possible) {
    const payments = await view.tx.claim.findMany({
      where: { subsidyId: { in: [...possible.keys()] }, n: 0 },
      select: { id: true, subsidyId: true },
    });
    const there = await judged(
      view,
      'claim',
      payments.map(({ id }) => id),
    );
    for (const { id, subsidyId } of payments) {
      const why = there.get(id)?.forbidden.get('approval');
      if (why) possible.get(subsidyId)?.forbidden.set('approval', why);
      if (there.get(id)?.allowed.includes('approval')) allow(possible.get(subsidyId), 'approval');
    }
  },
};

function allow(row: Judged | undefined, action: string): void {
  if (!row || row.allowed.includes(action)) return;
  row.allowed.push(action);
  row.forbidden.delete(action);
}

/** The inspection's commands that the referral's routes give, too, by that route's name. */
export const handedOn: Readonly<Record<string, string>> = {
  lateDecision: 'decision',
  contract: 'contract',
  personDeclines: 'withdrawal',
};

/** The inspection's command that only the referral has a route for. */
const withoutRoute = 'lateDecision';

/** Why inspections are not resolved again, for the inspector: who withdraws a mistake, and until when [pathway §6]. */
async function whyResolved(
  { tx, actor, givenAt }: View,
  possible: ReadonlyMap<string, Judged>,
): Promise<[string, WhyNot][]> {
  if (actor.role !== 'labour_inspector') return [];
  const ids = [...possible].filter(([, { state }]) => state !== 'examining').map(([id]) => id);
  if (ids.length === 0) return [];
  const rows = await tx.inspection.findMany({
    where: { id: { in: ids }, resolvedAt: { not: null } },
    select: { id: true, state: true, ground: true, resolution: true },
  });
  return rows.map((row) => {
    const { withdrawableUntil } = (row.resolution ?? {}) as { withdrawableUntil?: Day };
    const until = whyNotWithdrawn(row, dayOf(givenAt)) === undefined ? withdrawableUntil : undefined;
    return [row.id, { code: 'resolved', params: { until } }];
  });
}

/** The actions of an inspection that the routes of its referral give. */
function passOn(inspection: Judged | undefined, referral: Judged | undefined): void {
  if (!inspection || !referral) return;
  for (const action of inspection.allowed)
    if (handedOn[action] !== undefined) allow(referral, handedOn[action]);
}

/** Whether the caller may give a decision on a referral at all. */
function mayReplace({ actor }: Pick<View, 'actor'>): boolean {
  const { decision } = pathwayOf('referral').commands;
  return decision !== undefined && mayGive(decision, actor);
}

interface DecidedReferral {
  id: string;
  state: string;
  contract: unknown;
  inspections: readonly { state: string; steps: unknown }[];
}

/** The referrals whose decision the caller may replace: within the time to answer, while nobody has acted on it [pathway §5]. */
async function stillReplaceable(
  { tx, actor, now }: View,
  rows: readonly DecidedReferral[],
): Promise<string[]> {
  const untouched = rows.filter((row) => isUntouched(row, row.inspections[0])).map(({ id }) => id);
  if (!mayReplace({ actor }) || untouched.length === 0) return [];
  const subjects = untouched.map((id) => subjectOf('referral', id));
  const inTime = await subjectsInTime(tx, subjects, { kind: 'decision' }, now);
  return untouched.filter((id) => inTime.has(subjectOf('referral', id)));
}

/**
 * The actions that a caller may take in place of a refused command. A late decision was asked of the referral: the answer names
 * the referral's actions.
 *
 * @returns the state of the row that refused; undefined when there is no such row
 */
export async function possibleInstead(
  view: View,
  { kind, id, command }: { kind: ShownKind; id: string; command: string },
): Promise<Instead | undefined> {
  const possible = (await possibleWith(view, kind, [id])).get(id);
  if (!possible) return undefined;
  const here = { ...possible, waitingFor: await awaited(view, kind, id) };
  if (kind !== 'inspection' || command !== withoutRoute) return here;
  const row = await view.tx.inspection.findUniqueOrThrow({ where: { id }, select: { referralId: true } });
  if (row.referralId === null) return here;
  const there = (await possibleWith(view, 'referral', [row.referralId])).get(row.referralId);
  return there ? { ...here, ...there, state: here.state } : here;
}

/** The answer to a refused command: the possible actions, and the owner of the row's next wait. */
export interface Instead extends Possible {
  waitingFor: { role: string; due: string | null; dueOn: string | null; words: string } | null;
}

async function awaited(
  { tx, actor, now }: View,
  kind: ShownKind,
  id: string,
): Promise<Instead['waitingFor']> {
  const where = { subject: { in: waitsOf(kind, id) }, closedAt: null };
  const wait = firstWait(await tx.task.findMany({ where }), now, actor);
  if (!wait) return null;
  const { role, due, dueOn } = wait;
  return { role, due, dueOn, words: waitInWords(readerOf(actor, now), wait) };
}

/** A refusal by state, in the words of the reason that the row's actions give for the command, where they give one. */
export function inWordsOf(
  refusal: Refusal,
  command: string,
  notAllowed: readonly NotAllowed[] = [],
): Refusal {
  const why = notAllowed.find(({ action }) => action === command);
  return why && refusal.code === NOT_IN_THIS_STATE ? notNow(why.code, why.words) : refusal;
}
