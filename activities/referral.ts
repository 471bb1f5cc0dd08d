import type {
  Contract,
  ContractEvidence,
  Decision,
  Delivery,
  Hearing,
  ReferralFinding,
  ReferralWithdrawal,
} from '../contracts/referral';
import { addDays, type Day, dayOf, endOfDay } from '../domain/day';
import { dueOf } from '../domain/deadline';
import type { InspectionGround } from '../domain/pathways/inspection';
import {
  bringsReferral,
  isClaimAboutPerson,
  referralInPlay,
  type ReferralState,
  unansweredReferral,
} from '../domain/pathways/referral';
import type { Json } from '../prisma/db';
import type { Employer, Referral, Task, Vacancy } from '../prisma/generated/client';
import { record } from '../records/kernel/events';
import { notify } from '../records/kernel/notices';
import { notNow, Refusal, wrongField } from '../records/kernel/refusal';
import { move, rowOf, subjectOf } from '../records/kernel/rows';
import { askAgain, askTwiceADay, closeTasks, openTask, type Place, lengthNow } from '../records/kernel/tasks';
import type { Transaction } from '../records/kernel/transaction';
import { inRow } from '../records/kernel/wake';
import type { RowHandlers } from './row-handlers';
import { askForContract, type Confirmed, contractQuestion, firstDayFor } from './steps/contract';
import { hire } from './steps/hire';
import { openInspection } from './steps/inspect';
import { backToPlanning } from './steps/planning';
import { aboutReferral, endReferral } from './steps/referrals';

type Whole = Referral & { employer: Employer; vacancy: Vacancy; managerId: string | null };

async function read(transaction: Transaction, id: string): Promise<Whole> {
  const referral = await transaction.tx.referral.findUniqueOrThrow({
    where: { id },
    include: { case: { select: { managerId: true } } },
  });
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: referral.employerId } });
  const vacancy = await transaction.tx.vacancy.findUniqueOrThrow({ where: { id: referral.vacancyId } });
  return { ...referral, employer, vacancy, managerId: referral.case.managerId };
}

/** The employment office of the employer's district owes its tasks, the case manager those about the person. */
export const placeOfReferral = (
  referral: Pick<Referral, 'caseId' | 'personId' | 'employerId'> & {
    employer: Employer;
    managerId: string | null;
  },
): Place => ({
  area: referral.employer.district,
  assigneeId: referral.managerId,
  employerId: referral.employerId,
  caseId: referral.caseId,
  personId: referral.personId,
});

/** The case manager's own area, for what concerns the person. */
const placeOfPerson = (referral: Whole): Place => ({ ...placeOfReferral(referral), area: referral.area });

/** How and when a referral reached the employer. */
export interface Arrival {
  /** The channel, or the manner of a delivery by hand. */
  how: string;
  /** The instant of delivery, which may lie before we learned of it. */
  at: Date;
  /** To whom it was delivered by hand. */
  to?: string;
}

/**
 * The referral has reached the employer. Delivered by the end of the next working day, the 5 days run from the day of issue,
 * otherwise from the day of delivery [pathway §5]: what counts is when it arrived, not when we learned of it. Where those 5
 * days are over by the time we learn of it, they run from the day we learn. Our default: while it counted as undelivered the
 * employer was reminded of nothing, and nobody is found silent by a deadline that passed before it was known to run.
 */
export async function referralDelivered(
  transaction: Transaction,
  subject: string,
  arrival: Arrival,
): Promise<void> {
  const row = rowOf(subject);
  if (row?.kind !== 'referral') return;
  const referral = await read(transaction, row.id);
  if (referral.state !== 'issued' && referral.state !== 'undelivered') return;
  const here = await inRow(transaction, subject);
  const { how, at, to } = arrival;
  await closeTasks(here, { kinds: ['delivery', 'deliver_by_hand', 'correct_contact'] }, 'delivered');
  await timeToDecide(here, referral, at);
  await move(here, 'referral', referral, 'delivered', { deliveredAt: at, deliveredHow: how });
  const params = { referral: referral.id, how, on: dayOf(at) };
  await record(here, 'referral_delivered', aboutReferral(referral), params, to);
}

