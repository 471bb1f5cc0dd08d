import type { Day } from '../../domain/day';
import type { CaseState } from '../../domain/pathways/case';
import { holdsPerson } from '../../domain/measure-rows';
import { referralInPlay } from '../../domain/pathways/referral';
import { nextStepDue } from '../../domain/public-works';
import type { Case } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { type Aggregate, readAggregates } from '../../records/kernel/aggregates';
import { move, pathwayOf, subjectOf } from '../../records/kernel/rows';
import { closeTasks, lengthNow, openTask, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { currentMeasure, isByHand } from '../../domain/plan';
import { awaitProgress, untilDue } from './measure';
import { placeOf } from './place';

/**
 * Returns a case to planning when no referral, no row of a measure and no measure recorded by hand holds the person, and no employment
 * is open. The person never waits for an inspection [pathway, first principle]. A next step that is overdue stays so.
 */
export async function backToPlanning(transaction: Transaction, caseId: string): Promise<void> {
  const [aggregate] = await readAggregates(transaction.tx, 'case', [caseId]);
  if (!aggregate) throw new Error(`there is no case ${caseId}`);
  const { row, around, waiting } = aggregate;
  const isHeld = around.referrals.some((one) => referralInPlay.includes(one.state));
  const isEmployed = around.employments.some((one) => pathwayOf('retention').open.includes(one.state));
  if (!row.open || isHeld || isEmployed) return;
  const here = inRow(transaction, subjectOf('case', caseId));
  const open = waiting.filter(({ subject }) => subject === here.subject);
  const current = around.measures.find(({ endedOn }) => endedOn === null);
  const hadOther = row.state === 'referred' || open.some(({ kind }) => kind === 'measure_progress');
  const goesOn = hadOther && current && isByHand(current) ? current : undefined;
  const held = around.measureRows.filter((one) => holdsPerson(one, transaction.today));
  const state: CaseState = !row.assessment
    ? 'assessment'
    : held.length > 0 || goesOn
      ? 'in_measure'
      : 'planning';
  if (row.state === state) return;
  await move(here, 'case', row, state);
  if (row.state === 'retained') await closeTasks(here, { kinds: ['closure'] }, 'job_ended');
  if (state === 'assessment') await openTask(here, { ...placeOf(row), kind: 'assessment' });
  else if (held.length > 0)
    await awaitNextStep(here, row, held.find(({ lastOn }) => lastOn !== null)?.lastOn ?? null);
  else if (goesOn) await awaitProgress(here, row, goesOn);
  else {
    const ended = { kinds: ['measure_progress'], how: 'measure_ended' } as const;
    const isOverdue = open.some(({ kind, due }) => kind === 'next_step' && due && due < transaction.now);
    if (isOverdue) await closeTasks(here, ended, ended.how);
    else await openTasks(here, [{ ...placeOf(row), kind: 'next_step' }], ended);
  }
  await record(here, 'case_back_to_planning', { caseId, personId: row.personId });
}

/**
 * The next step of a case in a measure is due some working days before its last day [measures §5]. Until that day is known, the case
 * waits for the office or centre.
 *
 * @param transaction under the case's name
 */
export async function awaitNextStep(transaction: Transaction, row: Case, lastOn: Day | null): Promise<void> {
  if (lastOn === null) return;
  const { today } = transaction;
  const { n } = await lengthNow(transaction, 'worksNextStep');
  const due = nextStepDue(lastOn, n, today, await transaction.calendar());
  await openTask(transaction, { ...placeOf(row), kind: 'next_step', ...untilDue(today, due) });
}

/** The person is referred to a measure that has a row of its own. The waits that lead to a referral end. A referral to a job holds the case on. */
export async function becomeInMeasure(
  transaction: Transaction,
  { row }: Aggregate<'case'>,
  measure: number,
): Promise<void> {
  await closeTasks(transaction, { kinds: ['first_referral', 'next_step'] }, 'referred');
  await closeTasks(transaction, { kinds: ['measure_progress'], ref: String(measure) }, 'referred');
  await move(transaction, 'case', row, row.state === 'referred' ? 'referred' : 'in_measure');
}

/** A referral holds the case, because it was issued or is open again. The waits that lead to a referral end. */
export async function becomeReferred(
  transaction: Transaction,
  { row, around }: Aggregate<'case'>,
): Promise<void> {
  const here = inRow(transaction, subjectOf('case', row.id));
  const isForJob = currentMeasure(around.measures)?.kind === 'job';
  const kinds = [
    'first_referral',
    'next_step',
    ...(isForJob ? (['measure_progress'] as const) : []),
  ] as const;
  await closeTasks(here, { kinds }, 'referred');
  await move(here, 'case', row, 'referred');
}
