import type { Case, Check, Employment } from '../../prisma/generated/client';
import type { Saying } from '../../domain/words/notice-params';
import { notifyOffice } from '../../records/kernel/notices';
import { officeFor } from '../../records/kernel/offices';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from './place';
import { tellOfficial } from './tell';

/** An employment with its checks in order, and with its case. */
export type Job = Employment & { checks: Check[]; case: Case | null };

export const readJob = (transaction: Transaction, id: string): Promise<Job> =>
  transaction.tx.employment.findUniqueOrThrow({
    where: { id },
    include: { checks: { orderBy: { n: 'asc' } }, case: true },
  });

/** The case manager has the tasks of an employment. Without an open case the supervisor of its area has them. */
export const placeOfJob = (job: Job): Place => ({
  ...(job.case?.open ? placeOf(job.case) : { area: job.area, personId: job.personId }),
  employerId: job.employerId,
});

/**
 * Tells the case manager, if the case has one.
 *
 * @param about distinguishes messages of the same instant
 */
export async function tellManager(
  transaction: Transaction,
  job: Job,
  saying: Saying,
  about = '',
): Promise<void> {
  const manager = job.case?.open ? job.case.managerId : null;
  await tellOfficial(transaction, manager, saying, `${transaction.now.toISOString()}${about}`);
}

/** Tells the supervisors of an area's district. If the district has no supervisor, the next level is told. */
export async function tellSupervisor(
  transaction: Transaction,
  { area }: { area: string },
  saying: Saying,
): Promise<void> {
  const office = await officeFor(transaction.tx, 'supervisor', null, area);
  await notifyOffice(transaction, { role: 'supervisor', area: office.area }, saying);
}

/** The job measure of the plan that this employment fulfils. */
export const measureOf = (job: Job) => ({
  caseId: job.caseId ?? '',
  kind: 'job',
  ...(job.measure === null ? { startedOn: job.hiredOn } : { n: job.measure }),
});