/** The employer's 5 days as the delivery has them run; those that run already and lie ahead stay as they are. */
async function timeToDecide(transaction: Transaction, referral: Whole, deliveredAt: Date): Promise<void> {
  const { subject, tx } = transaction;
  const delivery = await tx.task.findFirst({ where: { subject, kind: 'delivery' }, orderBy: { id: 'desc' } });
  const inTime = !delivery?.due || deliveredAt <= delivery.due;
  const running = { subject, kind: 'decision', closedAt: null, due: { gt: transaction.now } };
  if (inTime && (await tx.task.findFirst({ where: running }))) return;
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

/** When something happened of which only the day is known: by the end of that day, and not after we were told of it. */
const byTheEndOf = (transaction: Transaction, day: Day): Date =>
  day < dayOf(transaction.givenAt) ? endOfDay(day) : transaction.givenAt;

async function delivery(transaction: Transaction, id: string, body: Delivery): Promise<void> {
  const referral = await read(transaction, id);
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
    const theirs = { subject: transaction.subject, kind: 'correct_contact', closedAt: null };
    if (!(await transaction.tx.task.findFirst({ where: theirs })))
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
  await transaction.tx.employer.update({
    where: { id: referral.employerId },
    data: {
      phone: body.correctedContact.phone ?? referral.employer.phone,
      email: body.correctedContact.email ?? referral.employer.email,
    },
  });
  await tellEmployer(transaction, referral, `corrected-${transaction.now.toISOString()}`);
  await move(transaction, 'referral', referral, referral.state as ReferralState);
  await record(transaction, 'contact_corrected', aboutReferral(referral), { referral: id });
}

/**
 * Queues the referral for every channel of the employer. While the employer's 5 days do not run, because nothing was
 * delivered, the message names no last day.
 */
export async function tellEmployer(
  transaction: Transaction,
  referral: Pick<Referral, 'id' | 'employerId'> & { vacancy: Vacancy },
  occasion = '',
): Promise<void> {
  const decision = await transaction.tx.task.findFirst({
    where: { subject: subjectOf('referral', referral.id), kind: 'decision', closedAt: null },
  });
  const due = decision?.due && dayOf(decision.due);
  await notify(transaction, {
    type: due ? 'referral_issued' : 'referral_sent_again',
    to: { kind: 'employer', id: referral.employerId },
    params: { referral: referral.id, title: referral.vacancy.title, ...(due && { due }) },
    occasion,
  });
}

const dayOfIssue = (referral: Referral): Day => dayOf(referral.issuedAt);

async function decision(transaction: Transaction, id: string, body: Decision): Promise<void> {
  const referral = await read(transaction, id);
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
 * Only officials enter a day of receipt; an employer's own answer counts from when it is given [pathway §5, received in time].
 *
 * @throws Refusal for an employer's entry with manner and date, or an official's without, or for a date before the issue or in
 *   the future
 */
export function checkReceived(transaction: Transaction, referral: Referral, { received }: Decision): void {
  const isEmployers = transaction.actor.role === 'employer';
  if (isEmployers && received)
    throw wrongField(
      'received',
      'officials_only',
      'Your answer counts from now: manner and date are entered by officials. Leave them out.',
    );
  if (received && (received.on > dayOf(transaction.givenAt) || received.on < dayOfIssue(referral)))
    throw wrongField(
      'received.on',
      'impossible_day',
      'An answer is received between the day of issue and today.',
    );
  if (!isEmployers && !received)
    throw wrongField('received', 'missing', 'An answer entered by an official needs its manner and date.');
}

/** When the employer answered: on paper or by phone, as an official enters it, by the end of the day it was received. */
export const receivedAt = (transaction: Transaction, { received }: Decision): Date =>
  received ? byTheEndOf(transaction, received.on) : transaction.givenAt;

/** @throws Refusal unless a contract begins between the first day of a hire and `startWithinDays` from today */
function checkSince(transaction: Transaction, referral: Referral, since: Day): void {
  const last = addDays(transaction.today, transaction.settings.startWithinDays);
  const first = firstDayFor(transaction, referral);
  if (since < first || since > last)
    throw wrongField(
      'since',
      'start_out_of_range',
      `The contract begins between ${first} and ${last}; the referral is of ${dayOfIssue(referral)}.`,
    );
}

/** An answer proves delivery. */
const deliveredByAnswer = (referral: Referral, at: Date) =>
  referral.deliveredAt ? {} : { deliveredAt: at, deliveredHow: 'answer' };

/**
 * The contract is owed 5 working days after the day on which the acceptance was received, however late it is entered, or on
 * the start date [pathway §5, contract].
 */
async function accept(
  transaction: Transaction,
  referral: Whole,
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

/**
 * @param from the day of the answer: when it was given, or received on paper or by phone
 * @throws Refusal unless the start lies between that day and `startWithinDays` later [pathway §5]
 */
export function checkStart(
  transaction: Transaction,
  startOn: Day,
  from: Day = dayOf(transaction.givenAt),
): void {
  const last = addDays(from, transaction.settings.startWithinDays);
  if (startOn < from || startOn > last)
    throw wrongField('startOn', 'start_out_of_range', `The start lies between ${from} and ${last}.`);
}

async function reject(
  transaction: Transaction,
  referral: Whole,
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

/** The referral ends, the inspectorate has it, and the case goes back to planning at once [pathway §6]. */
async function toInspectorate(
  transaction: Transaction,
  referral: Whole,
  state: ReferralState,
  ground: InspectionGround,
  facts: Record<string, Json | null>,
  data: object = {},
): Promise<void> {
  await closeTasks(transaction, {}, state);
  await move(transaction, 'referral', referral, state, { ...data, outcome: state, endedAt: transaction.now });
  const { deliveredAt, deliveredHow } = await transaction.tx.referral.findUniqueOrThrow({
    where: { id: referral.id },
  });
  const proof = await transaction.tx.notice.findMany({
    where: { subject: transaction.subject, type: { in: [...bringsReferral] } },
    select: { channel: true, state: true, settledAt: true },
  });
  const { vacancy } = referral;
  await openInspection(transaction, {
    referralId: referral.id,
    caseId: referral.caseId,
    personId: referral.personId,
    employerId: referral.employerId,
    ground,
    jobKind: referral.kind,
    facts: {
      ...facts,
      issuedAt: referral.issuedAt.toISOString(),
      deliveredAt: deliveredAt?.toISOString() ?? null,
      deliveredHow,
      proofOfDelivery: proof,
      job: {
        vacancy: vacancy.id,
        title: vacancy.title,
        state: vacancy.state,
        filledAt: vacancy.filledAt?.toISOString() ?? null,
      },
    },
  });
  await backToPlanning(transaction, referral.caseId);
}

async function hearing(transaction: Transaction, id: string, body: Hearing): Promise<void> {
  const referral = await read(transaction, id);
  await record(
    transaction,
    'person_heard',
    aboutReferral(referral),
    { referral: id, confirmed: body.confirmed },
    body.words,
  );
  const heard = { hearing: body as Json };
  if (!body.confirmed) return afterClaim(transaction, referral, 'contradicted', heard);
  await transaction.tx.referral.update({ where: { id }, data: heard });
  await endReferral(transaction, referral, {
    state: 'person_declined',
    event: 'person_declined',
    grounds: body.words,
  });
  await backToPlanning(transaction, referral.caseId);
}

/** The employer's word about the person was contradicted, or the person could not be heard: the inspection says which. */
async function afterClaim(
  transaction: Transaction,
  referral: Whole,
  claim: 'contradicted' | 'unheard',
  data: object = {},
): Promise<void> {
  const said = referral.decision as { code: string; grounds: string };
  await toInspectorate(
    transaction,
    referral,
    'rejected',
    'rejection',
    { code: said.code, grounds: said.grounds, claim },
    data,
  );
}

/** The employer says the contract is registered; the labour register is asked at once. Without an answer before, it accepts. */
async function contract(transaction: Transaction, id: string, body: Contract): Promise<void> {
  const referral = await read(transaction, id);
  const startOn = referral.startOn ?? body.since ?? transaction.today;
  checkSince(transaction, referral, startOn);
  await closeTasks(
    transaction,
    { kinds: ['delivery', 'deliver_by_hand', 'correct_contact', 'decision'] },
    'contract',
  );
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
    ...deliveredByAnswer(referral, transaction.givenAt),
    ...(!referral.decision && { decision: { decision: 'accept', startOn }, decidedAt: transaction.givenAt }),
  });
}

async function evidence(transaction: Transaction, id: string, body: ContractEvidence): Promise<void> {
  const referral = await read(transaction, id);
  await record(transaction, 'evidence_entered', aboutReferral(referral), {
    referral: id,
    number: body.document.number,
  });
  if (!body.inForce) return noContract(transaction, referral);
  const { since = referral.startOn ?? transaction.today, contract: number } = body;
  const contract = number === undefined ? {} : { contract: number };
  if (since < firstDayFor(transaction, referral))
    return workedThere(transaction, referral, { since, ...contract });
  if (body.since !== undefined) checkSince(transaction, referral, since);
  await hired(transaction, referral, { since, proof: 'evidence', ...contract });
}

async function hired(
  transaction: Transaction,
  referral: Whole,
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

/**
 * The contract is older than the referral: no hire, no check, no inspection. For person and place it is over at once; the
 * employment officer closes it with a finding [pathway §5, contract]. That wait is not the case's: it outlives it.
 */
async function workedThere(
  transaction: Transaction,
  referral: Whole,
  { since, contract }: Pick<Confirmed, 'since'> & Partial<Confirmed>,
): Promise<void> {
  await closeTasks(transaction, {}, 'worked_there_already');
  const { district: area } = referral.employer;
  await openTask(transaction, { area, employerId: referral.employerId, kind: 'worked_there_finding' });
  const finding = { since, ...(contract !== undefined && { contract }) };
  await move(transaction, 'referral', referral, 'worked_there_already', { finding });
  await record(transaction, 'worked_there_already', aboutReferral(referral), {
    referral: referral.id,
    ...finding,
  });
  if (referral.managerId)
    await notify(transaction, {
      type: 'told',
      to: { kind: 'official', id: referral.managerId },
      params: {
        subject: transaction.subject,
        what: 'the person worked there already: no hire follows from it',
      },
    });
  await backToPlanning(transaction, referral.caseId);
}

async function finding(transaction: Transaction, id: string, { words }: ReferralFinding): Promise<void> {
  const referral = await read(transaction, id);
  await endReferral(transaction, referral, {
    state: 'no_hire',
    event: 'referral_finding',
    grounds: words,
    data: { finding: { ...(referral.finding as object), words, by: transaction.actor.id } },
  });
}

async function noContract(transaction: Transaction, referral: Whole): Promise<void> {
  await record(transaction, 'no_contract', aboutReferral(referral), { referral: referral.id });
  await toInspectorate(transaction, referral, 'no_contract', 'no_contract', { startOn: referral.startOn });
}

async function withdrawal(transaction: Transaction, id: string, body: ReferralWithdrawal): Promise<void> {
  const referral = await read(transaction, id);
  const declined = body.reason === 'person_declined';
  await endReferral(transaction, referral, {
    state: declined ? 'person_declined' : 'withdrawn',
    event: declined ? 'person_declined' : 'referral_withdrawn',
    params: { reason: body.reason },
    grounds: body.words,
    tellEmployer: true,
  });
  await backToPlanning(transaction, referral.caseId);
}

/** No channel delivered by the end of the next working day: the clock of the employer stops, the case manager delivers. */
async function undelivered(transaction: Transaction, id: string): Promise<void> {
  const referral = await read(transaction, id);
  await closeTasks(transaction, { kinds: ['delivery', 'decision'] }, 'undelivered');
  await openTask(transaction, { ...placeOfPerson(referral), kind: 'deliver_by_hand' });
  await move(transaction, 'referral', referral, 'undelivered');
  await record(transaction, 'referral_undelivered', aboutReferral(referral), { referral: id });
}

async function contactWrong(transaction: Transaction, id: string): Promise<void> {
  const referral = await read(transaction, id);
  await closeTasks(transaction, { kinds: ['deliver_by_hand'] }, 'passed');
  await openTask(transaction, { ...placeOfReferral(referral), kind: 'correct_contact' });
}

/** Five days of silence count as a rejection without reasons [pathway §5]. */
async function silence(transaction: Transaction, id: string): Promise<void> {
  const referral = await read(transaction, id);
  await record(transaction, 'referral_silent', aboutReferral(referral), { referral: id });
  await toInspectorate(transaction, referral, 'silent', 'silence', {});
}

async function unheard(transaction: Transaction, id: string): Promise<void> {
  const referral = await read(transaction, id);
  await record(transaction, 'person_unheard', aboutReferral(referral), { referral: id });
  await afterClaim(transaction, referral, 'unheard');
}

/** The time for the contract is over: the labour register says whether there is one. */
async function contractFallsDue(transaction: Transaction, id: string, task: Task): Promise<void> {
  const referral = await read(transaction, id);
  await closeTasks(transaction, { kinds: [task.kind as 'contract'] }, 'passed');
  const asked = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind: 'contract_answer', closedAt: null },
  });
  if (asked) await askAgain(transaction, asked, transaction.now);
  else await askForContract(transaction, placeOfReferral(referral));
  if (referral.state !== 'confirming') await move(transaction, 'referral', referral, 'confirming');
}

