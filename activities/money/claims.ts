import {
  decisionRule,
  declarationRule,
  firstQuestionAt,
  taxAskedFrom,
  taxQuestionAt,
} from '../../domain/money/claim-due';
import { lineOf, payableYear } from '../../domain/money/lines';
import type { Reviewed } from '../../domain/money/mismatch';
import type { Day } from '../../domain/day';
import { claimId } from '../../domain/money/claim-id';
import type { Month } from '../../domain/money/months';
import { undecidedClaim } from '../../domain/pathways/claim';
import { type PaidOnce, STIPEND, type WageProgramme } from '../../domain/policy';
import { partiesOf } from '../../domain/money/payee';
import { isCheckedBy } from '../../domain/money/checks';
import type { Json } from '../../prisma/db';
import type { Claim, Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { type Aggregate, takeAggregate } from '../../records/kernel/aggregates';
import { barredFromWait } from '../../records/kernel/participations';
import { notify } from '../../records/kernel/notices';
import { move, subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import { closeTasks, lengthNow, openTask, openWait, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow, wake } from '../../records/kernel/wake';
import { plus } from '../../records/kernel/writing';
import { toPayee } from '../../records/money/payees';
import { byOthers, daysAsKnown, worthBy } from './basis';
import { openLineOf } from './carrying-over';
import { need, release, reserve } from './funding';
import { waitsForAccount } from './persons';
import { placeOfSubsidy, type WholeClaim } from './read';
import { fitSetOffs } from './set-offs';

/** A claim with its subsidy. */
export const readClaim = async (transaction: Transaction, id: string): Promise<WholeClaim> =>
  wholeOf(await takeAggregate(transaction, 'claim', id));

export const wholeOf = ({ row, around: { subsidy } }: Aggregate<'claim'>): WholeClaim => ({
  ...row,
  subsidy,
});

export const placeOfClaim = ({ subsidy }: WholeClaim): Place => placeOfSubsidy(subsidy);

export const aboutClaim = ({ employerId, subsidy }: WholeClaim) => ({
  employerId,
  personId: subsidy.personId || null,
  caseId: subsidy.caseId,
});

/** The programme of a claim, and the policy version whose terms it has. The claim's events cite both. */
export const termsOfClaim = ({ policyId, subsidy }: WholeClaim) => ({
  programme: subsidy.programme,
  version: policyId,
});

/**
 * The row of a month's entitlement. There is one for each payee, person, month and slot, even where several claim it
 * [money §4]. A stipend has a slot of its own: two courses of one month share its days, and no day is in both.
 */
export async function entitlementFor(transaction: Transaction, row: Subsidy, month: Month): Promise<bigint> {
  const law = await transaction.law();
  const rule = law.policy(row.policyId).rules.programmes[row.programme as WageProgramme];
  const slot = row.programme === STIPEND ? row.id : (rule?.slot ?? row.programme);
  const [{ id }] = await transaction.tx.$queryRaw<[{ id: bigint }]>`
    INSERT INTO entitlements (person_id, employer_id, month, slot)
    VALUES (${row.personId}, ${row.employerId}, ${month}, ${slot})
    ON CONFLICT (payee, person_id, month, slot) DO UPDATE SET slot = excluded.slot
    RETURNING id`;
  return id;
}

/**
 * Opens the claim for a month worked. YAMMT is asked for the days in force. Where the programme says so, the employer is
 * asked for the declaration [money §4].
 */
export async function openClaim(transaction: Transaction, row: Subsidy, month: Month): Promise<void> {
  const id = claimId(row.id, month);
  const commitment = await transaction.tx.commitment.findUnique({
    where: { subsidyId_month: { subsidyId: row.id, month } },
  });
  const declares = isCheckedBy('wages', row);
  const made = await transaction.tx.claim.create({
    data: {
      id,
      subsidyId: row.id,
      month,
      entitlementId: await entitlementFor(transaction, row, month),
      lineId: commitment?.lineId ?? lineNow(transaction, row, month),
      fund: row.fund,
      ...partiesOf(row.payee),
      area: row.area,
      state: declares ? 'awaiting_declaration' : 'checking',
      since: transaction.now,
      openedAt: transaction.now,
      policyId: row.policyId,
      correlationId: transaction.correlationId,
    },
  });
  const here = inRow(transaction, subjectOf('claim', id));
  const claim = { ...made, subsidy: row };
  await record(here, 'claim_opened', aboutClaim(claim), { claim: id, month });
  if (isCheckedBy('attendance', row)) await openTask(here, { ...placeOfClaim(claim), kind: 'attendance' });
  if (isCheckedBy('days', row))
    await askForDays(here, claim, firstQuestionAt(id, month, await transaction.calendar()));
  if (declares) await askToDeclare(here, claim);
}

/** The employer declares the month by its day. After that day it declares while a late declaration is accepted. */
async function askToDeclare(transaction: Transaction, claim: WholeClaim): Promise<void> {
  const { from, length } = declarationRule(
    claim.month,
    transaction.today,
    await lengthNow(transaction, 'declarationBy'),
  );
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'declaration', from, length });
}

