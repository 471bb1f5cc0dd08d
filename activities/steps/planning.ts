import type { CaseState } from '../../domain/pathways/case';
import { referralInPlay } from '../../domain/pathways/referral';
import { record } from '../../records/kernel/events';
import { type Aggregate, readAggregates } from '../../records/kernel/aggregates';
import { move, pathwayOf, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { currentMeasure } from '../../domain/plan';
import { awaitProgress } from './measure';
import { placeOf } from './place';

/**
 * Returns a case to planning when no referral holds the person and no employment is open. The person never waits for an
 * inspection [pathway, first principle].
 */
export async function backToPlanning(transaction: Transaction, caseId: string): Promise<void> {
  const [aggregate] = await readAggregates(transaction.tx, 'case', [caseId]);
  if (!aggregate) throw new Error(`there is no case ${caseId}`);
  const { row, around } = aggregate;
  const isHeld = around.referrals.some((one) => referralInPlay.includes(one.state));
  const isEmployed = around.employments.some((one) => pathwayOf('retention').open.includes(one.state));
  if (!row.open || isHeld || isEmployed) return;
  const here = inRow(transaction, subjectOf('case', caseId));
  const current = around.measures.find(({ endedOn }) => endedOn === null);
  const goesOn = row.state === 'referred' && current?.kind !== 'job' ? current : undefined;
  const state: CaseState = !row.assessment ? 'assessment' : goesOn ? 'in_measure' : 'planning';
  if (row.state === state) return;
  await move(here, 'case', row, state);
  if (row.state === 'retained') await closeTasks(here, { kinds: ['closure'] }, 'job_ended');
  if (state === 'assessment') await openTask(here, { ...placeOf(row), kind: 'assessment' });
  else if (goesOn) await awaitProgress(here, row, goesOn);
  else
    await openTasks(here, [{ ...placeOf(row), kind: 'next_step' }], {
      kinds: ['measure_progress'],
      how: 'measure_ended',
    });
  await record(here, 'case_back_to_planning', { caseId, personId: row.personId });
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
