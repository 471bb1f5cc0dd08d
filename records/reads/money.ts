import type { Application } from '../../contracts';
import type { StartApplication } from '../../contracts/start-subsidy';
import type { Prisma } from '../../prisma/generated/client';
import { type Calculation, reachedInWords } from '../../domain/money/reached';
import type { ReportedEnd } from '../../domain/money/job-end';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Aggregate } from '../kernel/aggregates';
import type { View } from '../kernel/view';
import { blockersShown } from '../money/blockers';
import { keptBackOf } from '../money/outlook';
import { paidBy } from '../money/paid-by';
import { groupByTiek } from '../money/worker';
import type { Reader } from '../../domain/words/values';
import { type Refused, refusalInWords } from '../../domain/words/words';
import { readerOf } from './reader';
import { insidePayable, type Shown, without } from './shown';

/** An employer knows its workers by name. Our numbers only grow: they would show it which persons we knew before. */
export const workerFor = ({ role }: Actor, personId: string): string | null =>
  role === 'employer' ? null : personId || null;

function applicationFor({ role }: Actor, application: Application): Application {
  if (role !== 'employer' || !('workers' in application)) return application;
  return { ...application, workers: application.workers.map(({ hiredOn }) => ({ hiredOn })) } as Application;
}

/** A subsidy as the API shows it, with its claims and, for the offices, its reserved money. */
export async function readSubsidy(tx: Tx, id: string, actor: Actor, now: Date): Promise<Shown> {
  const office = actor.role !== 'employer';
  const row = await tx.subsidy.findUniqueOrThrow({
    where: { id },
    include: {
      claims: {
        orderBy: { id: 'asc' },
        select: { id: true, month: true, state: true, amount: true, settledOn: true },
      },
      ...(office && { commitments: { orderBy: { month: 'asc' }, omit: { subsidyId: true } } }),
    },
    omit: insidePayable,
  });
  const { endReported, ...rest } = row;
  // The employer does not see a death. Until the end is confirmed it sees only the day from which nothing is paid.
  const on = (endReported as ReportedEnd | null)?.on;
  return {
    ...rest,
    endReported: office || on === undefined ? endReported : { on },
    review: office ? row.review : reviewForEmployer(row.review),
    refusal: refusalFor(row.refusal as Refused | null, readerOf(actor, now)),
    // The employer reads only its own entry: the disability group is the person's.
    tiekGroup: office ? ((await groupByTiek(tx, row.personId)) ?? null) : null,
    application: applicationFor(actor, row.application as Application),
    personId: workerFor(actor, row.personId),
  };
}

const reviewForEmployer = (review: unknown) =>
  review === null ? null : { ...(review as object), group: undefined };

/** A refusal with its words and the way out; null once an objection was upheld. */
const refusalFor = (refusal: Refused | null, reader: Reader) =>
  refusal?.code === undefined ? null : { ...refusal, ...refusalInWords(reader, refusal) };

/**
 * A claim as the API shows it: the calculation, the blockers of its approval, its payments. Only auditors see the registers' raw
 * answers, in the chain of evidence.
 */
export async function shownClaim(view: View, aggregate: Aggregate<'claim'>): Promise<Shown> {
  const { tx, actor, now } = view;
  const { row, around } = aggregate;
  const { facts, approval, ...theirs } = without(
    row,
    'rev',
    'correlationId',
    'entitlementId',
    'fund',
    'payee',
    'personArea',
    'personId',
  );
  const office = actor.role !== 'employer';
  return {
    ...theirs,
    payments: around.payments.map((payment) => without(payment, 'claimId', 'differs')),
    ...(office && { facts, approval }),
    programme: around.subsidy.programme,
    personId: workerFor(actor, around.subsidy.personId),
    blockers: blockersShown(aggregate, now),
    reached: reachedInWords(readerOf(actor, now), row.calculation as Calculation | null, row.amount),
    paidBy: await paidBy(view, aggregate),
    keptBack: (await keptBackOf(tx, [row], now)).get(row.id) ?? 0,
  };
}

/** A recovery as the API shows it, with its month and the employer's claims against which it was set off. */
export async function readRecovery(tx: Tx, id: string): Promise<Shown> {
  const row = await tx.recovery.findUniqueOrThrow({
    where: { id },
    omit: { ...insidePayable, personId: true },
  });
  const { month } = await tx.claim.findUniqueOrThrow({ where: { id: row.claimId }, select: { month: true } });
  const setOffs = await tx.setOff.findMany({
    where: { debtorId: row.claimId },
    select: { claimId: true, amount: true, done: true },
    orderBy: { id: 'asc' },
  });
  return { ...row, month, setOffs };
}

/** The fields of what a person is paid. No employer and no centre sees any. */
const ofPersons = {
  id: true,
  state: true,
  since: true,
  programme: true,
  personId: true,
  caseId: true,
  area: true,
  policyId: true,
  appliedOn: true,
  order: true,
  orderedAt: true,
  claims: {
    orderBy: { id: 'asc' },
    select: { id: true, month: true, state: true, amount: true, settledOn: true },
  },
  commitments: { orderBy: { month: 'asc' }, omit: { subsidyId: true } },
} as const satisfies Prisma.SubsidySelect;

/** A stipend as the API shows it, with its months and its reserved money. */
export const readStipend = (tx: Tx, id: string): Promise<Shown> =>
  tx.subsidy.findUniqueOrThrow({
    where: { id },
    select: { ...ofPersons, trainingId: true, periodFrom: true, periodTo: true },
  });

/** A start subsidy as the API shows it, with its costs, the review and its payment. */
export async function readStartSubsidy(tx: Tx, id: string, actor: Actor, now: Date): Promise<Shown> {
  const { application, refusal, stop, ...row } = await tx.subsidy.findUniqueOrThrow({
    where: { id },
    select: {
      ...ofPersons,
      businessId: true,
      application: true,
      review: true,
      refusal: true,
      refusedAt: true,
      stop: true,
      amount: true,
    },
  });
  return {
    ...row,
    costs: (application as StartApplication).costs,
    refusal: refusalFor(refusal as Refused | null, readerOf(actor, now)),
    stopped: stop,
  };
}
