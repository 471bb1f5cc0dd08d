import type { PersonDeclines } from '../../contracts/inspection';
import { isToBeHeard } from '../../domain/pathways/inspection';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { takeClosingBack } from '../referral/job-closed';
import { close, endInspection, lapse, notOpened } from './closing';
import { unheard } from './hearing';
import { about, readInspection } from './read';

/** Until the contract is registered the person may decline any offer, settlement or directive without a disadvantage. */
export async function personDeclines(
  transaction: Transaction,
  id: string,
  body: PersonDeclines,
): Promise<void> {
  const row = await readInspection(transaction, id);
  await record(transaction, 'person_declined', about(row), { inspection: id }, body.words);
  if (row.state !== 'examining') return lapse(transaction, row, 'person_no_longer_wants');
  await move(transaction, 'inspection', row, 'examining', { findingOnly: 'person_no_longer_wants' });
  await record(transaction, 'finding_only', about(row), { inspection: id, why: 'person_no_longer_wants' });
}

/** Ends the inspection if its job is open again, if the employer is gone, or if the case of a settlement or directive has ended. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  if (!(await isToReconsider(transaction, id))) return;
  const row = await readInspection(transaction, id);
  if (await takeClosingBack(transaction, row)) return;
  if (row.employer.state !== 'active' && row.state === 'hearing')
    return notOpened(transaction, row, 'employer_gone');
  if (row.employer.state !== 'active' && row.resolvedAt)
    return endInspection(transaction, row, 'employer_gone');
  if (row.employer.state !== 'active') {
    await close(transaction, row, 'unjustified', {
      resolution: { resolution: 'unjustified', code: 'employer_liquidated', grounds: row.employer.state },
      resolvedAt: transaction.now,
    });
    await record(transaction, 'employer_gone', about(row), { inspection: id, state: row.employer.state });
    return;
  }
  if (row.findingOnly && ['settled', 'directed', 'confirming'].includes(row.state))
    await lapse(transaction, row, row.findingOnly);
  else if (row.findingOnly === 'case_ended' && isToBeHeard(row.facts)) await unheard(transaction, id);
}

/** Whether the job, the employer or the case of an inspection may have changed. Most looks at an inspection end here. */
async function isToReconsider({ tx }: Transaction, id: string): Promise<boolean> {
  const [{ changed }] = await tx.$queryRaw<[{ changed: boolean }]>`
    SELECT employer.state <> 'active' OR it.finding_only IS NOT NULL
      OR coalesce(referral.decision -> 'jobClosed' IS NOT NULL, false) AS changed
    FROM inspections AS it JOIN employers AS employer ON employer.id = it.employer_id
      LEFT JOIN referrals AS referral ON referral.id = it.referral_id
    WHERE it.id = ${id}`;
  return changed;
}
