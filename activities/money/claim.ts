import { sumInWords } from '../../domain/words/values';
import { type Day, dayOf } from '../../domain/day';
import type {
  ClaimApproval,
  ClaimReturn,
  Correction,
  Declaration,
  Dispute,
  MismatchResolution,
  Unpayable,
} from '../../contracts/claim';
import { firstDay } from '../../domain/money/months';
import { isAboutDays, resolutionsOf, returnedFor, type Reviewed } from '../../domain/money/mismatch';
import type { Json } from '../../prisma/db';
import { Prisma, type Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { mustBeInTime } from '../../records/kernel/in-time';
import { accountOf } from '../../records/money/blockers';
import { personBehind, tookPart } from '../../records/kernel/participations';
import { post } from '../../records/kernel/ledger';
import { notify } from '../../records/kernel/notices';
import { actedOn, notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { askTwiceADay, closeTasks, leaveToOthers, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { toPayee } from '../../records/money/payees';
import type { RowHandlers } from '../row-handlers';
import {
  aboutClaim,
  askForDays,
  askForWages,
  calculate,
  decisionTask,
  placeOfClaim,
  readClaim,
  releaseMonth,
  tellSubsidy,
  toReview,
} from './claims';
import { draftCorrection, monthOf, proposeCorrection } from './correcting';
import { mustNotEndBefore } from './contract';
import { checkReceived, receivedAt, receivedInWords } from '../steps/received';
import { areWagesSettled, daysAnswer, wagesSettled } from './days';
import { calculatedAnew, reportEndOfJob } from './ending';
import { wakeQueue } from './funding';
import { bindAgain, isReservedAgain, payableAnew } from './paying/again';
import { paymentAnswer, paymentSilent } from './paying/answer';
import { bind, pullBack } from './paying/binding';
import { disputedPayment } from './paying/disputing';
import { lastPayment } from './paying/payments';
import { cameBack, isOverpaidInPart } from './paying/returning';
import { send } from './paying/sending';
import { settle } from './paying/settling';
import type { WholeClaim } from './read';
import { accountWaits, awaitRightAccount, isAwaitedOther, isPersons } from './persons';
import { noHeir } from './persons-death';
import { registerSilent, stillRegistered } from './still-registered';
import { lookAtAttendance } from './studied';
import { wagesAnswer } from './wages';

/**
 * The employer declares the accrued wages and the paid income tax. The tax authority is asked when the month's 15th
 * has passed [money §4].
 */
async function declaration(
  transaction: Transaction,
  id: string,
  { received, ...body }: Declaration,
): Promise<void> {
  const claim = await readClaim(transaction, id);
  const entry = received ? { received } : {};
  checkReceived(transaction, entry, firstDay(claim.month));
  if (claim.declaration) mustBeCorrectable(claim, body);
  if (claim.state === 'lapsed')
    await mustNotBeOver({ ...transaction, givenAt: receivedAt(transaction, entry) }, claim);
  if (body.tax > body.accrued)
    throw wrongField('tax', 'more_than_accrued', 'The income tax is no more than the wages.');
  await tookPart(transaction, 'evidence');
  await closeTasks(transaction, { but: 'days_answer' }, 'declared');
  await askForWages(transaction, claim);
  await move(transaction, 'claim', claim, 'awaiting_register', {
    declaration: { ...body, ...entry, by: transaction.actor.id },
    declaredAt: transaction.now,
    ...(claim.declaration && checkedAnew(transaction, claim)),
  });
  await record(transaction, claim.declaration ? 'declared_anew' : 'declared', aboutClaim(claim), {
    claim: id,
    month: claim.month,
    ...receivedInWords(entry),
  });
}

/**
 * The employer corrects its declaration until the claim is approved [money §7].
 *
 * @throws Refusal 409 once a payment was tried or nothing is due, and where the figures are the same
 */
function mustBeCorrectable(claim: WholeClaim, body: Omit<Declaration, 'received'>): void {
  const before = claim.declaration as Declaration;
  if (before.accrued === body.accrued && before.tax === body.tax)
    throw notNow('declared', 'The same was declared before. To correct it, give the right figures.');
}

/** The earlier declaration stays in the file. The answers about it no longer count: the tax authority is asked again. */
const checkedAnew = (transaction: Transaction, claim: WholeClaim) => {
  const said = Object.entries((claim.facts ?? {}) as Record<string, Json>);
  const facts = Object.fromEntries(said.filter(([fact]) => fact !== 'accrued' && fact !== 'tax'));
  const earlier = {
    declaration: claim.declaration,
    at: (claim.declaredAt ?? claim.openedAt).toISOString(),
    correctedOn: transaction.today,
  };
  return {
    earlierDeclarations: [...(claim.earlierDeclarations as Json[]), earlier as Json],
    facts,
    mismatch: Prisma.DbNull,
    resolution: Prisma.DbNull,
  };
};

/**
 * A declaration that was given in time undoes the lapse of its month.
 *
 * @throws Refusal 409 for any other declaration, and after the subsidy has ended
 */
async function mustNotBeOver(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await mustBeInTime(transaction, 'declaration', claim);
  if (claim.subsidy.state !== 'running')
    throw actedOn('The subsidy has ended meanwhile: propose a correction of the month instead.');
}

/** One person's answer is the proposal, and another person decides. */
async function correction(transaction: Transaction, id: string, body: Correction) {
  return { made: { kind: 'approval' as const, id: await proposeCorrection(transaction, id, body) } };
}

/** A person decides which side is right, by a document. The rule gives the amount: nobody types a number in. */
async function resolution(transaction: Transaction, id: string, body: MismatchResolution): Promise<void> {
  const { mismatch, resolution: before } = await readClaim(transaction, id);
  const possible = resolutionsOf(mismatch as Reviewed);
  if (!possible.includes(body.resolution))
    throw notNow('not_the_question', `This is resolved by ${possible.join(' or ')}.`);
  await tookPart(transaction, body.resolution === 'evidence' ? 'evidence' : 'resolved_mismatch');
  // An answer does not change a resolution by an earlier document.
  const kept = body.resolution === 'answered' ? { ...body, ...(before as object), words: body.words } : body;
  await transaction.tx.claim.update({ where: { id }, data: { resolution: kept } });
  const claim = await readClaim(transaction, id);
  await record(transaction, 'mismatch_resolved', aboutClaim(claim), {
    claim: id,
    resolution: body.resolution,
  });
  if (body.resolution === 'answered') return calculate(transaction, claim);
  if (body.resolution === 'evidence' && body.inForce) return calculate(transaction, claim);
  if (body.resolution === 'evidence') {
    const { until } = body;
    if (until === undefined)
      throw wrongField('until', 'missing', 'A contract that is not in force has a last day.');
    mustNotEndBefore(claim.subsidy.hiredOn, until);
    await closeTasks(transaction, {}, 'evidence');
    await askForDays(transaction, claim, transaction.now);
    await move(transaction, 'claim', claim, 'checking');
    return reportEndOfJob(transaction, claim.subsidy, until);
  }
  if (isAboutDays(mismatch as Reviewed))
    return calculate(transaction, claim, body.resolution === 'declaration_stands' || hasContract(claim));
  await wagesSettled(transaction, claim, accruedBy(claim, body.resolution) > 0);
}

const hasContract = ({ facts }: WholeClaim): boolean =>
  (facts as { because?: string } | null)?.because !== 'none';

/** The accrued wages of the side that was found right. */
function accruedBy({ facts, declaration: declared }: WholeClaim, side: string): number {
  const said = (side === 'register_stands' ? facts : declared) as { accrued?: number } | null;
  return said?.accrued ?? 0;
}

/** A finance officer who took no part before approves the claim as seen: its revision and amount [money §4, §7]. */
async function approval(transaction: Transaction, id: string, body: ClaimApproval): Promise<void> {
  const claim = await readClaim(transaction, id);
  if (body.revision !== claim.revision || BigInt(body.amount) !== claim.amount)
    throw notNow(
      'changed',
      `The claim has changed: revision ${claim.revision}, ${sumInWords(claim.amount ?? 0n)}. Look at it again.`,
    );
  const person = await personBehind(transaction.tx, transaction.actor);
  await bind(transaction, claim, {
    by: transaction.actor.id,
    person,
    ...body,
    at: transaction.now.toISOString(),
  });
}

async function returned(transaction: Transaction, id: string, body: ClaimReturn): Promise<void> {
  const claim = await readClaim(transaction, id);
  const again = returnedFor(body.code, claim.mismatch as Reviewed | null);
  await toReview(transaction, claim, again, { returned: { ...body, by: transaction.actor.id } });
  await record(transaction, 'claim_returned', aboutClaim(claim), { claim: id, code: body.code }, body.words);
}

/**
 * A finance officer settles the outcome of a disputed payment. An officer who names a document takes part, and another
 * officer approves the claim's payment. A new attempt exists only once the treasury itself says that the payment came back
 * [money §5, §7].
 */
async function dispute(transaction: Transaction, id: string, body: Dispute): Promise<void> {
  const claim = await readClaim(transaction, id);
  const payment = await disputedPayment(transaction, claim);
  if (body.outcome === 'returned' && (await isOverpaidInPart(transaction, claim, payment)))
    throw notNow(
      'corrected_meanwhile',
      'Part of it was demanded back meanwhile: say settled, withdraw the demand by a correction, then ask again.',
    );
  if (body.outcome === 'ask_again' && payment.attempt !== claim.attempt)
    throw notNow(
      'another_followed',
      'Another attempt followed this one: say by a document what became of it.',
    );
  if (body.outcome !== 'ask_again') mustBeSince(transaction, dayOf(payment.createdAt), body.on);
  await closeTasks(transaction, { kinds: ['dispute'] }, body.outcome);
  if (body.outcome === 'ask_again') {
    await bindAgain(transaction, claim, payment);
    await openTask(transaction, { ...placeOfClaim(claim), kind: 'payment_answer', firesAt: transaction.now });
    await move(transaction, 'claim', claim, 'sent');
    return record(
      transaction,
      'payment_sent',
      aboutClaim(claim),
      { claim: id, key: payment.key, amount: Number(payment.amount) },
      body.words,
    );
  }
  await tookPart(transaction, 'evidence');
  if (body.outcome === 'returned')
    return (await isReservedAgain(transaction, claim, payment))
      ? payableAnew(transaction, claim, payment, body.on)
      : cameBack(transaction, claim, payment, {
          state: 'returned',
          code: 'officer',
          on: body.on,
          word: 'officer',
        });
  await settle(transaction, await bindAgain(transaction, claim, payment), body.on, payment, 'officer');
  await draftCorrection(transaction, await monthOf(transaction, id));
}

/** @throws Refusal 422 for a day on which the money cannot have moved */
function mustBeSince(transaction: Transaction, sentOn: Day, on: Day): void {
  if (on < sentOn || on > transaction.today)
    throw wrongField(
      'on',
      'impossible_day',
      `The order was sent on ${sentOn}: it moved from then until today.`,
    );
}

/** Nobody can be paid. The month is closed and its money is free. */
async function unpayable(transaction: Transaction, id: string, body: Unpayable): Promise<void> {
  const claim = await readClaim(transaction, id);
  const payment = await lastPayment(transaction, claim);
  await closeTasks(transaction, {}, 'unpayable');
  await post(transaction, 'unpayable', {
    lineId: claim.lineId,
    subsidyId: claim.subsidyId,
    claimId: id,
    month: claim.month,
    amount: payment.amount,
  });
  await wakeQueue(transaction, [claim.lineId]);
  await move(transaction, 'claim', claim, 'lapsed');
  await record(transaction, 'payment_unpayable', aboutClaim(claim), { claim: id }, body.reason);
  await tellSubsidy(transaction, claim);
}

/** A month that is undeclared after three months has lapsed. */
async function declarationLapsed(transaction: Transaction, id: string): Promise<void> {
  const claim = await readClaim(transaction, id);
  await closeTasks(transaction, {}, 'lapsed');
  await releaseMonth(transaction, claim);
  await move(transaction, 'claim', claim, 'lapsed');
  await record(transaction, 'claim_lapsed', aboutClaim(claim), { claim: id, month: claim.month });
  await notify(transaction, {
    type: 'claim_lapsed',
    to: toPayee(claim),
    params: { claim: id, month: claim.month },
  });
  await tellSubsidy(transaction, claim);
}

/**
 * The register stayed silent for 10 days. The employment officer brings evidence, and the question to the register stays
 * open.
 */
async function evidenceNeeded(transaction: Transaction, id: string, task: Task): Promise<void> {
  const claim = await readClaim(transaction, id);
  await askTwiceADay(transaction, task);
  if (claim.state === 'to_review') return;
  // While a month's wages are still to come, nobody is asked for its days: the register may answer until then.
  if (task.kind === 'days_answer' && !(await areWagesSettled(transaction, claim))) return;
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'mismatch' });
  await move(transaction, 'claim', claim, 'to_review', { mismatch: { why: 'register_silent' } });
  await record(transaction, 'claim_to_review', aboutClaim(claim), { claim: id, why: 'register_silent' });
}

/** A person has no account to be paid to. The month is looked at again, and goes on once there is one [measures §4]. */
async function lookForAccount(transaction: Transaction, id: string): Promise<void> {
  await closeTasks(transaction, { kinds: [...accountWaits, 'claim_decision'] }, 'looked_at');
  await decisionTask(transaction, await readClaim(transaction, id));
}

/** Whom a returned payment waits for has changed: the person died, or lives after all. */
async function awaitAnew(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await closeTasks(transaction, { kinds: [...accountWaits] }, 'looked_at');
  await awaitRightAccount(transaction, claim);
}

/**
 * An account was confirmed. Where a payment to another account came back, a finance officer decides on a new attempt with the
 * month's present amount. A person who may not make the first payment to the account leaves the decision to others.
 */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const { state } = await transaction.tx.claim.findUniqueOrThrow({ where: { id }, select: { state: true } });
  if (state !== 'ready' && state !== 'payment_returned') return;
  const claim = await readClaim(transaction, id);
  const isOther = isPersons(claim) && (await isAwaitedOther(transaction, claim));
  if (state === 'ready' && isOther) return lookForAccount(transaction, id);
  if (state === 'ready') return leaveToOthers(transaction, 'claim_decision');
  const account = await accountOf(transaction.tx, claim.payee);
  const payment = await lastPayment(transaction, claim);
  if (!account?.confirmedAt || account.id === payment.accountId)
    return isOther ? awaitAnew(transaction, claim) : undefined;
  await pullBack(transaction, claim, 'account_corrected');
  if (claim.n === 0 && claim.month !== '') await calculatedAnew(transaction, id);
}

export const claimHandlers: RowHandlers<'claim'> = {
  kind: 'claim',
  commands: { declaration, resolution, approval, return: returned, correction, dispute, unpayable },
  steps: {
    evidenceNeeded,
    declarationLapsed,
    send,
    paymentSilent,
    lookForAccount,
    lookAtAttendance,
    noHeir,
    registerSilent,
  },
  questions: {
    days_answer: daysAnswer,
    wages_answer: wagesAnswer,
    payment_answer: paymentAnswer,
    self_employed_answer: stillRegistered('self_employed'),
    entrepreneur_answer: stillRegistered('entrepreneur'),
    farm_answer: stillRegistered('farm'),
  },
  reconsider,
};
