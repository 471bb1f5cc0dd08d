import type { Hearing } from '../../contracts/referral';
import { type Claim, isToBeHeard } from '../../domain/pathways/inspection';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notNow } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { heardAs } from '../steps/ending';
import { beginExamination } from '../steps/inspect';
import { close, notOpened, tellOutcome } from './closing';
import { about, readInspection, type WholeInspection } from './read';

/** What each ground's hearing waits under. */
const hearings = ['hearing', 'end_hearing'] as const;

/**
 * Of an early end: if the person wished it, no inspection opens. Of a claim about the person that came late: if they confirm it,
 * the refusal was justified by their own words, which the employer does not read. Else the inspection goes on. A claim in time
 * is heard by its referral.
 */
export async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const row = await readInspection(transaction, id);
  if (!isToBeHeard(row.facts))
    throw notNow('nobody_to_hear', 'No word of the employer about the person waits.');
  if (row.state === 'hearing') return heardOfEnd(transaction, row, body);
  const heard = { hearing: body as Json };
  if (row.referralId) await transaction.tx.referral.update({ where: { id: row.referralId }, data: heard });
  const params = { inspection: id, confirmed: body.confirmed };
  await record(transaction, 'person_heard', about(row), params, body.words);
  await closeTasks(transaction, { kinds: ['hearing'] }, 'heard');
  if (!body.confirmed) return claimBecomes(transaction, row, 'contradicted');
  await close(transaction, row, 'justified', {
    facts: { ...(row.facts as object), claim: 'confirmed' satisfies Claim },
    resolution: { resolution: 'justified', by: 'hearing' },
    resolvedAt: transaction.now,
  });
  await record(transaction, 'inspection_justified', about(row), { inspection: id });
  await tellOutcome(transaction, row, 'justified', {
    type: 'person_justified',
    params: { ground: row.ground, grounds: null },
  });
}

/** The person says whether they wished the end of the job [pathway §7]. */
async function heardOfEnd(
  transaction: Transaction,
  row: WholeInspection,
  { confirmed: wished, words }: Hearing,
): Promise<void> {
  await closeTasks(transaction, { kinds: ['end_hearing'] }, 'heard');
  await record(transaction, heardAs({ confirmed: true, wished }), about(row), {}, words);
  const heard = { ...row, facts: { ...(row.facts as object), words } };
  return wished
    ? notOpened(transaction, heard, 'person_wished')
    : claimBecomes(transaction, heard, 'contradicted');
}

/** Writes into the file whether the statement about the person holds. An inspection that waited for it opens. */
export async function claimBecomes(
  transaction: Transaction,
  row: WholeInspection,
  claim: Claim,
): Promise<void> {
  const opens = row.state === 'hearing';
  await move(transaction, 'inspection', row, 'examining', {
    facts: { ...(row.facts as object), claim },
    ...(opens && { openedAt: transaction.now }),
  });
  if (opens) await beginExamination(transaction, row);
}

export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const row = await readInspection(transaction, id);
  await closeTasks(transaction, { kinds: [...hearings] }, 'unheard');
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: row.personId } });
  if (diedOn !== null && row.state === 'hearing') return notOpened(transaction, row, 'person_died');
  await record(transaction, 'person_unheard', about(row), { inspection: id });
  await claimBecomes(transaction, row, 'unheard');
}
