import type { Json, Tx } from '../../prisma/db';
import { holdsMeasure, measureRowKinds, measureRows, ofKind } from '../../domain/measure-rows';
import { referralInPlay } from '../../domain/pathways/referral';
import { vocabularyOf } from '../../domain/vocabulary';
import type { Referral } from '../../prisma/generated/client';
import { termOf, vocabularyWith } from '../kernel/vocabulary';
import { languageOf } from './reader';
import { personsWord, unopened } from '../../domain/pathways/inspection';
import type { Actor } from '../../domain/roles';
import { type NotAllowed, possibleWith, possibleWithAggregate } from './actions';
import { readClosureForm } from './closure-form';
import { contactIn, examined } from './examined';
import { aboutDifference } from './about';
import { employersOf, type Known, maySeePerson, type Parties, withKnownNames, withNames } from './beside';
import { firstWait, type WaitingFor, waitsOf } from './waiting';
import { readRecovery, readStartSubsidy, readStipend, readSubsidy, shownClaim, workerFor } from './money';
import { readApproval } from './proposal';
import { readTraining } from './training';
import {
  type AroundCase,
  type AroundReferral,
  type Aggregate,
  type AggregateKind,
  hasAggregate,
  readAggregates,
} from '../kernel/aggregates';
import { inside, type Shown, without } from './shown';
import { accountsOf } from '../kernel/ledger';
import { pathwayOf, type ShownKind, subjectOf } from '../kernel/rows';
import type { View } from '../kernel/view';

/** The fields that every stateful object has beside its own. */
export interface Stateful {
  id: string;
  state: string;
  waitingFor: WaitingFor | null;
  allowedActions: string[];
  /** The actions that the state allows and another reason forbids. */
  notAllowed: NotAllowed[];
}

/**
 * A row as the API shows it to a caller: its fields, `state`, `waitingFor`, `allowedActions` and `notAllowed`. Of the person,
 * employers see only name, contact, skills and needed conditions [pathway §5].
 *
 * @throws when there is no such row
 */
export async function represent(view: View, kind: ShownKind, id: string): Promise<Json> {
  const { tx, actor, now } = view;
  if (hasAggregate(kind)) {
    const [aggregate] = await readAggregates(tx, kind, [id]);
    if (!aggregate) throw new Error(`there is no ${kind} ${id}`);
    return representAggregate(view, kind, aggregate);
  }
  const row = await readers[kind](tx, id, actor, now);
  const tasks = await tx.task.findMany({
    where: {
      closedAt: null,
      subject: { in: waitsOf(kind, id) },
    },
  });
  const possible = (await possibleWith(view, kind, [id])).get(id);
  const shown = plain({
    ...row,
    waitingFor: firstWait(tasks, now, actor),
    allowedActions: possible?.allowedActions ?? [],
    notAllowed: possible?.notAllowed ?? [],
  });
  const [named] = await withNames(tx, [shown as Shown], () => subjectOf(kind, id), actor);
  return named as Json;
}

/**
 * The same for a row whose aggregate was read.
 *
 * @param known names that were read with it
 */
export async function representAggregate<K extends AggregateKind>(
  view: View,
  kind: K,
  aggregate: Aggregate<K>,
  known?: Known,
): Promise<Json> {
  const { tx, actor, now } = view;
  const { allowedActions, notAllowed } = await possibleWithAggregate(view, kind, aggregate);
  const { row, parties } = await byAggregate[kind](view, aggregate);
  const waitingFor = firstWait(aggregate.waiting, now, actor);
  const shown = plain({ ...row, waitingFor, allowedActions, notAllowed }) as Shown;
  return (await withKnownNames(tx, shown, parties, actor, known)) as Json;
}

