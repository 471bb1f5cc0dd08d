import type { RetentionEvidence } from '../../contracts/retention';
import { isWaiting } from '../../domain/pathways/employment';
import type { Json } from '../../prisma/db';
import type { Check } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { wasInTime } from '../../records/kernel/in-time';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { passChecks, retainAfterChecks, setCheck } from '../steps/checks';
import { endEmployment, takeBack } from '../steps/ending';
import { evidenceAfterSilence } from '../steps/evidence';
import { type Job, placeOfJob, readJob } from '../steps/job';
import { aLastDay } from './separation';

/** The register stayed silent about a reported end. A document says whether the employment ended. */
export const evidenceOfEnd = evidenceAfterSilence({
  read: readJob,
  isNeeded: ({ state }) => state === 'ending',
  evidence: (job) => ({ kind: 'end_evidence', place: placeOfJob(job), about: job }),
});

/** A document in place of the register's answer. It is for the waiting checks and for an unconfirmed end. */
export async function evidence(transaction: Transaction, id: string, body: RetentionEvidence): Promise<void> {
  const job = await readJob(transaction, id);
  const waiting = await checksFor(transaction, job);
  await record(transaction, 'evidence_entered', job, { number: body.document.number });
  const answer = { source: 'evidence', ...body } as Json;
  if (body.inForce) {
    if (job.state === 'ending') return takeBack(transaction, job, { answer });
    await passChecks(transaction, job, waiting, answer);
    await move(transaction, 'retention', job, 'in_force');
    return retainAfterChecks(transaction, id);
  }
  const lastDay = aLastDay(transaction, job, body.on);
  const [first] = waiting;
  if (first)
    await setCheck(transaction, id, first.n, { state: 'asking', answer, answeredAt: transaction.now });
  await endEmployment(transaction, job, {
    on: lastDay,
    reason: body.reason ?? 'other',
    proof: 'evidence',
    ...(first && { check: first.n }),
  });
}

/** The checks of a document: the waiting checks, and the unconfirmed checks for which the document was given in time. */
async function checksFor({ tx, subject, givenAt }: Transaction, { checks }: Job): Promise<Check[]> {
  const found: Check[] = [];
  for (const check of checks) {
    const asked = { subject, kind: 'check_evidence', ref: String(check.n) } as const;
    if (isWaiting(check) || (check.state === 'unconfirmed' && (await wasInTime(tx, asked, givenAt))))
      found.push(check);
  }
  return found;
}
