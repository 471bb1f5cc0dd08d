import type { RetentionEvidence } from '../../contracts/retention';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notNow } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { isWaiting, passChecks, retainAfterSix, setCheck } from '../steps/checks';
import { endEmployment, takeBack } from '../steps/ending';
import { evidenceAfterSilence } from '../steps/evidence';
import { placeOfJob, readJob } from '../steps/job';
import { aLastDay } from './separation';

/** The register stayed silent about a reported end: a document says whether it is so. */
export const evidenceOfEnd = evidenceAfterSilence({
  read: readJob,
  isNeeded: ({ state }) => state === 'ending',
  evidence: (job) => ({ kind: 'end_evidence', place: placeOfJob(job), about: job }),
});

/** A document in place of the register's answer, for the checks that wait and for an end that waits to be confirmed. */
export async function evidence(transaction: Transaction, id: string, body: RetentionEvidence): Promise<void> {
  const job = await readJob(transaction, id);
  const waiting = job.checks.filter(isWaiting);
  if (waiting.length === 0 && job.state !== 'ending')
    throw notNow('nothing_waits', 'No check and no end waits for evidence. Report an end as a separation.');
  await record(transaction, 'evidence_entered', job, { number: body.document.number });
  const answer = { source: 'evidence', ...body } as Json;
  if (body.inForce) {
    if (job.state === 'ending') return takeBack(transaction, job, { answer });
    await passChecks(transaction, job, waiting, answer);
    await move(transaction, 'retention', job, 'in_force');
    return retainAfterSix(transaction, id);
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
