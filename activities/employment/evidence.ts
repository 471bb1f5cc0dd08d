import type { RetentionEvidence } from '../../contracts/retention';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { monitoring, retainAfterChecks, write } from '../steps/checks';
import { endEmployment, takeBack } from '../steps/ending';
import { evidenceAfterSilence } from '../steps/evidence';
import { placeOfJob, readJob } from '../steps/job';
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
  const waiting = await monitoring.checksFor(transaction, job);
  await record(transaction, 'evidence_entered', job, { number: body.document.number });
  const answer = { source: 'evidence', ...body } as Json;
  if (body.inForce) {
    if (job.state === 'ending') return takeBack(transaction, job, { answer });
    await monitoring.passChecks(transaction, job, waiting, answer);
    await move(transaction, 'retention', job, 'in_force');
    return retainAfterChecks(transaction, id);
  }
  const lastDay = aLastDay(transaction, job, body.on);
  const [first] = waiting;
  if (first) await write(transaction, id, first.n, { state: 'asking', answer, answeredAt: transaction.now });
  await endEmployment(transaction, job, {
    on: lastDay,
    reason: body.reason ?? 'other',
    proof: 'evidence',
    ...(first && { check: first.n }),
  });
}
