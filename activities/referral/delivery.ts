import type { Delivery } from '../../contracts/referral';
import { type Day, dayOf } from '../../domain/day';
import { dueOf } from '../../domain/deadline';
import type { ReferralState } from '../../domain/pathways/referral';
import { Prisma, type Referral } from '../../prisma/generated/client';
import { recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { notify, type NoticeOrder } from '../../records/kernel/notices';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { move, rowOf } from '../../records/kernel/rows';
import { closeTasks, dueDay, lengthNow, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { backToPlanning } from '../steps/planning';
import { aboutReferral, endReferral } from '../steps/referrals';
import { dayOfIssue, placeOfPerson, placeOfReferral, readReferral, type WholeReferral } from './read';
import { byTheEndOf } from '../steps/received';

/** The delivery of a referral to the employer. */
export interface Arrival {
  /** The channel, or the manner of a delivery by hand. */
  how: string;
  /** The instant of delivery. We may learn of the delivery later. */
  at: Date;
  /** The recipient of a delivery by hand. */
  to?: string;
}

/**
 * The referral has reached the employer. After a delivery by the end of the next working day the 5 days run from the day of
 * issue. After a later delivery they run from the day of delivery [pathway §5]. The day of arrival counts, not the day on
 * which we learn of it.
 *
 * We may learn of the delivery after those 5 days. Then they run from the day on which we learn of it. This is our default:
 * the employer got no reminders while the referral counted as undelivered. Nobody counts as silent by a deadline that passed
 * before we knew of it.
 */
export async function referralDelivered(
  transaction: Transaction,
  subject: string,
  arrival: Arrival,
): Promise<void> {
  const row = rowOf(subject);
  if (row?.kind !== 'referral') return;
  const referral = await readReferral(transaction, row.id);
  if (referral.state !== 'issued' && referral.state !== 'undelivered') return;
  const here = inRow(transaction, subject);
  const { how, at, to } = arrival;
  await closeTasks(here, { kinds: ['delivery', 'deliver_by_hand', 'correct_contact'] }, 'delivered');
  await timeToDecide(here, referral, at);
  await move(here, 'referral', referral, 'delivered', { deliveredAt: at, deliveredHow: how });
  const params = { referral: referral.id, how, on: dayOf(at) };
  await record(here, 'referral_delivered', aboutReferral(referral), params, to);
}

/** Sets the employer's 5 days by the delivery. Days that already run and end in the future stay as they are. */
async function timeToDecide(
  transaction: Transaction,
  referral: WholeReferral,
  deliveredAt: Date,
): Promise<void> {
  const { subject, tx } = transaction;
  const [{ due: deliveryDue, runs }] = await tx.$queryRaw<[{ due: Date | null; runs: boolean }]>`
    SELECT (SELECT due FROM tasks WHERE subject = ${subject} AND kind = 'delivery' ORDER BY id DESC LIMIT 1) AS due,
      EXISTS (SELECT FROM tasks WHERE subject = ${subject} AND kind = 'decision' AND closed_at IS NULL
                AND due > ${transaction.now}) AS runs`;
  const inTime = deliveryDue === null || deliveredAt <= deliveryDue;
  if (inTime && runs) return;
  const from = inTime ? dayOfIssue(referral) : dayOf(deliveredAt);
  const due = dueOf(
    { from, length: await lengthNow(transaction, 'employerDecision') },
    await transaction.calendar(),
  );
  await openTask(transaction, {
    ...placeOfReferral(referral),
    kind: 'decision',
    from: due > transaction.now ? from : transaction.today,
  });
}

export async function delivery(transaction: Transaction, id: string, body: Delivery): Promise<void> {
  const referral = await readReferral(transaction, id);
  if ('manner' in body) {
    if (body.on > transaction.today || body.on < dayOfIssue(referral))
      throw wrongField('on', 'impossible_day', 'The delivery lies between the day of issue and today.');
    const at = byTheEndOf(transaction, body.on);
    return referralDelivered(transaction, transaction.subject, { how: body.manner, at, to: body.to });
  }
  if (transaction.actor.role !== 'employment_officer')
    throw new Refusal(
      403,
      'not_yours',
      'Correcting the contact or ending the referral is for the employment officer.',
    );
  if ('undeliverable' in body) {
    if (!(await openWait(transaction, 'correct_contact')))
      throw notNow(
        'still_on_its_way',
        'A channel or the case manager may still deliver it: it can be ended after five working days undelivered.',
      );
    await endReferral(transaction, referral, {
      state: 'undeliverable',
      event: 'referral_undeliverable',
      grounds: body.reason,
    });
    return backToPlanning(transaction, referral.caseId);
  }
  const data = {
    phone: body.correctedContact.phone ?? referral.employer.phone,
    email: body.correctedContact.email ?? referral.employer.email,
  };
  const { employerId } = referral;
  await transaction.tx.employer.update({ where: { id: employerId }, data });
  await recordChange(transaction, {
    kind: 'employer',
    key: employerId,
    before: referral.employer,
    said: data,
    about: { employerId },
  });
  await tellEmployer(transaction, referral, `corrected-${transaction.now.toISOString()}`);
  await move(transaction, 'referral', referral, referral.state as ReferralState);
  await record(transaction, 'contact_corrected', aboutReferral(referral), { referral: id });
}

/**
 * Queues the referral for every channel of the employer. Before a delivery the employer's 5 days do not run, and the message
 * names no last day.
 */
export async function tellEmployer(
  transaction: Transaction,
  referral: Pick<Referral, 'id' | 'employerId'>,
  occasion = '',
): Promise<void> {
  await notify(transaction, messageToEmployer(referral, await dueDay(transaction, 'decision'), occasion));
}

/** The same message, by the last day of the employer's decision. */
export function messageToEmployer(
  { id: referral, employerId: id }: Pick<Referral, 'id' | 'employerId'>,
  due: Day | null,
  occasion = '',
): NoticeOrder {
  const to = { kind: 'employer', id } as const;
  return due !== null
    ? { type: 'referral_issued', to, params: { referral, due }, occasion }
    : { type: 'referral_sent_again', to, params: { referral }, occasion };
}

/**
 * No channel delivered by the end of the next working day. The employer's clock stops, and the case manager delivers. The time
 * from that delivery can be extended like the first time.
 */
export async function undelivered(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await closeTasks(transaction, { kinds: ['delivery', 'decision', 'extension_answer'] }, 'undelivered');
  await openTask(transaction, { ...placeOfPerson(referral), kind: 'deliver_by_hand' });
  await move(transaction, 'referral', referral, 'undelivered', { extension: Prisma.DbNull });
  await record(transaction, 'referral_undelivered', aboutReferral(referral), { referral: id });
}

export async function contactWrong(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await closeTasks(transaction, { kinds: ['deliver_by_hand'] }, 'passed');
  await openTask(transaction, { ...placeOfReferral(referral), kind: 'correct_contact' });
}
