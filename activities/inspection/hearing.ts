import type { Hearing } from '../../contracts/referral';
import { type Claim } from '../../domain/pathways/inspection';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { heardAs } from '../steps/ending';
import { beginExamination } from '../steps/inspect';
import { close, notOpened, takeInspectionBack, tellOutcome } from './closing';
import { about, readInspection, type WholeInspection } from './read';

/** The kinds of wait for a hearing, one for each ground. */
const hearings = ['hearing', 'end_hearing'] as const;

/**
 * The person is heard about an early end, or about a late claim of the employer.
 *
 * - If the person wished the early end, no inspection opens.
 * - If the person confirms the claim, their own words justify the refusal. The employer does not read those words.
 * - Otherwise the inspection goes on.
 *
 * For a claim in time the hearing belongs to the referral.
 */
export async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const row = await readInspection(transaction, id);
  const isOfEnd = row.ground === 'ended_early';
  if (isOfEnd) return heardOfEnd(transaction, row, body);
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
  if (!wished) return claimBecomes(transaction, heard, 'contradicted');
  if (row.state === 'hearing') return notOpened(transaction, heard, 'person_wished');
  return takeInspectionBack(transaction, heard, 'heard_in_time');
}

/** Writes into the file whether the claim about the person is true. An inspection that waited for the hearing opens. */
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
