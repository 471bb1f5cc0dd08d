import type { CaseState } from '../../domain/pathways/case';
import { referralInPlay } from '../../domain/pathways/referral';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
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
  const row = await transaction.tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: {
      referrals: { where: { state: { in: [...referralInPlay] } }, select: { id: true } },
      employments: { where: { open: true }, select: { id: true } },
      measures: { where: { endedOn: null }, orderBy: { n: 'asc' }, take: 1 },
    },
  });
  if (!row.open || row.referrals.length > 0 || row.employments.length > 0) return;
  const here = await inRow(transaction, subjectOf('case', caseId));
  const [current] = row.measures;
  const goesOn = row.state === 'referred' && current?.kind !== 'job' ? current : undefined;
  const state: CaseState = !row.assessment ? 'assessment' : goesOn ? 'in_measure' : 'planning';
  if (row.state === state) return;
  await move(here, 'case', row, state);
  if (row.state === 'retained') await closeTasks(here, { kinds: ['closure'] }, 'job_ended');
  if (state === 'assessment') await openTask(here, { ...placeOf(row), kind: 'assessment' });
  else if (goesOn) await awaitProgress(here, row, goesOn);
  else {
    await closeTasks(here, { kinds: ['measure_progress'] }, 'measure_ended');
    await openTask(here, { ...placeOf(row), kind: 'next_step' });
  }
  await record(here, 'case_back_to_planning', { caseId, personId: row.personId });
}

/** A referral holds the case, because it was issued or is open again. The waits that lead to a referral end. */
export async function becomeReferred(transaction: Transaction, caseId: string): Promise<void> {
  const row = await transaction.tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: { measures: { orderBy: { n: 'asc' } } },
  });
  const here = await inRow(transaction, subjectOf('case', caseId));
  await closeTasks(here, { kinds: ['first_referral', 'next_step'] }, 'referred');
  if (currentMeasure(row.measures)?.kind === 'job')
    await closeTasks(here, { kinds: ['measure_progress'] }, 'referred');
  await move(here, 'case', row, 'referred');
}
