import { type Day, dayOf } from '../../domain/day';
import type {
  ClaimApproval,
  ClaimReturn,
  Correction,
  Declaration,
  Dispute,
  MismatchResolution,
  Unpayable,
} from '../../domain/money/commands';
import { isAboutDays, resolutionsOf, returnedFor, type Reviewed } from '../../domain/money/mismatch';
import type { Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { accountOf, blockersFor } from '../../records/money/blockers';
import { barredByAccount, mustBeAnother, personBehind, tookPart } from '../../records/kernel/participations';
import { post } from '../../records/kernel/ledger';
import { notify } from '../../records/kernel/notices';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { move, subjectOfSubsidy } from '../../records/kernel/rows';
import { askTwiceADay, closeTasks, leaveToOthers, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import type { RowFile } from '../row-handlers';
import {
  aboutClaim,
  askForDays,
  askForWages,
  calculate,
  placeOfClaim,
  readClaim,
  releaseMonth,
  toReview,
} from './claims';
import { draftCorrection, monthOf, proposeCorrection } from './correcting';
import { mustNotEndBefore } from './contract';
import { areWagesSettled, daysAnswer, wagesSettled } from './days';
import { calculatedAnew, reportEndOfJob } from './ending';
import { wakeQueue } from './funding';
import {
  bind,
  bindAgain,
  cameBack,
  disputedPayment,
  isOverpaidInPart,
  isReservedAgain,
  lastPayment,
  payableAnew,
  paymentAnswer,
  paymentSilent,
  pullBack,
  send,
  settle,
} from './paying';
import type { WholeClaim } from './read';
import { wagesAnswer } from './wages';

/** The employer declares wages accrued and income tax paid; the tax authority is asked once its 15th has passed [money §4]. */
async function declaration(unit: Unit, id: string, body: Declaration): Promise<void> {
  const claim = await readClaim(unit, id);
  if (claim.subsidy.programme !== 'above_quota')
    throw notNow(
      'nothing_to_declare',
      'This programme asks for no declaration: the labour register says it.',
    );
  const further = await unit.tx.claim.count({
    where: { subsidyId: claim.subsidyId, month: claim.month, n: { gt: 0 } },
  });
  if (further > 0) throw notNow('corrected', 'The month was corrected: a mistake is corrected again.');
  if (claim.state !== 'awaiting_declaration' && claim.declaration)
    throw notNow('declared', 'The month is declared. A mistake is corrected when the claim is reviewed.');
  if (body.tax > body.accrued)
    throw wrongField('tax', 'more_than_accrued', 'The income tax is no more than the wages.');
  await tookPart(unit, 'evidence');
  await closeTasks(unit, { kinds: ['declaration'] }, 'declared');
  await askForWages(unit, claim);
  await move(unit, 'claim', claim, 'awaiting_register', {
    declaration: { ...body, by: unit.actor.id },
    declaredAt: unit.now,
  });
  await record(unit, 'declared', aboutClaim(claim), { claim: id, month: claim.month });
}

/** One person proposes what another decides: the answer is the proposal. */
async function correction(unit: Unit, id: string, body: Correction) {
  return { made: { kind: 'approval' as const, id: await proposeCorrection(unit, id, body) } };
}

/** A person says which side stands, by a document; the amount follows from the rule, never from a number typed in. */
async function resolution(unit: Unit, id: string, body: MismatchResolution): Promise<void> {
  const { mismatch, resolution: before } = await readClaim(unit, id);
  const possible = resolutionsOf(mismatch as Reviewed);
  if (!possible.includes(body.resolution))
    throw notNow('not_the_question', `This is resolved by ${possible.join(' or ')}.`);
  await tookPart(unit, body.resolution === 'evidence' ? 'evidence' : 'resolved_mismatch');
  // An answer leaves standing what a document had resolved before.
  const kept = body.resolution === 'answered' ? { ...body, ...(before as object), words: body.words } : body;
  await unit.tx.claim.update({ where: { id }, data: { resolution: kept } });
  const claim = await readClaim(unit, id);
  await record(unit, 'mismatch_resolved', aboutClaim(claim), { claim: id, resolution: body.resolution });
  if (body.resolution === 'answered') return calculate(unit, claim);
  if (body.resolution === 'evidence' && body.inForce) return calculate(unit, claim);
  if (body.resolution === 'evidence') {
    const { until } = body;
    if (until === undefined)
      throw wrongField('until', 'missing', 'A contract that is not in force has a last day.');
    mustNotEndBefore(claim.subsidy.hiredOn, until);
    await closeTasks(unit, {}, 'evidence');
    await askForDays(unit, claim, unit.now);
    await move(unit, 'claim', claim, 'checking');
    return reportEndOfJob(unit, claim.subsidy, until);
  }
  if (isAboutDays(mismatch as Reviewed))
    return calculate(unit, claim, body.resolution === 'declaration_stands' || hasContract(claim));
  await wagesSettled(unit, claim, accruedBy(claim, body.resolution) > 0);
}

const hasContract = ({ facts }: WholeClaim): boolean =>
  (facts as { because?: string } | null)?.because !== 'none';

/** What the side that stands says was accrued. */
function accruedBy({ facts, declaration: declared }: WholeClaim, side: string): number {
  const said = (side === 'register_stands' ? facts : declared) as { accrued?: number } | null;
  return said?.accrued ?? 0;
}

/** A finance officer who took no part before approves what was seen: claim, revision and amount [money §4, §7]. */
async function approval(unit: Unit, id: string, body: ClaimApproval): Promise<void> {
  const claim = await readClaim(unit, id);
  await mustBeAnother(unit, 'claim', [unit.subject, subjectOfSubsidy(claim.subsidyId)]);
  const person = await personBehind(unit.tx, unit.actor.id);
  await notFirstToOwnAccount(unit, claim, person);
  if (body.revision !== claim.revision || BigInt(body.amount) !== claim.amount)
    throw notNow(
      'changed',
      `The claim has changed: revision ${claim.revision}, ${claim.amount} so'm. Look at it again.`,
    );
  const blockers = await blockersFor(unit.tx, claim, unit.now);
  if (blockers.length > 0)
    throw new Refusal(
      409,
      'blocked',
      `Not possible yet: ${blockers.join(', ')}.`,
      blockers.map((which) => ({ field: 'blockers', detail: which })),
    );
  await bind(unit, claim, { by: unit.actor.id, person, ...body, at: unit.now.toISOString() });
}

/** Who proposed or confirmed an account does not approve the first payment to it [money §5]. */
async function notFirstToOwnAccount(unit: Unit, claim: WholeClaim, person: string): Promise<void> {
  const { employerId } = claim;
  const persons = (await barredByAccount(unit.tx, [employerId])).get(employerId) ?? [];
  if (persons.includes(person))
    throw new Refusal(
      403,
      'took_part',
      'You proposed or confirmed the account: another approves its first payment.',
    );
}

async function returned(unit: Unit, id: string, body: ClaimReturn): Promise<void> {
  const claim = await readClaim(unit, id);
  const again = returnedFor(body.code, claim.mismatch as Reviewed | null);
  await toReview(unit, claim, again, { returned: { ...body, by: unit.actor.id } });
  await record(unit, 'claim_returned', aboutClaim(claim), { claim: id, code: body.code }, body.words);
}

/**
 * A finance officer says what a disputed payment turned out to be. By a document they take part: another approves what is paid
 * of it, and a new attempt exists only once the treasury says itself that it came back [money §5, §7].
 */
async function dispute(unit: Unit, id: string, body: Dispute): Promise<void> {
  const claim = await readClaim(unit, id);
  const payment = await disputedPayment(unit, claim);
  if (body.outcome === 'returned' && (await isOverpaidInPart(unit, claim, payment)))
    throw notNow(
      'corrected_meanwhile',
      'Part of it was demanded back meanwhile: say settled, withdraw the demand by a correction, then ask again.',
    );
  if (body.outcome === 'ask_again' && payment.attempt !== claim.attempt)
    throw notNow(
      'another_followed',
      'Another attempt followed this one: say by a document what became of it.',
    );
  if (body.outcome !== 'ask_again') mustBeSince(unit, dayOf(payment.createdAt), body.on);
  await closeTasks(unit, { kinds: ['dispute'] }, body.outcome);
  if (body.outcome === 'ask_again') {
    await bindAgain(unit, claim, payment);
    await openTask(unit, { ...placeOfClaim(claim), kind: 'payment_answer', firesAt: unit.now });
    await move(unit, 'claim', claim, 'sent');
    return record(
      unit,
      'payment_sent',
      aboutClaim(claim),
      { claim: id, key: payment.key, amount: Number(payment.amount) },
      body.words,
    );
  }
  await tookPart(unit, 'evidence');
  if (body.outcome === 'returned')
    return (await isReservedAgain(unit, claim, payment))
      ? payableAnew(unit, claim, payment, body.on)
      : cameBack(unit, claim, payment, { state: 'returned', code: 'officer', on: body.on, word: 'officer' });
  await settle(unit, await bindAgain(unit, claim, payment), body.on, payment, 'officer');
  await draftCorrection(unit, await monthOf(unit, id));
}

/** @throws Refusal 422 for a day on which the money cannot have moved yet, or any more */
function mustBeSince(unit: Unit, sentOn: Day, on: Day): void {
  if (on < sentOn || on > unit.today)
    throw wrongField(
      'on',
      'impossible_day',
      `The order was sent on ${sentOn}: it moved from then until today.`,
    );
}

/** Nobody can be paid: the month is closed and its money free. */
async function unpayable(unit: Unit, id: string, body: Unpayable): Promise<void> {
  const claim = await readClaim(unit, id);
  const payment = await lastPayment(unit, claim);
  await closeTasks(unit, {}, 'unpayable');
  await post(unit, 'unpayable', {
    lineId: claim.lineId,
    subsidyId: claim.subsidyId,
    claimId: id,
    month: claim.month,
    amount: payment.amount,
  });
  await wakeQueue(unit, [claim.lineId]);
  await move(unit, 'claim', claim, 'lapsed');
  await record(unit, 'payment_unpayable', aboutClaim(claim), { claim: id }, body.reason);
  await wake(unit, subjectOfSubsidy(claim.subsidyId));
}

/** Three months after, an undeclared month has lapsed. */
async function declarationLapsed(unit: Unit, id: string): Promise<void> {
  const claim = await readClaim(unit, id);
  await closeTasks(unit, {}, 'lapsed');
  await releaseMonth(unit, claim);
  await move(unit, 'claim', claim, 'lapsed');
  await record(unit, 'claim_lapsed', aboutClaim(claim), { claim: id, month: claim.month });
  await notify(unit, {
    type: 'claim_lapsed',
    to: { kind: 'employer', id: claim.employerId },
    params: { claim: id, month: claim.month, reason: 'it was not declared within three months' },
  });
  await wake(unit, subjectOfSubsidy(claim.subsidyId));
}

/** The register stayed silent for 10 days: the employment officer brings evidence; the register is asked on. */
async function evidenceNeeded(unit: Unit, id: string, task: Task): Promise<void> {
  const claim = await readClaim(unit, id);
  await askTwiceADay(unit, task);
  if (claim.state === 'to_review') return;
  // Of a month whose wages are still to come nobody is asked for days: the register may answer until then.
  if (task.kind === 'days_answer' && !(await areWagesSettled(unit, claim))) return;
  await openTask(unit, { ...placeOfClaim(claim), kind: 'mismatch' });
  await move(unit, 'claim', claim, 'to_review', { mismatch: { why: 'register_silent' } });
  await record(unit, 'claim_to_review', aboutClaim(claim), { claim: id, why: 'register_silent' });
}

/**
 * An account was confirmed: a finance officer decides on a new attempt where a payment to another came back, of what the month
 * is worth by now, and whoever may not be the first to pay to it leaves the decision to others.
 */
async function reconsider(unit: Unit, id: string): Promise<void> {
  const claim = await readClaim(unit, id);
  if (claim.state === 'ready') return leaveToOthers(unit, 'claim_decision');
  if (claim.state !== 'payment_returned') return;
  const account = await accountOf(unit.tx, claim.employerId);
  const payment = await lastPayment(unit, claim);
  if (!account?.confirmedAt || account.id === payment.accountId) return;
  await pullBack(unit, claim, 'account_corrected');
  if (claim.n === 0 && claim.month !== '') await calculatedAnew(unit, id);
}

export const claimFile: RowFile<'claim'> = {
  kind: 'claim',
  commands: { declaration, resolution, approval, return: returned, correction, dispute, unpayable },
  steps: {
    evidenceNeeded,
    declarationLapsed,
    send,
    paymentSilent,
  },
  questions: { days_answer: daysAnswer, wages_answer: wagesAnswer, payment_answer: paymentAnswer },
  reconsider,
};
