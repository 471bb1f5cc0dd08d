import { carriesStipend } from '../../domain/money/stipend';
import { fundOf } from '../../domain/money/funds';
import { type Policy, STIPEND } from '../../domain/policy';
import type { Subsidy } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { tookPart } from '../../records/kernel/participations';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { waitForLaw } from '../../records/money/awaiting-law';
import { periodOfStudy, stipendWorths, trainingOf, type WholeTraining } from '../../records/money/studies';
import { isAmountSet } from '../../domain/money/terms';
import { weekOf } from '../../domain/training/attendance';
import type { Weekday } from '../../domain/training/course';
import { withDays, worthsOf } from '../../records/money/terms';
import { balanceOf } from '../../records/kernel/ledger';
import { commitmentOf } from '../../domain/money/lines';
import { readClaim } from './claims';
import { reserveOrWait } from './deciding';
import { needForMonths, releaseAfter, reserve } from './funding';
import { aboutSubsidy, placeOfSubsidy, readSubsidy } from './read';
import { openDueClaims } from './running';
import { isDueAfterAll, isWorthOther, monthChanged } from './month-changed';

/* The stipend of a training, as the training's row uses it [measures §4]. */

/** What the person is told of their stipend: the money is reserved, or waits, or the course carries none. */
type StipendTold = 'reserved' | 'waits' | 'none';

/**
 * The admission proposes the stipend. Every month of the study is reserved, or waits for money: study begins all the same. An
 * official who admitted the person approves no month of it.
 *
 * @param transaction of the training
 */
export async function proposeStipend(transaction: Transaction, trainingId: string): Promise<StipendTold> {
  const training = await trainingOf(transaction.tx, trainingId);
  const known = await transaction.tx.subsidy.findFirst({ where: { trainingId, open: true } });
  if (known) return toldOf(known);
  const policy = await policyOfStudy(transaction, training);
  const period = periodOfStudy(training);
  if (!policy || !period) return 'none';
  const id = await nextNumber(transaction.tx, 'stipend');
  const there = inRow(transaction, subjectOf('stipend', id));
  const row = await transaction.tx.subsidy.create({
    data: {
      id,
      programme: STIPEND,
      trainingId,
      caseId: training.caseId,
      personId: training.personId,
      fund: fundOf((await transaction.law()).policies, STIPEND),
      area: training.area,
      state: isAmountSet(policy, STIPEND) ? 'awaiting_funds' : 'awaiting_law',
      since: transaction.now,
      appliedOn: transaction.today,
      appliedAt: transaction.now,
      confirmedAt: transaction.now,
      decidedAt: transaction.now,
      application: {},
      policyId: policy.id,
      periodFrom: period.from,
      periodTo: period.to,
      correlationId: transaction.correlationId,
    },
  });
  await tookPart(there, 'admitted');
  await admittedBefore(there, trainingId);
  await record(there, 'stipend_proposed', aboutSubsidy(row), {
    subsidy: id,
    from: period.from,
    until: period.to,
    programme: STIPEND,
    area: training.area,
    version: policy.id,
  });
  if (row.state === 'awaiting_law') await waitForLaw(there, row);
  else await reserveOrWait(there, row);
  return toldOf(await readSubsidy(there, id));
}

/** The centre's officials who offered the place, or put the person on the waiting list, have admitted the person too. */
async function admittedBefore({ tx, subject, now }: Transaction, trainingId: string): Promise<void> {
  const parts = await tx.participation.findMany({
    where: { subject: subjectOf('training', trainingId), act: 'admitted' },
    select: { person: true },
  });
  await tx.participation.createMany({
    data: parts.map(({ person }) => ({ subject, person, act: 'admitted', at: now })),
  });
}

/** Whether the money is there at an offer, before the admission. Nothing is written, and another admission may come first. */
export async function stipendOutlook(transaction: Transaction, trainingId: string): Promise<StipendTold> {
  const training = await trainingOf(transaction.tx, trainingId);
  const policy = await policyOfStudy(transaction, training);
  const period = periodOfStudy(training);
  if (!policy || !period) return 'none';
  if (!isAmountSet(policy, STIPEND)) return 'waits';
  const study = {
    id: 'outlook',
    period,
    interruptions: [],
    week: weekOf(training.course.heldOn as Weekday[]),
  };
  const worths = stipendWorths({ id: 'outlook', policyId: policy.id }, [study], {
    law: await transaction.law(),
    calendar: await transaction.calendar(),
    orderDate: transaction.today,
  });
  const region = training.area.slice(0, 4);
  for (const { line, total } of commitmentOf(worths, { programme: STIPEND, region, on: transaction.today }))
    if ((await balanceOf(transaction.tx, line, 'free')) < total) return 'waits';
  return 'reserved';
}

