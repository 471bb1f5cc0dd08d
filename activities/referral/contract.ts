import type { Contract, ContractEvidence } from '../../contracts/referral';
import { addDays, type Day } from '../../domain/day';
import { unansweredReferral } from '../../domain/pathways/referral';
import type { Json } from '../../prisma/db';
import type { Referral, Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { policyNumber, rulesSaySo } from '../../records/kernel/policy-numbers';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { askForContract, askNowForContract, contractQuestion, firstDayFor } from '../steps/contract';
import { evidenceOfContract } from '../steps/evidence';
import { hire } from '../steps/hire';
import { aboutReferral } from '../steps/referrals';
import { toInspectorate } from './inspectorate';
import {
  dayOfIssue,
  placeOfPerson,
  placeOfReferral,
  readReferral,
  untilAnswered,
  type WholeReferral,
} from './read';
import { tellAcceptance } from './accepting';
import { stillAsked } from './start-day';
import { deliveredByAnswer } from './received';
import { workedThere } from './worked-there';

/**
 * The employer says that the contract is registered. The labour register is asked at once. If the employer has given no
 * decision before, its word about the contract counts as an acceptance. The contract then has to name the first day of work,
 * and the person is told as of every acceptance.
 */
export async function contract(transaction: Transaction, id: string, body: Contract): Promise<void> {
  const referral = await readReferral(transaction, id);
  const startOn = referral.startOn ?? body.since;
  if (startOn === undefined)
    throw wrongField(
      'since',
      'missing',
      'The referral is not accepted yet, and telling the contract accepts it. Give the first day of work.',
    );
  await checkSince(transaction, referral, startOn);
  await closeTasks(transaction, { kinds: untilAnswered }, 'contract');
  if (!referral.decision) await tellAcceptance(transaction, referral, { startOn });
  await record(transaction, 'contract_registered', aboutReferral(referral), {
    referral: id,
    contract: body.contract,
  });
  if (unansweredReferral.includes(referral.state))
    await openTask(transaction, { ...placeOfReferral(referral), kind: 'contract', notBefore: startOn });
  await askForContract(transaction, placeOfReferral(referral));
  await move(transaction, 'referral', referral, 'confirming', {
    contract: body as Json,
    startOn,
    ...(await stillAsked(transaction, referral)),
    ...deliveredByAnswer(referral, transaction.givenAt),
    ...(!referral.decision && {
      decision: { decision: 'accept', startOn, by: 'contract' },
      decidedAt: transaction.givenAt,
    }),
  });
}

/** @throws Refusal unless a contract begins between the first day of a hire and `startWithinDays` from today */
async function checkSince(transaction: Transaction, referral: Referral, since: Day): Promise<void> {
  const within = await policyNumber(transaction, 'startWithinDays');
  const last = addDays(transaction.today, within.n);
  const first = await firstDayFor(transaction, referral);
  if (since < first || since > last)
    throw wrongField(
      'since',
      'start_out_of_range',
      `The contract begins between ${first} and ${last}; the referral is of ${dayOfIssue(referral)}.${rulesSaySo(within, transaction)}`,
    );
}

export async function evidence(transaction: Transaction, id: string, body: ContractEvidence): Promise<void> {
  const referral = await readReferral(transaction, id);
  await record(transaction, 'evidence_entered', aboutReferral(referral), {
    referral: id,
    number: body.document.number,
  });
  if (!body.inForce) return noContract(transaction, referral);
  const { since = referral.startOn ?? transaction.today, contract: number } = body;
  const contract = number === undefined ? {} : { contract: number };
  if (since < (await firstDayFor(transaction, referral)))
    return workedThere(transaction, referral, { since, ...contract });
  if (body.since !== undefined) await checkSince(transaction, referral, since);
  await hired(transaction, referral, { since, proof: 'evidence', ...contract });
}

async function hired(
  transaction: Transaction,
  referral: WholeReferral,
  it: { since: Day; contract?: string; proof: 'yammt' | 'evidence' },
): Promise<void> {
  await closeTasks(transaction, {}, 'hired');
  await move(transaction, 'referral', referral, 'hired', { outcome: 'hired', endedAt: transaction.now });
  await hire(transaction, {
    ...it,
    caseId: referral.caseId,
    personId: referral.personId,
    employerId: referral.employerId,
    referralId: referral.id,
    vacancyId: referral.vacancyId,
    measure: referral.measure,
    how: 'referral',
    monitored: true,
  });
}

async function noContract(transaction: Transaction, referral: WholeReferral): Promise<void> {
  await record(transaction, 'no_contract', aboutReferral(referral), { referral: referral.id });
  const { startOn } = referral;
  await toInspectorate(transaction, referral, {
    state: 'no_contract',
    ground: 'no_contract',
    facts: { startOn },
  });
}

/** The time for the contract is over. The labour register says whether there is a contract. */
export async function contractFallsDue(transaction: Transaction, id: string, task: Task): Promise<void> {
  const referral = await readReferral(transaction, id);
  await closeTasks(transaction, { kinds: [task.kind as 'contract'] }, 'passed');
  await askNowForContract(transaction, placeOfReferral(referral));
  if (referral.state !== 'confirming')
    await move(transaction, 'referral', referral, 'confirming', await stillAsked(transaction, referral));
}

export const evidenceOfReferral = evidenceOfContract(readReferral, (referral) => ({
  place: placeOfPerson(referral),
  about: aboutReferral(referral),
  params: { referral: referral.id },
}));

export const contractAnswer = contractQuestion('referral', {
  async yes(transaction, id, answer) {
    await hired(transaction, await readReferral(transaction, id), { ...answer, proof: 'yammt' });
  },
  async older(transaction, id, answer) {
    await workedThere(transaction, await readReferral(transaction, id), answer);
  },
  /** Within the contract's time the employer may still register it. After that time there is no contract. */
  async no(transaction, id) {
    const referral = await readReferral(transaction, id);
    if (referral.state !== 'confirming') return;
    if (!(await openWait(transaction, 'contract'))) return noContract(transaction, referral);
    await closeTasks(transaction, { kinds: ['contract_evidence'] }, 'no');
    await move(transaction, 'referral', referral, 'accepted');
  },
});
