import { monthlyAnniversaries } from '../../domain/anniversary';
import type { Day } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { monitoring } from './checks';
import { isAnotherContract, type ReportedEnd } from './ending';
import { type Job, measureOf, readJob } from './job';
import { hiredInMeasures } from './measures-in-life';

/**
 * The labour register names another first day of the same contract. A separate entry corrects the day of hire. The future
 * checks move with the day. The checks whose day has come stay [pathway §7].
 *
 * @returns the corrected employment
 */
export async function correctHire(
  transaction: Transaction,
  job: Job,
  { contract, since }: { contract: string; since: Day },
): Promise<Job> {
  const isSame = contract === job.contract && !isAnotherContract({ since }, job.ending as ReportedEnd | null);
  if (!isSame || since === job.hiredOn) return job;
  await transaction.tx.measure.updateMany({
    where: { ...measureOf(job), startedOn: job.hiredOn },
    data: { startedOn: since },
  });
  const days = monthlyAnniversaries(since, job.checks.length);
  for (const { n, state } of job.checks)
    if (state === 'ahead')
      await transaction.tx.check.update({
        where: { employmentId_n: { employmentId: job.id, n } },
        data: { on: days[n - 1] ?? since },
      });
  await move(transaction, 'retention', job, job.state as 'in_force', { hiredOn: since });
  await record(transaction, 'hire_corrected', job, { from: job.hiredOn, to: since });
  await hiredInMeasures(transaction, job, since);
  const corrected = await readJob(transaction, job.id);
  const next = corrected.checks.find(({ state }) => state === 'ahead');
  if (next && (await openWait(transaction, 'check', String(next.n))))
    await monitoring.awaitCheck(transaction, corrected, next);
  return corrected;
}