/** A person is asked for evidence; the register is asked on, and whoever answers first settles it. */
async function evidenceOfContract(transaction: Transaction, id: string, task: Task): Promise<void> {
  const referral = await read(transaction, id);
  if (referral.state !== 'confirming') {
    await closeTasks(transaction, { kinds: ['contract_answer'] }, 'register_silent');
    return;
  }
  await askTwiceADay(transaction, task);
  await openTask(transaction, { ...placeOfPerson(referral), kind: 'contract_evidence' });
  await record(transaction, 'evidence_asked', aboutReferral(referral), { register: 'YAMMT', referral: id });
}

/** The world has changed around the referral: the employer is gone, the places are taken, the job is withdrawn. */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const referral = await read(transaction, id);
  if (!referralInPlay.includes(referral.state)) return;
  if (referral.employer.state !== 'active') {
    await endReferral(transaction, referral, {
      state: 'employer_gone',
      event: 'employer_gone',
      params: { state: referral.employer.state },
    });
    return backToPlanning(transaction, referral.caseId);
  }
  const { vacancy } = referral;
  if (vacancy.state === 'filled' && vacancy.filledHow === 'referral') {
    await endReferral(transaction, referral, {
      state: 'obsolete',
      event: 'places_taken',
      tellEmployer: true,
    });
    if (referral.managerId)
      await notify(transaction, {
        type: 'told',
        to: { kind: 'official', id: referral.managerId },
        params: {
          subject: transaction.subject,
          what: 'the last place was taken by another person we referred',
        },
      });
    return backToPlanning(transaction, referral.caseId);
  }
  const jobGone =
    vacancy.state === 'withdrawn' || (vacancy.state === 'filled' && vacancy.filledHow !== 'referral');
  if (jobGone && unansweredReferral.includes(referral.state)) {
    await record(transaction, 'referral_rejected', aboutReferral(referral), {
      referral: id,
      code: 'no_longer_vacant',
    });
    await toInspectorate(
      transaction,
      referral,
      'rejected',
      'rejection',
      { code: 'no_longer_vacant', grounds: null },
      {
        decision: { decision: 'reject', code: 'no_longer_vacant', grounds: '' },
        decidedAt: transaction.now,
      },
    );
  }
}

export const referralHandlers: RowHandlers<'referral'> = {
  kind: 'referral',
  commands: { delivery, decision, hearing, contract, evidence, finding, withdrawal },
  steps: {
    undelivered,
    contactWrong,
    silence,
    unheard,
    contractFallsDue,
    evidenceOfContract,
  },
  questions: {
    contract_answer: contractQuestion('referral', {
      async yes(transaction, id, answer) {
        await hired(transaction, await read(transaction, id), { ...answer, proof: 'yammt' });
      },
      async older(transaction, id, answer) {
        await workedThere(transaction, await read(transaction, id), answer);
      },
      /** Before the contract's time is over the employer may still register it; afterwards there is none. */
      async no(transaction, id) {
        const referral = await read(transaction, id);
        if (referral.state !== 'confirming') return;
        const stillTime = await transaction.tx.task.findFirst({
          where: { subject: transaction.subject, kind: 'contract', closedAt: null },
        });
        if (!stillTime) return noContract(transaction, referral);
        await move(transaction, 'referral', referral, 'accepted');
      },
    }),
  },
  reconsider,
};
