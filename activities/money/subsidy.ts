import type { Application } from '../../contracts';
import type { AdaptationApplication, AdaptationCompletion } from '../../contracts/adaptation';
import type { EmploymentEvidence, Objection, ObjectionDecision, Stop } from '../../contracts/application';
import type { WageApplication, WageCompletion } from '../../contracts/subsidy';
import { addDays, type Day, dayOf } from '../../domain/day';
import { aboveQuota, type StaffSnapshot } from '../../domain/money/above-quota';
import { lastDayOfJob, type ReportedEnd } from '../../domain/money/job-end';
import { mayStopFrom, stopDays } from '../../domain/money/stopping';
import type { Json } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import { accountOfApplication } from '../../records/money/accounts';
import { mustBeComplete, replaceCosts, unknownCategory } from '../../records/money/applying';
import { giveUpCosts } from '../../records/money/costs';
import { barredFrom, tookPart } from '../../records/kernel/participations';
import { lastDayToObject } from '../../records/money/objecting';
import { isLawAwaited, waitForLaw } from '../../records/money/awaiting-law';
import { appliedAgain } from '../../records/money/applied-again';
import { judge, mustBeEligible } from '../../records/money/judging';
import { employerOf } from '../../records/money/terms';
import { groupByTiek } from '../../records/money/worker';
import { record } from '../../records/kernel/events';
import { mustBeInTime } from '../../records/kernel/in-time';
import { notify } from '../../records/kernel/notices';
import { notNow, Refusal, wrongField, notPossible } from '../../records/kernel/refusal';
import { readerOf } from '../../records/reads/reader';
import { move } from '../../records/kernel/rows';
import {
  askTwiceADay,
  closeTasks,
  openTask,
  openWait,
  pauseTask,
  resumeTask,
} from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { toPayee } from '../../records/money/payees';
import type { ContractAnswer } from '../../registers/yammt';
import type { Question, RowHandlers } from '../row-handlers';
import { evidenceAfterSilence } from '../steps/evidence';
import { checkReceived, receivedAt, receivedInWords } from '../steps/received';
import { askAboutContract, drawnForOf, mustNotEndBefore } from './contract';
import { decide, lookForFunds, refuseSubsidy, reserveOrWait, type Review } from './deciding';
import { beginReview, confirmEmployment, lookForLaw, proceed } from './employing';
import {
  evidenceOfEnd,
  confirmEndOfJob,
  endsAsKnown,
  goesOnElsewhere,
  stopSubsidy,
  takeBackEndOfJob,
} from './ending';
import { releaseAfter } from './funding';
import { workerAnswered, workersProved } from './workers';
import { aboutSubsidy, isAdaptation, kindOf, placeOfSubsidy, readSubsidy } from './read';
import { lookAtLastClaims, openNextClaim, order } from './running';

async function review(transaction: Transaction, id: string, body: Review): Promise<void> {
  const known = await readSubsidy(transaction, id);
  if (known.state === 'ordering') await reviewAgain(transaction, known);
  const row = await readSubsidy(transaction, id);
  if (body.outcome === 'propose') {
    if (await isLawAwaited(transaction, row)) {
      await closeTasks(transaction, { kinds: ['review'] }, 'amount_not_set');
      return waitForLaw(transaction, row);
    }
    const snapshot = (body.snapshot ?? row.snapshot) as StaffSnapshot | null;
    if (row.programme === 'above_quota') await mustBeAboveQuota(transaction, row, snapshot);
    if (body.group === undefined) await mustAgreeOnGroup(transaction, row);
    await mustBeEligible(transaction, { ...row, snapshot, review: body });
    await tookPart(transaction, 'reviewed');
    await closeTasks(transaction, { kinds: ['review'] }, 'proposed');
    return decide(transaction, row, body, snapshot);
  }
  await tookPart(transaction, 'reviewed');
  if (body.outcome === 'refuse')
    return refuseSubsidy(transaction, row, {
      code: body.code,
      words: body.grounds,
      by: transaction.actor.id,
    });
  await pauseTask(transaction, 'review');
  await openTask(transaction, { ...placeOfSubsidy(row), kind: 'completion' });
  await move(transaction, kindOf(row), row, 'returned', { review: body as Json });
  await record(transaction, 'application_returned', aboutSubsidy(row), {
    subsidy: id,
    fields: [...new Set(body.missing.map(({ field }) => field))].join(', '),
    missing: body.missing.map(({ detail }) => detail).join(' '),
  });
  await notify(transaction, {
    type: 'application_returned',
    to: toPayee(row),
    params: { subsidy: id, missing: body.missing.map(({ detail }) => detail).join(' ') },
    occasion: transaction.now.toISOString(),
  });
}

