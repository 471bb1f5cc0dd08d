import type { Declaration } from '../../contracts/claim';
import { minimumWageOn } from '../../domain/money/amount';
import { compared, type Wages, wageFloorOf } from '../../domain/money/mismatch';
import { lastDay } from '../../domain/money/months';
import { nextAttempt } from '../../domain/pauses';
import type { WageProgramme } from '../../domain/policy';
import type { Json, Tx } from '../../prisma/db';
import { type Claim, Prisma } from '../../prisma/generated/client';
import { withDays, worthOf } from '../../records/money/terms';
import { move } from '../../records/kernel/rows';
import { askAgain, closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { employingIn } from '../../records/money/payees';
import type { Tax, WagesAnswer } from '../../registers/tax';
import type { Question } from '../row-handlers';
import { partiesOf } from '../steps/contract';
import { isUndecided, placeOfClaim, readClaim, toReview } from './claims';
import { draftCorrection } from './correcting';
import { silent, wagesSettled } from './days';
import { pullBack } from './paying/binding';
import type { WholeClaim } from './read';

/** Asks the tax authority for the wages of a claim's month. */
export async function wagesOf(tax: Tax, tx: Tx, claimId: string): Promise<WagesAnswer> {
  const { subsidy, month } = await tx.claim.findUniqueOrThrow({
    where: { id: claimId },
    include: { subsidy: true },
  });
  return tax.wages({ ...(await partiesOf(tx, { ...subsidy, employerId: employingIn(subsidy) })), month });
}

const wagesSaid = (said: WagesAnswer): Wages =>
  said.answer === 'yes' ? { accrued: said.accrued, tax: said.tax } : { accrued: 0n, tax: 0n };

/** A month's facts with the register's answer about its wages. */
const withWages = ({ today }: Transaction, { facts }: Claim, { accrued, tax }: Wages): Json => ({
  ...(facts as object | null),
  accrued: Number(accrued),
  tax: Number(tax),
  on: today,
});

/** Whether the register gave the same figures before. */
function isKnown({ facts }: Claim, { accrued, tax }: Wages): boolean {
  const known = facts as { accrued?: number; tax?: number } | null;
  return known?.accrued === Number(accrued) && known.tax === Number(tax);
}

/** Whether news of a month's wages opens its claim again. This holds while nothing of it is sent. */
export const isReopened = (claim: Claim): boolean => isUndecided(claim) || claim.state === 'approved';

/** New facts arrived. The wages of an answered month are asked for again, and an approval falls [money §4]. */
export async function askForWages(transaction: Transaction, claim: WholeClaim): Promise<void> {
  if (claim.state === 'approved') await pullBack(transaction, claim, 'facts_changed');
  const now = await readClaim(transaction, claim.id);
  if (now.state !== 'to_review') {
    await closeTasks(transaction, { but: 'days_answer' }, 'facts_changed');
    await move(transaction, 'claim', now, 'checking');
  }
  await openTask(transaction, { ...placeOfClaim(now), kind: 'wages_answer', firesAt: transaction.now });
}

/**
 * Acts on the tax authority's answer about a decided month. Where it differs from the answer before, the earlier resolution
 * no longer counts, and a correction is drafted [money §6].
 *
 * @returns false while it says nothing that counts yet
 */
export async function wagesOfDecided(
  transaction: Transaction,
  claim: WholeClaim,
  said: WagesAnswer,
): Promise<boolean> {
  const wages = wagesSaid(said);
  if (isKnown(claim, wages)) return true;
  if ((await comparison(transaction, claim, wages)).answer === 'unknown') return false;
  const facts = { facts: withWages(transaction, claim, wages), resolution: Prisma.DbNull };
  await transaction.tx.claim.update({ where: { id: claim.id }, data: facts });
  await draftCorrection(transaction, await readClaim(transaction, claim.id));
  return true;
}

/** Compares the tax authority's accrued wages with the declaration. */
export const wagesAnswer: Question = {
  ask: ({ tax }, { tx }, id) => wagesOf(tax, tx, id),
  async onAnswer(transaction, id, task, answer) {
    const claim = await readClaim(transaction, id);
    const wages = wagesSaid(answer as WagesAnswer);
    if (isKnown(claim, wages)) return asBefore(transaction, claim, wages);
    const outcome = await comparison(transaction, claim, wages);
    if (outcome.answer === 'unknown')
      return askAgain(
        transaction,
        task,
        new Date(transaction.now.getTime() + nextAttempt(task.attempts + 1)),
      );
    await transaction.tx.claim.update({
      where: { id },
      data: { facts: withWages(transaction, claim, wages) },
    });
    if (outcome.answer === 'mismatch') return toReview(transaction, claim, { why: outcome.which.join(', ') });
    await closeTasks(transaction, { kinds: ['wages_answer'] }, 'agrees');
    await wagesSettled(transaction, claim, wages.accrued > 0n);
  },
  onSilence: silent,
};

/** The register gave the same answer again. Its consequences stay, and a month under review stays there. */
async function asBefore(transaction: Transaction, claim: WholeClaim, { accrued }: Wages): Promise<void> {
  await closeTasks(transaction, { kinds: ['wages_answer'] }, 'as_before');
  if (claim.state !== 'to_review') await wagesSettled(transaction, claim, (claim.amount ?? accrued) > 0n);
}

/** The figures of the declaration and of the tax authority, side by side. */
async function comparison(transaction: Transaction, claim: WholeClaim, wages: Wages) {
  const { accrued, tax } = claim.declaration as Declaration;
  const declared = { accrued: BigInt(accrued), tax: BigInt(tax) };
  return compared(declared, wages, await comparedBy(transaction, claim));
}

async function comparedBy(transaction: Transaction, claim: WholeClaim) {
  const law = await transaction.law();
  const { rules } = law.policy(claim.policyId);
  const floor = rules.programmes[claim.subsidy.programme as WageProgramme]?.eligibility.wageFloor;
  return {
    month: claim.month,
    askedOn: transaction.today,
    tolerance: rules.mismatchTolerance,
    ...(floor !== undefined && {
      wageFloor: wageFloorOf(
        minimumWageOn(law.minimumWage, lastDay(claim.month)).amount,
        floor,
        (await worthOf(transaction, await withDays(transaction, claim.subsidy), claim.month)).share,
      ),
    }),
  };
}