/** The fields of a row from its aggregate, and its parties as the caller sees them. */
const byAggregate: {
  readonly [K in AggregateKind]: (
    view: View,
    aggregate: Aggregate<K>,
  ) => Promise<{ row: object; parties: Parties }>;
} = {
  async case({ tx }, { row, around }) {
    const { person, revision, services, referrals, employments } = around;
    const measures = withRows(around);
    const { employerId } = (row.foundAlone ?? {}) as { employerId?: string };
    const employers = await employersOf(tx, employerId === undefined ? [] : [employerId]);
    return {
      row: {
        ...without(row, 'rev', 'correlationId'),
        referrals,
        employments,
        ...byKind(around),
        measures,
        plan: row.plannedAt === null ? null : { measures, services },
        closureForm: row.open ? null : await readClosureForm(tx, row.id),
        revision,
      },
      parties: {
        person: { id: row.personId, name: person.name },
        employer: employers.get(employerId ?? '') ?? null,
        job: null,
      },
    };
  },

  referral({ actor }, { row, around }) {
    const { employer, vacancy, person, certified, terms } = around;
    const delivery = around.delivery.map((notice) => without(notice, 'type'));
    const opened = around.inspections.filter(({ state }) => actor.role !== 'employer' || !isUnopened(state));
    const whole = {
      ...without(row, 'rev', 'correlationId', 'exception'),
      inspections: opened.toReversed().map(({ id, state }) => ({ id, state })),
      job: { title: vacancy.title, work: vacancy.work, district: vacancy.district },
      delivery,
    };
    const maySee = maySeePerson(actor, isOver(row, around) ? { over: true } : {});
    const parties = {
      person: maySee ? { id: row.personId, name: person.name } : null,
      employer: { id: employer.id, name: employer.name, stir: employer.stir },
      job: { id: vacancy.id, title: vacancy.title },
    };
    if (actor.role !== 'employer') return Promise.resolve({ row: whole, parties });
    // The employer does not see the person's words to the case manager.
    const earlierDecisions = (row.earlierDecisions as { hearing?: Json; startChange?: Json }[]).map(
      (one) => ({
        ...without(one, 'hearing'),
        ...(one.startChange !== undefined && { startChange: withoutWords(one.startChange) }),
      }),
    );
    const theirs = {
      ...without(whole, 'hearing', 'area', 'caseId'),
      earlierDecisions,
      startChange: withoutWords(row.startChange),
    };
    const contact = contactIn(person, certified, vocabularyOf(terms.map(termOf)), actor);
    return Promise.resolve({ row: maySee ? { ...theirs, person: contact } : theirs, parties });
  },

  async claim(view, aggregate) {
    const { subsidy, person: name, employer, job } = aggregate.around;
    const isUnconfirmed = subsidy.confirmedAt === null;
    const maySee = maySeePerson(view.actor, isUnconfirmed ? { unconfirmed: true } : {});
    const person = name !== null && maySee ? { id: workerFor(view.actor, subsidy.personId), name } : null;
    return { row: await shownClaim(view, aggregate), parties: { person, employer, job } };
  },
};

/** The measures of a plan, each with its last row. A row shows the days that were agreed. */
const withRows = ({ measures, measureRows: rows }: AroundCase): object[] =>
  measures.map((measure) => {
    const its = rows.filter((one) => one.measure === measure.n);
    const row = its.findLast(holdsMeasure) ?? its.at(-1);
    if (!row) return measure;
    const { kind, id, state, firstOn, lastOn } = row;
    return { ...measure, [measureRows[kind].field]: { id, state, firstOn, lastOn } };
  });

/** The rows that carry out the measures of a case, by kind. */
const byKind = ({ measureRows: rows }: AroundCase): Record<string, object[]> =>
  Object.fromEntries(
    measureRowKinds.map((kind) => [
      measureRows[kind].fields,
      ofKind(rows, kind).map((row) => without(row, 'kind')),
    ]),
  );

const isUnopened = (state: string): boolean => (unopened as readonly string[]).includes(state);

/** Nothing is asked about the person any more: the referral is over, and so are its inspections. */
const isOver = ({ state }: Referral, { inspections }: AroundReferral): boolean =>
  !referralInPlay.includes(state) &&
  !inspections.some((one) => !isUnopened(one.state) && pathwayOf('inspection').open.includes(one.state));