/** An application that waits for the head's order is reviewed again. Its reserved money is free until it is proposed anew. */
async function reviewAgain(transaction: Transaction, row: Subsidy): Promise<void> {
  await closeTasks(transaction, { kinds: ['signing'] }, 'reviewed_again');
  await releaseAfter(transaction, row.id);
  await transaction.tx.subsidy.update({ where: { id: row.id }, data: { decidedAt: null } });
  await beginReview(transaction, row);
}

/**
 * @throws Refusal 422 while TIEK names another disability group than the application, and no document decides between them
 * [money §3]
 */
async function mustAgreeOnGroup(transaction: Transaction, row: Subsidy): Promise<void> {
  const said = (row.application as Partial<WageApplication>).group;
  const known = await groupByTiek(transaction.tx, row.personId);
  if (said === undefined || known === undefined || known === said) return;
  throw wrongField(
    'group',
    'differs',
    `TIEK names disability group ${known}, the application ${said}: say which stands, by a document.`,
  );
}

/** @throws Refusal while the staff list before the hire is missing, or does not show a filled quota */
async function mustBeAboveQuota(
  transaction: Transaction,
  row: { policyId: string; hiredOn: string | null },
  snapshot: StaffSnapshot | null,
): Promise<void> {
  const { quota } = (await transaction.law()).policy(row.policyId).rules;
  const answer = aboveQuota(snapshot ?? undefined, quota, row.hiredOn ?? transaction.today);
  if (answer === 'above') return;
  if (answer === 'unknown')
    throw wrongField('snapshot', 'missing', 'Enter the staff list of a day before the hire.');
  throw notNow(
    answer === 'not_above' ? 'not_above_quota' : 'no_quota',
    `The staff list does not show a hire above the quota (${quota.act}): refuse it with this code.`,
  );
}

/** The body of a completion, of either kind of subsidy. */
type Completion = WageCompletion & AdaptationCompletion;

/**
 * The employer's new documents replace the old ones. The time of the review goes on. Documents that were given in time undo
 * the abandonment of the application, and its review begins again.
 */
async function completion(
  transaction: Transaction,
  id: string,
  { received, ...body }: Completion,
): Promise<void> {
  const row = await readSubsidy(transaction, id);
  const entry = received ? { received } : {};
  checkReceived(transaction, entry, row.appliedOn);
  const employer = await employerOf(transaction, row);
  const before = row.application as Application;
  const documents = { ...before.documents, ...body.documents };
  const application = { ...before, ...body, documents } as Application;
  mustBeComplete(unknownCategory(await transaction.law(), body.category));
  const isAbandoned = row.state === 'abandoned';
  if (isAbandoned) {
    const givenAt = receivedAt(transaction, entry);
    await mustBeInTime({ ...transaction, givenAt }, 'completion', row);
    await mustBeTheOnlyOne(transaction, row);
  }
  if (body.costs || (isAbandoned && isAdaptation(row)))
    await replaceCosts(transaction, employer, id, application as AdaptationApplication);
  await tookPart(transaction, 'completed');
  await closeTasks(transaction, { kinds: ['completion'] }, 'completed');
  if (isAbandoned) await beginReview(transaction, row);
  else await resumeTask(transaction, 'review');
  await move(transaction, kindOf(row), row, 'review', {
    application,
    ...(body.snapshot && { snapshot: body.snapshot as Json }),
  });
  await record(transaction, 'application_completed', aboutSubsidy(row), {
    subsidy: id,
    fields: Object.keys(body).join(', '),
    ...receivedInWords(entry),
  });
  await accountOfApplication(transaction, transaction.subject, employer, body.account);
  const excluded = await judge(transaction, await readSubsidy(transaction, id));
  if (excluded) await refuseSubsidy(transaction, await readSubsidy(transaction, id), { ...excluded });
}