/** The tax authority is asked about a declared month, once its 15th has passed [money §4]. */
export async function askForWages(transaction: Transaction, claim: WholeClaim): Promise<void> {
  const from = taxAskedFrom(claim.month);
  const asked = taxQuestionAt(claim.id, claim.month);
  await openTask(transaction, {
    ...placeOfClaim(claim),
    kind: 'wages_answer',
    from: transaction.today > from ? transaction.today : from,
    firesAt: asked > transaction.now ? asked : transaction.now,
  });
}

/** The month is after the last paid day. Nothing is asked about it any more. */
export async function closeAfterEnd(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await zero(transaction, claim, { amount: 0n, share: 0, revision: plus(1) });
}

/** Whether the job's end closed a month before its amount was known. */
export const wasClosedByEnd = ({ state, checkPassed }: Pick<Claim, 'state' | 'checkPassed'>): boolean =>
  state === 'zero' && !checkPassed;

/** The end was taken back. The questions about the month go on. */
export async function askAgainAbout(transaction: Transaction, claim: WholeClaim): Promise<void> {
  const unknown = { amount: null, share: null };
  await askForDays(transaction, claim, transaction.now);
  if (!isCheckedBy('wages', claim.subsidy)) return move(transaction, 'claim', claim, 'checking', unknown);
  if (claim.declaration === null) {
    await askToDeclare(transaction, claim);
    return move(transaction, 'claim', claim, 'awaiting_declaration', unknown);
  }
  await askForWages(transaction, claim);
  await move(transaction, 'claim', claim, 'awaiting_register', unknown);
}

/** The line of the year in which a month is payable, or of this year if that year is over. */
export const lineNow = (transaction: Transaction, row: Subsidy, month: Month): string =>
  lineOf(
    row.programme as WageProgramme,
    row.area.slice(0, 4),
    Math.max(payableYear(month), Number(transaction.today.slice(0, 4))),
  );

/** Asks YAMMT for the days in force. */
export async function askForDays(transaction: Transaction, claim: WholeClaim, at: Date): Promise<void> {
  await openTask(transaction, {
    ...placeOfClaim(claim),
    kind: 'days_answer',
    firesAt: at > transaction.now ? at : transaction.now,
  });
}

/**
 * Calculates a claim by the known facts. A claim with nothing due becomes `zero`, any other becomes `ready` for a finance
 * officer. Amounts paid by the month's other payables are not due again [money §4]. The reserved money is adjusted. An
 * uncovered amount waits whole.
 *
 * @param worked false: nothing was worked in the month, whatever the register's days are
 */
export async function calculate(transaction: Transaction, claim: WholeClaim, worked = true): Promise<void> {
  if (claim.month === '' || claim.n > 0) return ready(transaction, claim, {});
  const { share = 0, ...worth } = await worthBy(transaction, claim, await daysAsKnown(transaction, claim));
  const due = worked ? worth.amount : 0n;
  const { bound, recovered } = await byOthers(transaction, claim);
  const { id, overpaid } = await transaction.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  // A payment or a set-off cannot be undone here. A correction handles a smaller amount.
  const paidAlready = bound - overpaid + claim.setOffDone;
  await transaction.tx.entitlement.update({ where: { id }, data: { amount: greater(due, paidAlready) } });
  await setAmount(transaction, claim, greater(due - bound + recovered, claim.setOffDone), {
    share: worked ? share : 0,
    calculation: worth.calculation,
  });
}

const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/**
 * Sets the amount of a payable that is not sent yet. It becomes `zero`, or `ready` with a new revision. Planned set-offs
 * above the amount are demanded.
 *
 * @param how the way in which the amount was calculated
 */
export async function setAmount(
  transaction: Transaction,
  claim: WholeClaim,
  amount: bigint,
  how: { share?: number; calculation: Json },
): Promise<void> {
  const calculated = { ...how, revision: plus(1), amount, checkPassed: true };
  await fitSetOffs(transaction, claim, amount);
  if (amount === 0n) return zero(transaction, claim, calculated);
  await coverWith(transaction, claim, amount - claim.setOffDone);
  await ready(transaction, claim, calculated);
}

/**
 * Reserves the month's need. It is higher than before if the BHM rose, and lower if the month was not worked in full. The subsidy is
 * woken when its wait for money begins or ends with that.
 */
async function coverWith(transaction: Transaction, claim: WholeClaim, amount: bigint): Promise<void> {
  const there = { ...transaction, subject: subjectOfSubsidy(claim.subsidyId) };
  await need(there, claim.subsidyId, await openLineOf(there, claim), claim.month, amount);
  const isWhole = await reserve(there, claim.subsidy);
  const waits = (await openWait(there, 'funds')) !== null;
  if (isWhole === waits) wake(transaction, there.subject);
}

/** A claim is closed. Its subsidy is woken if it waits for its last claims. */
export async function tellSubsidy(transaction: Transaction, { subsidyId }: WholeClaim): Promise<void> {
  const subject = subjectOfSubsidy(subsidyId);
  if (await openWait({ ...transaction, subject }, 'last_claims')) wake(transaction, subject);
}