const toldOf = ({ state }: Pick<Subsidy, 'state'>): StipendTold =>
  state === 'ordering' || state === 'running' ? 'reserved' : 'waits';

/** The version whose terms hold: that of the first day of study. Undefined where the course carries no stipend. */
async function policyOfStudy(transaction: Transaction, training: WholeTraining): Promise<Policy | undefined> {
  const law = await transaction.law();
  const policy = law.policyOn(training.startedOn ?? training.firstOn ?? transaction.today);
  const rule = policy.rules.programmes.training_stipend;
  return rule && carriesStipend(training.course.field, rule) ? policy : undefined;
}

/**
 * Days, interruptions or attendance of a person's study changed. Every stipend of the person is looked at again, because a day has one
 * stipend whatever the number of courses. The official who entered the change approves no month of it.
 *
 * @param transaction of the training
 */
export async function studyChanged(transaction: Transaction, personId: string): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: { programme: STIPEND, personId: { in: await recordsOf(transaction.tx, personId) } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, 'stipend', id);
    const here = inRow(transaction, subjectOf('stipend', id));
    await tookPart(here, 'entered_attendance');
    await lookAgain(here, id);
  }
}

async function lookAgain(transaction: Transaction, id: string): Promise<void> {
  const before = await readSubsidy(transaction, id);
  if (before.state === 'stopped' && before.order === null) return;
  const row = await asStudied(transaction, before);
  if (row === undefined || row.state === 'awaiting_law') return;
  const isOrdered = row.order !== null;
  if (isOrdered && !(await goesOn(transaction, row))) return;
  await needForMonths(transaction, row);
  if (!isOrdered) return reserveOrWait(transaction, row);
  await reserve(transaction, row);
  for (const { id: claim } of await claimsOf(transaction, id)) await monthChanged(transaction, claim);
  await openDueClaims(transaction, await readSubsidy(transaction, id));
}

const claimsOf = ({ tx }: Transaction, subsidyId: string) =>
  tx.claim.findMany({ where: { subsidyId, n: 0 }, select: { id: true }, orderBy: { month: 'asc' } });

/** The stipend with the days and the terms of the study as they are now. A study that was not begun ends it. */
async function asStudied(transaction: Transaction, row: Subsidy): Promise<Subsidy | undefined> {
  const training = await trainingOf(transaction.tx, row.trainingId ?? '');
  const period = periodOfStudy(training);
  if (!period) {
    await notBegun(transaction, row);
    return undefined;
  }
  const policy = await policyOfStudy(transaction, training);
  const now = { periodFrom: period.from, periodTo: period.to, policyId: policy?.id ?? row.policyId };
  const isSame =
    row.periodFrom === now.periodFrom && row.periodTo === now.periodTo && row.policyId === now.policyId;
  if (isSame) return row;
  await transaction.tx.subsidy.update({ where: { id: row.id }, data: { ...now, rev: { increment: 1 } } });
  await transaction.tx.claim.updateMany({
    where: { subsidyId: row.id, state: 'checking' },
    data: { policyId: now.policyId },
  });
  return readSubsidy(transaction, row.id);
}

/**
 * The person never began. What was reserved is free. A month that was opened is worth nothing: it is closed, its approval falls, and a
 * payment is to be corrected.
 */
async function notBegun(transaction: Transaction, row: Subsidy): Promise<void> {
  for (const { id } of await claimsOf(transaction, row.id)) await monthChanged(transaction, id);
  if (!row.open) return;
  await closeTasks(transaction, {}, 'not_begun');
  await move(transaction, 'stipend', row, 'stopped', {
    stop: { code: 'not_begun', from: transaction.today },
  });
  await releaseAfter(transaction, row.id);
  await record(transaction, 'stipend_not_begun', aboutSubsidy(row), { subsidy: row.id });
}

/** Whether an ordered stipend goes on. One that has ended runs again where a month of it is due after all, or is worth another sum. */
async function goesOn(transaction: Transaction, row: Subsidy): Promise<boolean> {
  if (row.open) return true;
  const worths = await worthsOf(transaction, await withDays(transaction, row));
  const claims = await claimsOf(transaction, row.id);
  let isChanged = worths.length > claims.length;
  for (const { id } of claims) {
    const claim = await readClaim(transaction, id);
    const isOther = claim.state === 'zero' ? isDueAfterAll : isWorthOther;
    isChanged ||= await isOther(transaction, claim);
  }
  if (!isChanged) return false;
  await openTask(transaction, { ...placeOfSubsidy(row), kind: 'last_claims' });
  await move(transaction, 'stipend', row, 'running');
  return true;
}
