import type { Decision } from '../../contracts/referral';
import { dayOf } from '../../domain/day';
import type { Claim } from '../../domain/pathways/inspection';
import { isClaimAboutPerson } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { checkReceived } from '../referral/received';
import { receivedAt, receivedInWords } from '../steps/received';
import { about, placeOfManager, readInspection, type WholeInspection } from './read';
import { settle } from './resolution';

/**
 * A late decision comes after silence and before the resolution. An acceptance settles the inspection, and a rejection adds
 * its reasons [pathway §5, late]. An answer that was received in time but entered late belongs to the referral, because there
 * was no silence.
 */
export async function lateDecision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const row = await readInspection(transaction, id);
  if (row.referral) checkReceived(transaction, row.referral, body);
  const at = receivedAt(transaction, body);
  const facts = { ...(row.facts as { claim?: Claim }) };
  delete facts.claim;
  const late = { lateDecision: { ...body, at: at.toISOString() } as Json, facts };
  await record(
    transaction,
    'late_decision',
    about(row),
    { inspection: id, decision: body.decision, ...receivedInWords(body) },
    'grounds' in body ? body.grounds : undefined,
  );
  if (body.decision === 'reject' && isClaimAboutPerson(body.code)) return hearPerson(transaction, row, late);
  await closeTasks(transaction, { kinds: ['hearing'] }, body.decision);
  if (body.decision === 'reject' || row.findingOnly)
    return move(transaction, 'inspection', row, 'examining', late);
  await closeTasks(transaction, { kinds: ['resolution', 'explanation'] }, 'late_acceptance');
  const resolved = {
    ...late,
    resolution: { resolution: 'settled', startOn: body.startOn, by: 'late_acceptance' },
    resolvedAt: transaction.now,
  };
  await settle(transaction, row, body.startOn, resolved, dayOf(at));
}

/** The employer's late word about the person is a claim, too. If the case goes on, the person is heard first [pathway §5]. */
async function hearPerson(
  transaction: Transaction,
  row: WholeInspection,
  late: { facts: object },
): Promise<void> {
  const claim: Claim = row.findingOnly === 'case_ended' ? 'unheard' : 'to_be_heard';
  await move(transaction, 'inspection', row, 'examining', {
    ...late,
    facts: { ...late.facts, claim },
  });
  if (claim === 'to_be_heard') await openTask(transaction, { ...placeOfManager(row), kind: 'hearing' });
}
