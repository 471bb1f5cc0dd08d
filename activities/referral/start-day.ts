import type { NewStart, StartAnswer } from '../../contracts/referral';
import { addDays, type Day } from '../../domain/day';
import type { DeadlineRule } from '../../domain/deadline';
import { isAsked } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { policyNumber, rulesSaySo } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutReferral } from '../steps/referrals';
import { askOwner } from '../steps/tell';
import { placeOfPerson, placeOfReferral, readReferral, type WholeReferral } from './read';

/** A proposal of another start day, as the referral keeps it. */
type Change = {
  from: Day;
  startOn: Day;
  reason: string;
  at: string;
  answer?: { agrees?: boolean; words?: string; at: string };
};

/** The employer proposes another start day. The day moves once, by at most `startWithinDays` [pathway §5, a mistake]. */
export async function start(transaction: Transaction, id: string, body: NewStart): Promise<void> {
  const referral = await readReferral(transaction, id);
  const from = referral.startOn ?? transaction.today;
  const within = await policyNumber(transaction, 'startWithinDays');
  const last = addDays(from, within.n);
  if (body.startOn < transaction.today || body.startOn > last || body.startOn === from)
    throw wrongField(
      'startOn',
      'start_out_of_range',
      `Give another day than ${from}, from ${transaction.today} to ${last}.${rulesSaySo(within, transaction)}`,
    );
  const change: Change = { ...body, from, at: transaction.givenAt.toISOString() };
  await move(transaction, 'referral', referral, 'accepted', { startChange: change });
  const params = { referral: id, from, startOn: body.startOn };
  await record(transaction, 'start_proposed', aboutReferral(referral), params, body.reason);
  await askOwner(transaction, { ...placeOfPerson(referral), kind: 'start_answer' });
}

/** The case manager enters the person's answer. After a yes the day and the contract's deadline move. */
export async function startAnswer(transaction: Transaction, id: string, body: StartAnswer): Promise<void> {
  const referral = await readReferral(transaction, id);
  await closeTasks(transaction, { kinds: ['start_answer'] }, body.agrees ? 'agreed' : 'not_agreed');
  if (!body.agrees) return stays(transaction, referral, body);
  const { startOn } = changeOf(referral);
  if (startOn < transaction.today)
    throw notNow(
      'day_passed',
      `The proposed day, ${startOn}, has passed. Enter that the person does not agree; the employer may propose another day.`,
    );
  const contract = await openWait(transaction, 'contract');
  if (contract)
    await openTask(transaction, {
      ...placeOfReferral(referral),
      kind: 'contract',
      from: (contract.rule as DeadlineRule).from,
      notBefore: startOn,
    });
  const data = { startOn, startChange: answered(transaction, referral, body) };
  await move(transaction, 'referral', referral, 'accepted', data);
  await record(transaction, 'start_moved', aboutReferral(referral), { referral: id, startOn }, body.words);
  const occasion = startOn;
  await notify(transaction, {
    type: 'start_agreed',
    to: { kind: 'employer', id: referral.employerId },
    params: { referral: id, startOn },
    occasion,
  });
  await notify(transaction, {
    type: 'person_start_moved',
    to: { kind: 'person', id: referral.personId },
    params: { startOn },
    occasion,
  });
}

/** Nobody entered the person's answer in time: the day does not move. */
export async function startStays(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  await closeTasks(transaction, { kinds: ['start_answer'] }, 'unanswered');
  await stays(transaction, referral, {});
}

async function stays(
  transaction: Transaction,
  referral: WholeReferral,
  answer: Partial<StartAnswer>,
): Promise<void> {
  const { id, employerId } = referral;
  const { from: startOn, at: occasion } = changeOf(referral);
  await move(transaction, 'referral', referral, 'accepted', {
    startChange: answered(transaction, referral, answer),
  });
  await record(transaction, 'start_stays', aboutReferral(referral), { referral: id, startOn }, answer.words);
  await notify(transaction, {
    type: 'start_stays',
    to: { kind: 'employer', id: employerId },
    params: { referral: id, startOn },
    occasion,
  });
}

/** The employer told of the contract, or it is due, while the person is still asked. The day does not move. */
export async function stillAsked(
  transaction: Transaction,
  referral: WholeReferral,
): Promise<{ startChange?: Json }> {
  if (!isAsked(referral.startChange)) return {};
  await closeTasks(transaction, { kinds: ['start_answer'] }, 'contract');
  return { startChange: answered(transaction, referral, {}) };
}

const changeOf = ({ startChange }: WholeReferral): Change => startChange as Change;

const answered = (transaction: Transaction, referral: WholeReferral, answer: Partial<StartAnswer>) => ({
  ...changeOf(referral),
  answer: { ...answer, at: transaction.givenAt.toISOString() },
});
