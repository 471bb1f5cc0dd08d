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
import { endAsMeanwhile, holdAgain, takeSilenceBack } from './after-silence';
import { becomeObsolete, isTaken } from './ending';
import { toInspectorate } from './inspectorate';
import { placeOfPerson, placeOfReferral, readReferral, type WholeReferral } from './read';
import { checkReceived, checkStart, deliveredByAnswer, receivedAt } from './received';

type Acceptance = Decision & { decision: 'accept' };
type Rejection = Decision & { decision: 'reject' };

export async function decision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const referral = await readReferral(transaction, id);
  checkReceived(transaction, referral, body);
  const at = receivedAt(transaction, body);
  const given = { decision: body as Json, decidedAt: at, ...deliveredByAnswer(referral, at) };
  if (referral.state === 'silent') return decideAfterSilence(transaction, referral, body, given);
  await closeTasks(
    transaction,
    { kinds: ['delivery', 'deliver_by_hand', 'correct_contact', 'decision'] },
    body.decision,
  );
  if (body.decision === 'accept') return accept(transaction, referral, body, given);
  if (isClaimAboutPerson(body.code)) return hearPerson(transaction, referral, body, given);
  return reject(transaction, referral, body, given);
}

/**
 * An answer in time that is entered after silence goes its ordinary way [pathway §5, received in time]. Where the person
 * declined, was placed or left meanwhile, or the place is taken, the referral ends as it would have then. A rejection is
 * examined in any case.
 */
async function decideAfterSilence(
  transaction: Transaction,
  referral: WholeReferral,
  body: Decision,
  given: { decidedAt: Date },
): Promise<void> {
  const meanwhile = await takeSilenceBack(transaction, referral, given.decidedAt);
  if (body.decision === 'reject' && !isClaimAboutPerson(body.code))
    return reject(transaction, referral, body, given, meanwhile);
  if (meanwhile !== null) return endAsMeanwhile(transaction, referral, meanwhile, given);
  if (isTaken(referral.vacancy)) return becomeObsolete(transaction, referral, given);
  await holdAgain(transaction, referral);
  const again = { ...given, outcome: null, endedAt: null };
  if (body.decision === 'accept') await accept(transaction, referral, body, again);
  else await hearPerson(transaction, referral, body, again);
}

/**
 * The contract is owed 5 working days after the day on which the acceptance was received, however late it is entered, or on
 * the start date [pathway §5, contract].
 */
async function accept(
  transaction: Transaction,
  referral: WholeReferral,
  body: Acceptance,
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
    params: { startOn },
  });
}

/** The employer's word about the person is a claim: the case manager hears the person first [pathway §5]. */
async function hearPerson(
  transaction: Transaction,
  referral: WholeReferral,
  body: Rejection,
  given: object,
): Promise<void> {
  await openTask(transaction, { ...placeOfPerson(referral), kind: 'hearing' });
  await move(transaction, 'referral', referral, 'hearing', given);
  const params = { referral: referral.id, code: body.code };
  await record(transaction, 'claim_about_person', aboutReferral(referral), params, body.grounds);
}

/** @param findingOnly why the inspection can only find, where something has happened to the person meanwhile */
async function reject(
  transaction: Transaction,
  referral: WholeReferral,
  { code, grounds }: Rejection,
  given: object,
  findingOnly: string | null = null,
): Promise<void> {
  const params = { referral: referral.id, code };
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
