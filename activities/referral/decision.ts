import type { Decision } from '../../contracts/referral';
import { dayOf } from '../../domain/day';
import { isClaimAboutPerson } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutReferral } from '../steps/referrals';
import { toInspectorate } from './inspectorate';
import { placeOfPerson, placeOfReferral, readReferral, type WholeReferral } from './read';
import { checkReceived, checkStart, deliveredByAnswer, receivedAt } from './received';

export async function decision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const referral = await readReferral(transaction, id);
  checkReceived(transaction, referral, body);
  const given = {
    decision: body as Json,
    decidedAt: receivedAt(transaction, body),
    ...deliveredByAnswer(referral, receivedAt(transaction, body)),
  };
  await closeTasks(
    transaction,
    { kinds: ['delivery', 'deliver_by_hand', 'correct_contact', 'decision'] },
    body.decision,
  );
  return body.decision === 'accept'
    ? accept(transaction, referral, body, given)
    : reject(transaction, referral, body, given);
}

/**
 * The contract is owed 5 working days after the day on which the acceptance was received, however late it is entered, or on
 * the start date [pathway §5, contract].
 */
async function accept(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision & { decision: 'accept' },
  given: object,
): Promise<void> {
  const { startOn } = body;
  const from = dayOf(receivedAt(transaction, body));
  checkStart(transaction, startOn, from);
  await openTask(transaction, { ...placeOfReferral(referral), kind: 'contract', from, notBefore: startOn });
  await move(transaction, 'referral', referral, 'accepted', { ...given, startOn });
  await record(transaction, 'referral_accepted', aboutReferral(referral), { referral: referral.id, startOn });
  await notify(transaction, {
    type: 'accepted',
    to: { kind: 'person', id: referral.personId },
    params: { title: referral.vacancy.title, startOn },
  });
}

async function reject(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision & { decision: 'reject' },
  given: object,
): Promise<void> {
  if (isClaimAboutPerson(body.code)) {
    await openTask(transaction, { ...placeOfPerson(referral), kind: 'hearing' });
    await move(transaction, 'referral', referral, 'hearing', given);
    await record(
      transaction,
      'claim_about_person',
      aboutReferral(referral),
      { referral: referral.id, code: body.code },
      body.grounds,
    );
    return;
  }
  await record(
    transaction,
    'referral_rejected',
    aboutReferral(referral),
    { referral: referral.id, code: body.code },
    body.grounds,
  );
  await toInspectorate(
    transaction,
    referral,
    'rejected',
    'rejection',
    { code: body.code, grounds: body.grounds },
    given,
  );
}

/** Five days of silence count as a rejection without reasons [pathway §5]. */
export async function silence(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await record(transaction, 'referral_silent', aboutReferral(referral), { referral: id });
  await toInspectorate(transaction, referral, 'silent', 'silence', {});
}