/** A refused employer objects once, within 10 working days of the refusal. On paper the day of receipt counts. */
async function objection(transaction: Transaction, id: string, body: Objection): Promise<void> {
  const row = await readSubsidy(transaction, id);
  const refusedOn = dayOf(row.refusedAt ?? row.appliedAt);
  checkReceived(transaction, body, refusedOn);
  const on = dayOf(receivedAt(transaction, body));
  const last = await lastDayToObject(transaction, refusedOn);
  if (body.received && on > last)
    throw wrongField('received.on', 'too_late', `An objection was possible until ${last}.`);
  await tookPart(transaction, 'objected');
  await openTask(transaction, {
    ...placeOfSubsidy(row),
    kind: 'objection_decision',
    barred: await barredFrom(transaction.tx, 'objection', [transaction.subject]),
  });
  if (isAdaptation(row))
    await replaceCosts(
      transaction,
      await employerOf(transaction, row),
      id,
      row.application as AdaptationApplication,
    );
  await move(transaction, kindOf(row), row, 'objected', {
    objection: { ...body, on },
  });
  const params = { subsidy: id, ...receivedInWords(body) };
  await record(transaction, 'objection', aboutSubsidy(row), params, body.words);
}

/** @throws Refusal when the same was applied for again meanwhile: only one of the two can be paid */
async function mustBeTheOnlyOne(transaction: Transaction, row: Subsidy): Promise<void> {
  const same = (await appliedAgain(transaction.tx, [row])).get(row.id);
  if (same !== undefined)
    throw notPossible(
      { code: 'applied_again', params: { number: same } },
      readerOf(transaction.actor, transaction.now),
    );
}

async function objectionDecision(
  transaction: Transaction,
  id: string,
  body: ObjectionDecision,
): Promise<void> {
  const row = await readSubsidy(transaction, id);
  await closeTasks(transaction, { kinds: ['objection_decision'] }, body.upheld ? 'upheld' : 'dismissed');
  const said = { ...(row.objection as object), decision: body } as Json;
  // A new staff list is entered by the review.
  if (body.upheld) await mustBeEligible(transaction, { ...row, snapshot: null });
  await record(
    transaction,
    body.upheld ? 'objection_upheld' : 'objection_dismissed',
    aboutSubsidy(row),
    { subsidy: id },
    body.grounds,
  );
  if (!body.upheld) {
    if (isAdaptation(row)) await giveUpCosts(transaction, id);
    await closeTasks(transaction, {}, 'refused');
    await move(transaction, kindOf(row), row, 'refused', { objection: said });
    return notify(transaction, {
      type: 'objection_dismissed',
      to: toPayee(row),
      params: { subsidy: id, reason: body.grounds },
    });
  }
  await transaction.tx.subsidy.update({ where: { id }, data: { objection: said, refusal: {} } });
  await proceed(transaction, await readSubsidy(transaction, id));
}

/** A document in place of YAMMT's answer. It shows that the job exists, or how it ended. */
async function evidence(transaction: Transaction, id: string, body: EmploymentEvidence): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (!body.inForce && body.until === undefined)
    throw wrongField('until', 'missing', 'A contract that is not in force has a last day.');
  mustNotEndBefore(row.hiredOn, body.until);
  await tookPart(transaction, 'evidence');
  await record(transaction, 'evidence_entered', aboutSubsidy(row), {
    subsidy: id,
    number: body.document.number,
  });
  if (isAdaptation(row)) return workersProved(transaction, row, body);
  if (row.state === 'checking' || (row.state === 'awaiting_law' && row.confirmedAt === null))
    return confirmEmployment(transaction, row, {
      since: row.hiredOn ?? transaction.today,
      contract: row.contract ?? '',
      proof: 'evidence',
      ...(body.until !== undefined && { until: body.until }),
    });
  if (body.inForce) return takeBackEndOfJob(transaction, row);
  await confirmEndOfJob(transaction, row, body.until ?? transaction.today);
}

/** The employer waives the subsidy from a future day. The employment officer stops it with a code. */
async function stop(transaction: Transaction, id: string, body: Stop): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (transaction.actor.role === 'employer' && body.code !== 'waived')
    throw new Refusal(403, 'not_yours', 'An employer waives; other codes are the employment officer’s.');
  if (body.code === 'waived') checkReceived(transaction, body, row.appliedOn);
  else if (body.received)
    throw wrongField('received', 'only_waiver', 'Only a waiver is the employer’s word. Leave it out.');
  if (body.code === 'waived' && body.from <= dayOf(receivedAt(transaction, body)))
    throw wrongField('from', 'not_ahead', 'A subsidy is waived from a day to come.');
  mustBeStoppable(row, body.from);
  await tookPart(transaction, 'proposed_stop');
  await stopSubsidy(transaction, row, addDays(body.from, -1), body);
}

