import type { ExtensionRequest, TimeExtension } from '../../contracts/referral';
import type { Day } from '../../domain/day';
import { type ReferralState } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { policyNumber, rulesSaySo, versionOf } from '../../records/kernel/policy-numbers';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, dueDay, extendTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutReferral } from '../steps/referrals';
import { askOwner } from '../steps/tell';
import { placeOfPerson, readReferral, type WholeReferral } from './read';

/** The employer asks once for more time to answer, with its reason. The supervisor decides [pathway §5]. */
export async function extensionRequest(
  transaction: Transaction,
  id: string,
  body: ExtensionRequest,
): Promise<void> {
  const referral = await readReferral(transaction, id);
  await mustBeWithinMost(transaction, body.days);
  await keep(transaction, referral, {
    ...body,
    by: transaction.actor.id,
    at: transaction.givenAt.toISOString(),
  });
  await record(
    transaction,
    'extension_asked',
    aboutReferral(referral),
    { referral: id, days: body.days },
    body.reason,
  );
  await askOwner(transaction, { ...placeOfPerson(referral), kind: 'extension_answer' });
}

/** The supervisor extends the employer's time, or declines. The reminders move with it [pathway §5]. */
export async function extension(transaction: Transaction, id: string, body: TimeExtension): Promise<void> {
  const referral = await readReferral(transaction, id);
  if ('days' in body) await mustBeWithinMost(transaction, body.days);
  await closeTasks(transaction, { kinds: ['extension_answer'] }, 'days' in body ? 'extended' : 'declined');
  const answer = { ...body, by: transaction.actor.id, at: transaction.givenAt.toISOString() };
  await keep(transaction, referral, { ...(referral.extension as object), answer });
  if ('days' in body) await extend(transaction, referral, body);
  else await decline(transaction, referral, body.words);
}

async function mustBeWithinMost(transaction: Transaction, days: number): Promise<void> {
  const most = await policyNumber(transaction, 'employerExtensionMax');
  if (days > most.n)
    throw wrongField('days', 'too_long', `Give at most ${most.words}.${rulesSaySo(most, transaction)}`);
}

/** The person is told, and may be referred elsewhere meanwhile. */
async function extend(
  transaction: Transaction,
  referral: WholeReferral,
  { days, words }: { days: number; words?: string },
): Promise<void> {
  await extendTask(transaction, 'decision', { n: days, unit: 'days' });
  const due = await lastDay(transaction);
  const { id } = referral;
  const version = versionOf(await policyNumber(transaction, 'employerExtensionMax'));
  const granted = { referral: id, due, ...version };
  await record(transaction, 'extension_granted', aboutReferral(referral), granted, words);
  await notify(transaction, {
    type: 'extension_granted',
    to: { kind: 'employer', id: referral.employerId },
    params: { referral: id, due },
  });
  await notify(transaction, {
    type: 'person_extension',
    to: { kind: 'person', id: referral.personId },
    params: { due },
  });
}

async function decline(transaction: Transaction, referral: WholeReferral, words: string): Promise<void> {
  const { id, employerId } = referral;
  await record(transaction, 'extension_declined', aboutReferral(referral), { referral: id }, words);
  await notify(transaction, {
    type: 'extension_declined',
    to: { kind: 'employer', id: employerId },
    params: { referral: id, due: await lastDay(transaction) },
  });
}

const lastDay = async (transaction: Transaction): Promise<Day> =>
  (await dueDay(transaction, 'decision')) ?? transaction.today;

const keep = (transaction: Transaction, referral: WholeReferral, extended: object): Promise<void> =>
  move(transaction, 'referral', referral, referral.state as ReferralState, { extension: extended as Json });
