import type { Decision } from '../../contracts/referral';
import { dayOf } from '../../domain/day';
import { decidedReferral, isClaimAboutPerson } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, type Ended, openTask, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutReferral } from '../steps/referrals';
import { tellAcceptance } from './accepting';
import { endAsMeanwhile, holdAgain, takeRejectionBack, takeSilenceBack } from './after-silence';
import { becomeObsolete, isTaken } from './ending';
import { toInspectorate } from './inspectorate';
import { placeOfPerson, placeOfReferral, readReferral, untilAnswered, type WholeReferral } from './read';
import { replaced, tellOfReplacement } from './replacing';
import { receivedAt, receivedInWords } from '../steps/received';
import { checkReceived, checkStart, deliveredByAnswer } from './received';

type Acceptance = Decision & { decision: 'accept' };
type Rejection = Decision & { decision: 'reject' };

export async function decision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const referral = await readReferral(transaction, id);
  checkReceived(transaction, referral, body);
  const at = receivedAt(transaction, body);
  const given = { decision: body as Json, decidedAt: at, ...deliveredByAnswer(referral, at) };
  if (referral.state === 'silent') {
    const meanwhile = await takeSilenceBack(transaction, referral, at);
    return decideAgain(transaction, referral, body, given, meanwhile);
  }
  if (decidedReferral.includes(referral.state)) return replace(transaction, referral, body, given);
  if (body.decision === 'accept')
    return accept(transaction, referral, body, given, { kinds: untilAnswered, how: 'accept' });
  if (isClaimAboutPerson(body.code)) await closeTasks(transaction, { kinds: untilAnswered }, body.decision);
  return decide(transaction, referral, body, given);
}

/** The employer replaces its own decision. The new decision is handled as usual. Both stay on record [pathway §5, a mistake]. */
async function replace(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision,
  answer: { decidedAt: Date },
): Promise<void> {
  const given = { ...answer, ...(await replaced(transaction, referral, body, answer.decidedAt)) };
  if (referral.state === 'rejected') {
    const meanwhile = await takeRejectionBack(transaction, referral);
    await decideAgain(transaction, referral, body, given, meanwhile);
  } else {
    await closeTasks(transaction, {}, 'decision_replaced');
    await decide(transaction, referral, body, given);
  }
  await tellOfReplacement(transaction, referral, body);
}

async function decide(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision,
  given: object,
): Promise<void> {
  if (body.decision === 'accept') return accept(transaction, referral, body, given);
  if (isClaimAboutPerson(body.code)) return hearPerson(transaction, referral, body, given);
  return reject(transaction, referral, body, given);
}

/**
 * An answer in time to an ended referral is handled as usual [pathway §5, received in time, a mistake]. Meanwhile the person
 * may have declined, found work or left, or the place may be taken. Then the referral ends for that reason. A rejection is
 * examined in any case.
 *
 * @param meanwhile why the ended inspection was for the finding only; null where the referral can go on
 */
async function decideAgain(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision,
  given: object,
  meanwhile: string | null,
): Promise<void> {
  if (body.decision === 'reject' && !isClaimAboutPerson(body.code))
    return reject(transaction, referral, body, given, meanwhile);
  if (meanwhile !== null) return endAsMeanwhile(transaction, referral, meanwhile, given);
  if (isTaken(referral.vacancy)) return becomeObsolete(transaction, referral, given);
  await holdAgain(transaction, referral);
  const again = { ...given, outcome: null, endedAt: null };
  await decide(transaction, referral, body, again);
}

/**
 * The contract is due 5 working days after the receipt of the acceptance, or on the start date [pathway §5, contract]. The day
 * of the entry does not count.
 */
async function accept(
  transaction: Transaction,
  referral: WholeReferral,
  body: Acceptance,
  given: object,
  ended?: Ended,
): Promise<void> {
  const { startOn } = body;
  const from = dayOf(receivedAt(transaction, body));
  await checkStart(transaction, startOn, from);
  const contract = { ...placeOfReferral(referral), kind: 'contract', from, notBefore: startOn } as const;
  await openTasks(transaction, [contract], ended);
  await move(transaction, 'referral', referral, 'accepted', { ...given, startOn });
  await tellAcceptance(transaction, referral, { startOn, ...receivedInWords(body) });
}

/** The employer's word about the person is only a claim. The case manager hears the person first [pathway §5]. */
async function hearPerson(
  transaction: Transaction,
  referral: WholeReferral,
  body: Rejection,
  given: object,
): Promise<void> {
  await openTask(transaction, { ...placeOfPerson(referral), kind: 'hearing' });
  await move(transaction, 'referral', referral, 'hearing', given);
  const params = { referral: referral.id, code: body.code, ...receivedInWords(body) };
  await record(transaction, 'claim_about_person', aboutReferral(referral), params, body.grounds);
}

/** @param findingOnly why the inspection is for the finding only, after an event in the person's life meanwhile */
async function reject(
  transaction: Transaction,
  referral: WholeReferral,
  body: Rejection,
  given: object,
  findingOnly: string | null = null,
): Promise<void> {
  const { code, grounds } = body;
  const params = { referral: referral.id, code, ...receivedInWords(body) };
  await record(transaction, 'referral_rejected', aboutReferral(referral), params, grounds);
  await toInspectorate(transaction, referral, {
    state: 'rejected',
    ground: 'rejection',
    facts: { code, grounds },
    data: given,
    findingOnly,
  });
}

/** Five days of silence count as a rejection without reasons [pathway §5]. */
export async function silence(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await record(transaction, 'referral_silent', aboutReferral(referral), { referral: id });
  await toInspectorate(transaction, referral, { state: 'silent', ground: 'silence' });
}