/** @throws Refusal 422 for a day before the hire, or after everything is paid */
function mustBeStoppable({ hiredOn, periodTo }: Subsidy, from: Day): void {
  if (hiredOn === null || mayStopFrom(from, { hiredOn, periodTo })) return;
  const { first, last } = stopDays({ hiredOn, periodTo });
  const until = last === null ? '' : `, and by ${last}, when its period is over`;
  throw wrongField(
    'from',
    'impossible_day',
    `It is stopped from ${first}, the day of hire, or later${until}.`,
  );
}

/** The employer did not complete the application in time. */
async function abandon(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  await closeTasks(transaction, {}, 'abandoned');
  await move(transaction, kindOf(row), row, 'abandoned');
  await record(transaction, 'application_abandoned', aboutSubsidy(row), { subsidy: id });
  if (isAdaptation(row)) await giveUpCosts(transaction, id);
}

const evidenceOfEmployment = evidenceAfterSilence({
  read: readSubsidy,
  evidence: (row) => ({
    kind: 'employment_evidence',
    place: placeOfSubsidy(row),
    about: aboutSubsidy(row),
    params: { subsidy: row.id },
  }),
});

const evidenceOfEndOfJob = evidenceAfterSilence({ read: readSubsidy, evidence: evidenceOfEnd });

/** YAMMT is asked about the employer and the worker. An adaptation has several workers, and each is a question of its own. */
const aboutContract: Question['ask'] = async ({ yammt }, { tx }, id, task) => {
  const { personId, ...row } = await tx.subsidy.findUniqueOrThrow({ where: { id } });
  return askAboutContract(yammt, tx, { ...row, personId: task.ref || personId });
};

const employmentAnswer: Question = {
  ask: aboutContract,
  async onAnswer(transaction, id, task, answer) {
    const row = await readSubsidy(transaction, id);
    const said = answer as ContractAnswer & { answer: 'yes' | 'no' };
    if (isAdaptation(row)) return workerAnswered(transaction, row, task, said);
    if (said.answer === 'no' && said.because === 'none')
      return refuseSubsidy(transaction, row, { code: 'not_confirmed' });
    await confirmEmployment(transaction, row, {
      since: said.since,
      contract: said.contract,
      proof: 'yammt',
      ...(said.answer === 'no' && { until: said.until }),
    });
  },
};

const endOfJob: Question = {
  ask: aboutContract,
  async onAnswer(transaction, id, task, answer) {
    const row = await readSubsidy(transaction, id);
    const said = answer as ContractAnswer & { answer: 'yes' | 'no' };
    if (await goesOnElsewhere(transaction, row, said)) return askTwiceADay(transaction, task);
    const reported = (row.endReported as ReportedEnd | null) ?? { on: row.lastDay ?? transaction.today };
    const last = lastDayOfJob(
      reported,
      'contract' in said ? said : undefined,
      await drawnForOf(transaction, row),
    );
    if (last === undefined && reported.because === 'died') return askTwiceADay(transaction, task);
    await closeTasks(transaction, { kinds: ['end_of_job', 'end_of_job_evidence'] }, said.answer);
    if (last === undefined) await takeBackEndOfJob(transaction, row);
    else await confirmEndOfJob(transaction, row, last);
  },
};

/** An outside change reached the subsidy: the employment ended or goes on, money is there, or the employer is another. */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (row.state === 'awaiting_funds') return reserveOrWait(transaction, row);
  if (row.state !== 'running') return;
  await reserveOrWait(transaction, row);
  if (!isAdaptation(row)) await endsAsKnown(transaction, row);
  if (await openWait(transaction, 'last_claims')) await lookAtLastClaims(transaction, id);
}

const handlers: Omit<RowHandlers<'subsidy'>, 'kind'> & Omit<RowHandlers<'adaptation'>, 'kind'> = {
  commands: { evidence, review, completion, objection, objectionDecision, order, stop },
  steps: {
    evidenceOfEmployment,
    evidenceOfEndOfJob,
    abandon,
    lookForLaw,
    lookForFunds,
    openClaim: openNextClaim,
    lookAtLastClaims,
  },
  questions: { employment_answer: employmentAnswer, end_of_job: endOfJob },
  reconsider,
};

/** Wage subsidies and adaptations take the same steps from application to the last payment [money §3]. */
export const subsidyHandlers: RowHandlers<'subsidy'> = { kind: 'subsidy', ...handlers };
export const adaptationHandlers: RowHandlers<'adaptation'> = { kind: 'adaptation', ...handlers };