/** As JSON. Whole so'm fit into numbers. */
const plain = (value: object): Json =>
  JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)),
  ) as Json;

/** A reported end, with the person's words about it. */
type Said = { claim?: string; wished?: boolean; words?: string };

/** A proposal of another start day without the person's words to the case manager. */
const withoutWords = (startChange: unknown): unknown => {
  const change = startChange as { answer?: { words?: string } } | null;
  return change?.answer ? { ...change, answer: without(change.answer, 'words') } : change;
};

type Reader = (tx: Tx, id: string, actor: Actor, now: Date) => Promise<Shown>;

const readers: Record<Exclude<ShownKind, AggregateKind>, Reader> = {
  async inspection(tx, id, actor) {
    const row = await tx.inspection.findUniqueOrThrow({
      where: { id },
      omit: { ...inside, caseArea: true, employerDistrict: true },
    });
    if (actor.role !== 'employer') return { ...row, ...(await examined(tx, row, actor)) };
    // The employer does not see the person's words to the case manager.
    const steps = (row.steps as { kind: string }[]).filter(({ kind }) => kind === 'explanation');
    const theirs = { ...without(row, 'caseId'), steps };
    return personsWord.includes(row.ground) ? without(theirs, 'facts') : theirs;
  },

  async retention(tx, id, actor) {
    const row = await tx.employment.findUniqueOrThrow({
      where: { id },
      include: { checks: { orderBy: { n: 'asc' }, omit: { employmentId: true } } },
      omit: inside,
    });
    if (actor.role !== 'employer') return row;
    // The employer does not see the person's words to the case manager.
    const checks = row.checks.map((check) => without(check, 'conversation', 'answer'));
    const ending = row.ending && without(row.ending as Said, 'claim', 'wished', 'words');
    return { ...without(row, 'caseId', 'measure', 'area'), ending, checks };
  },

  async 'public-works'(tx, id, actor) {
    const row = await tx.publicWorks.findUniqueOrThrow({ where: { id }, omit: inside });
    const { work, conditions } = row;
    const vocabulary = await vocabularyWith(tx, {
      occupation: work === null ? [] : [work],
      condition: conditions,
    });
    const language = languageOf(actor);
    return {
      ...row,
      workName: work === null ? null : vocabulary.nameOf('occupation', work, language),
      conditionNames: conditions.map((code) => vocabulary.nameOf('condition', code, language)),
    };
  },

  training: readTraining,
  business: (tx, id) =>
    tx.business.findUniqueOrThrow({
      where: { id },
      include: {
        checks: { orderBy: { n: 'asc' }, omit: { businessId: true } },
        marks: {
          select: { code: true, goods: true, givenOn: true, until: true, revokedOn: true },
          orderBy: [{ givenOn: 'asc' }, { code: 'asc' }],
        },
      },
      omit: inside,
    }),

  subsidy: readSubsidy,
  adaptation: readSubsidy,
  stipend: readStipend,
  'start-subsidy': readStartSubsidy,

  approval: readApproval,

  recovery: readRecovery,

  async line(tx, id) {
    const row = await tx.budgetLine.findUniqueOrThrow({ where: { id }, omit: inside });
    const accounts = await accountsOf(tx, [id]);
    return { ...row, accounts: accounts.get(id) ?? {} };
  },

  /** A statement without its movements. They may be very many, and the reconciliation report has them. */
  async statement(tx, id, actor) {
    const row = await tx.statement.findUniqueOrThrow({ where: { id }, omit: inside });
    const differences = await tx.task.findMany({
      where: { subject: subjectOf('statement', id), kind: 'difference', closedAt: null },
      select: { ref: true, role: true, area: true, due: true },
      orderBy: { id: 'asc' },
    });
    const named = await withNames(tx, differences, ({ ref }) => aboutDifference(ref)[0] ?? '', actor);
    return { ...row, differences: named };
  },
};
