import type { Hearing } from '../../contracts/referral';
import { type Claim, isToBeHeard } from '../../domain/pathways/inspection';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notNow } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { close, tellOutcome } from './closing';
import { about, readInspection, type WholeInspection } from './read';

/**
 * Confirmed, the refusal was justified by the person's own words, which are not for the employer; else it goes on. A
 * claim is heard by its referral: here those only that earlier versions left to be heard.
 */
export async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const row = await readInspection(transaction, id);
  if (!isToBeHeard(row.facts))
    throw notNow('nobody_to_hear', 'No word of the employer about the person waits.');
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
    params: { grounds: null },
  });
}

/** Writes into the file whether the employer's statement about the person holds. */
export const claimBecomes = (transaction: Transaction, row: WholeInspection, claim: Claim): Promise<void> =>
  move(transaction, 'inspection', row, 'examining', { facts: { ...(row.facts as object), claim } });

export async function unheard(transaction: Transaction, id: string): Promise<void> {
  const row = await readInspection(transaction, id);
  await closeTasks(transaction, { kinds: ['hearing'] }, 'unheard');
  await record(transaction, 'person_unheard', about(row), { inspection: id });
  await claimBecomes(transaction, row, 'unheard');
}