async function ready(transaction: Transaction, claim: WholeClaim, data: { amount?: bigint }): Promise<void> {
  await closeTasks(transaction, {}, 'ready');
  await move(transaction, 'claim', claim, 'ready', data);
  await awaitDecision(transaction, { ...claim, amount: data.amount ?? claim.amount });
}

/** The amount of a claim is calculated. A finance officer decides the claim. */
export async function awaitDecision(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await decisionTask(transaction, claim);
  await record(transaction, 'claim_ready', aboutClaim(claim), {
    claim: claim.id,
    month: claim.month,
    amount: Number(claim.amount),
    ...termsOfClaim(claim),
  });
}

/**
 * A finance officer decides in the month after the month worked, and on costs within 3 working days of the order or the check [S]. The
 * payable of a person without an account waits for one first.
 */
export async function decisionTask(transaction: Transaction, claim: WholeClaim): Promise<void> {
  if (await waitsForAccount(transaction, claim)) return;
  const kind = 'claim_decision';
  const barred = await barredFromWait(transaction.tx, { kind, subject: subjectOf('claim', claim.id) });
  const law = await transaction.law();
  const { rules } = law.policy(claim.policyId);
  const deadline =
    claim.month === ''
      ? {
          from: decidedFrom(transaction, claim),
          length:
            rules.programmes[claim.subsidy.programme as PaidOnce]?.payWithin ?? rules.lengths.claimDecision,
        }
      : decisionRule(
          claim.month,
          transaction.today,
          await lengthNow(transaction, 'claimDecision'),
          await transaction.calendar(),
        );
  await openTask(transaction, { ...placeOfClaim(claim), kind, ...deadline, barred });
  await askForOwnWord(transaction, claim);
}

/** The time to decide on costs runs from the order, or from the check that comes after it. */
const decidedFrom = ({ today }: Transaction, { subsidy }: WholeClaim): Day =>
  isCheckedBy('register', subsidy) ? today : ((subsidy.order as { date: Day } | null)?.date ?? today);

/**
 * Asks the treasury about a return that only an officer reported. Until the treasury answers, nothing is sent anew [money
 * §5].
 */
async function askForOwnWord(transaction: Transaction, claim: WholeClaim): Promise<void> {
  const payments = await transaction.tx.payment.findMany({
    where: { claimId: claim.id, state: { in: ['returned', 'refused'] }, word: 'officer' },
    select: { key: true },
  });
  for (const { key } of payments)
    await openTask(transaction, {
      ...placeOfClaim(claim),
      kind: 'payment_answer',
      ref: key,
      firesAt: transaction.now,
    });
}

/** Nothing is due for the month: its reserved money is free again. */
async function zero(transaction: Transaction, claim: WholeClaim, data: object): Promise<void> {
  await closeTasks(transaction, {}, 'zero');
  await releaseMonth(transaction, claim);
  await move(transaction, 'claim', claim, 'zero', data);
  await record(transaction, 'claim_zero', aboutClaim(claim), {
    claim: claim.id,
    month: claim.month,
    ...termsOfClaim(claim),
  });
  await notify(transaction, {
    type: 'claim_zero',
    to: toPayee(claim),
    params: { claim: claim.id, month: claim.month, because: becauseOf(claim) },
  });
  await tellSubsidy(transaction, claim);
}

/** Why nothing is paid for a month of study: the attendance, if that is the reason. */
function becauseOf({ facts }: Claim): string | null {
  const { attendance } = (facts ?? {}) as { attendance?: string };
  return attendance === 'below' ? 'attendance' : null;
}

/** Nothing more is paid of a payable. Its reserved money is free. The set-offs planned against it are demanded. */
export async function stopClaim(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await fitSetOffs(transaction, claim, 0n);
  await closeTasks(transaction, {}, 'stopped');
  await releaseMonth(transaction, claim);
  await transaction.tx.entitlement.update({ where: { id: claim.entitlementId }, data: { amount: 0n } });
  await move(transaction, 'claim', claim, 'stopped');
  await record(transaction, 'claim_stopped', aboutClaim(claim), { claim: claim.id });
}

/** Releases the money reserved for a claim's month. */
export async function releaseMonth(
  transaction: Transaction,
  { subsidyId, month }: Pick<Claim, 'subsidyId' | 'month'>,
) {
  const row = await transaction.tx.commitment.findUnique({
    where: { subsidyId_month: { subsidyId, month } },
  });
  if (row) await release(transaction, row);
}

/** Moves a claim to a person's review and records the reason. Days that YAMMT has not sent yet are asked for meanwhile. */
export async function toReview(
  transaction: Transaction,
  claim: WholeClaim,
  mismatch: Reviewed,
  data: object = {},
) {
  await closeTasks(transaction, { but: 'days_answer' }, 'to_review');
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'mismatch' });
  await move(transaction, 'claim', claim, 'to_review', { ...data, mismatch });
  await record(transaction, 'claim_to_review', aboutClaim(claim), { claim: claim.id, why: mismatch.why });
}

/** Whether a claim's facts are still open. Then new facts recalculate it. */
export const isUndecided = ({ state }: Pick<Claim, 'state'>): boolean => undecidedClaim.includes(state);
