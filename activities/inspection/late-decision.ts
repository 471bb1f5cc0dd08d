import type { Decision } from '../../contracts/referral';
import { dayOf } from '../../domain/day';
import type { Claim } from '../../domain/pathways/inspection';
import { isClaimAboutPerson } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notNow } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { checkReceived, receivedAt } from '../referral/received';
import { hearFirst } from './hearing';
import { about, readInspection, type WholeInspection } from './read';
import { settle } from './resolution';

/**
 * After silence and before the resolution: an acceptance settles, a rejection adds its reasons [pathway §5, late]. A
 * rejection that was received within the 5 days and only entered late was no silence: the inspection is of the rejection,
 * also where the employer has rejected once more since; and a claim about the person is heard first.
 */
export async function lateDecision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const row = await readInspection(transaction, id);
  if (row.referral) checkReceived(transaction, row.referral, body);
  const before = row.lateDecision as { decision: string } | null;
  const at = receivedAt(transaction, body);
  const inTime = await withinTheDays(transaction, row, at);
  const mayFollow = !before || (before.decision === 'reject' && (body.decision === 'accept' || inTime));
  if (row.ground !== 'silence' || !mayFollow)
    throw notNow(
      'already_decided',
      'The employer has answered; what is open now is between the employer and the inspectorate.',
    );
  const isClaim = body.decision === 'reject' && isClaimAboutPerson(body.code);
  const unheard = isClaim && !inTime ? { claim: 'unheard' satisfies Claim } : {};
  const late = { lateDecision: { ...body, ...unheard, at: at.toISOString() } as Json };
  await record(
    transaction,
    'late_decision',
    about(row),
    { inspection: id, decision: body.decision },
    'grounds' in body ? body.grounds : undefined,
  );
  if (body.decision === 'reject' && inTime) {
    const facts = { ...(row.facts as object), code: body.code, grounds: body.grounds };
    await move(transaction, 'inspection', row, 'examining', { ...late, ground: 'rejection', facts });
    return isClaim ? hearFirst(transaction, { ...row, facts }, body) : undefined;
  }
  if (body.decision === 'reject' || row.findingOnly)
    return move(transaction, 'inspection', row, 'examining', late);
  await closeTasks(transaction, { kinds: ['resolution'] }, 'late_acceptance');
  const resolved = {
    ...late,
    resolution: { resolution: 'settled', startOn: body.startOn, by: 'late_acceptance' },
    resolvedAt: transaction.now,
  };
  await settle(transaction, row, body.startOn, resolved, dayOf(at));
}

/** Whether an answer came before the referral's 5 days were over, though nobody had entered it by then. */
async function withinTheDays(
  transaction: Transaction,
  { referralId }: WholeInspection,
  answeredAt: Date,
): Promise<boolean> {
  const decision = await transaction.tx.task.findFirst({
    where: { subject: subjectOf('referral', referralId ?? ''), kind: 'decision' },
    orderBy: { id: 'desc' },
  });
  return !!decision?.due && answeredAt <= decision.due;
}
