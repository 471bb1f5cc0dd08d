import type { Case, Check, Employment } from '../../prisma/generated/client';
import type { Saying } from '../../domain/words/notice-params';
import { notify } from '../../records/kernel/notices';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from './place';

/** An employment with its checks, in order, and the case it belongs to. */
export type Job = Employment & { checks: Check[]; case: Case | null };

export const readJob = (transaction: Transaction, id: string): Promise<Job> =>
  transaction.tx.employment.findUniqueOrThrow({
    where: { id },
    include: { checks: { orderBy: { n: 'asc' } }, case: true },
  });

/** The case manager owes what an employment waits for; without an open case it is the supervisor of its area. */
export const placeOfJob = (job: Job): Place => ({
  ...(job.case?.open ? placeOf(job.case) : { area: job.area, personId: job.personId }),
  employerId: job.employerId,
});

/**
 * Tells the case manager, where the case has one.
 *
 * @param about tells apart what is told at one instant
 */
export async function tellManager(
  transaction: Transaction,
  job: Job,
  saying: Saying,
  about = '',
): Promise<void> {
  if (!job.case?.open || !job.case.managerId) return;
  const to = { kind: 'official', id: job.case.managerId } as const;
  await notify(transaction, { ...saying, to, occasion: `${transaction.now.toISOString()}${about}` });
}

/** The job measure of the plan that this employment fulfils. */
export const measureOf = (job: Job) => ({
  caseId: job.caseId ?? '',
  kind: 'job',
  ...(job.measure === null ? { startedOn: job.hiredOn } : { n: job.measure }),
});
