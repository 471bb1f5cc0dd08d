import type { Declaration } from '../../domain/money/commands';
import { minimumWageOn } from '../../domain/money/amount';
import { compared, type Wages, wageFloorOf } from '../../domain/money/mismatch';
import { lastDay } from '../../domain/money/months';
import { nextAttempt } from '../../domain/pauses';
import type { WageProgramme } from '../../domain/policy';
import type { Json, Tx } from '../../prisma/db';
import { type Claim, Prisma } from '../../prisma/generated/client';
import { withEmployer, worthOf } from '../../records/money/terms';
import { move } from '../../records/kernel/rows';
import { askAgain, closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import type { Tax, WagesAnswer } from '../../registers/tax';
import type { Question } from '../row-handlers';
import { partiesOf } from '../steps/contract';
import { isUndecided, placeOfClaim, readClaim, toReview } from './claims';
import { draftCorrection } from './correcting';
import { silent, wagesSettled } from './days';
import { pullBack } from './paying';
import type { WholeClaim } from './read';

/** Asks the tax authority for the wages of a claim's month. */
export async function wagesOf(tax: Tax, tx: Tx, claimId: string): Promise<WagesAnswer> {
  const { subsidy, month } = await tx.claim.findUniqueOrThrow({
    where: { id: claimId },
    include: { subsidy: true },
  });
  return tax.wages({ ...(await partiesOf(tx, subsidy)), month });
}

const wagesSaid = (said: WagesAnswer): Wages =>
  said.answer === 'yes' ? { accrued: said.accrued, tax: said.tax } : { accrued: 0n, tax: 0n };

/** A month's facts with what the register says of its wages. */
const withWages = ({ today }: Unit, { facts }: Claim, { accrued, tax }: Wages): Json => ({
  ...(facts as object | null),
  accrued: Number(accrued),
  tax: Number(tax),
  on: today,
});

/** Whether the register had said the same before. */
function isKnown({ facts }: Claim, { accrued, tax }: Wages): boolean {
  const known = facts as { accrued?: number; tax?: number } | null;
  return known?.accrued === Number(accrued) && known.tax === Number(tax);
}

/** Whether news of a month's wages opens its claim again: nothing of it is sent. */
export const isReopened = (claim: Claim): boolean => isUndecided(claim) || claim.state === 'approved';

/** New facts: the wages of a month that had its answer are asked for again, an approval falls [money §4]. */
export async function askForWages(unit: Unit, claim: WholeClaim): Promise<void> {
  if (claim.state === 'approved') await pullBack(unit, claim, 'facts_changed');
  const now = await readClaim(unit, claim.id);
  if (now.state !== 'to_review') {
    await closeTasks(unit, { but: 'days_answer' }, 'facts_changed');
    await move(unit, 'claim', now, 'checking');
  }
  await openTask(unit, { ...placeOfClaim(now), kind: 'wages_answer', firesAt: unit.now });
}

/**
 * What the tax authority says of a month that is decided: where it differs from what it said before, what had been resolved
 * then holds no more, and a correction is drafted of what follows [money §6].
 *
 * @returns false while it says nothing that counts yet
 */
export async function wagesOfDecided(unit: Unit, claim: WholeClaim, said: WagesAnswer): Promise<boolean> {
  const wages = wagesSaid(said);
  if (isKnown(claim, wages)) return true;
  if ((await comparison(unit, claim, wages)).answer === 'unknown') return false;
  const facts = { facts: withWages(unit, claim, wages), resolution: Prisma.DbNull };
  await unit.tx.claim.update({ where: { id: claim.id }, data: facts });
  await draftCorrection(unit, await readClaim(unit, claim.id));
  return true;
}

/** The tax authority says what was accrued; it is laid beside the declaration. */
export const wagesAnswer: Question = {
  ask: ({ tax }, { tx }, id) => wagesOf(tax, tx, id),
  async take(unit, id, task, answer) {
    const claim = await readClaim(unit, id);
    const wages = wagesSaid(answer as WagesAnswer);
    if (isKnown(claim, wages)) return asBefore(unit, claim, wages);
    const outcome = await comparison(unit, claim, wages);
    if (outcome.answer === 'unknown')
      return askAgain(unit, task, new Date(unit.now.getTime() + nextAttempt(task.attempts + 1)));
    await unit.tx.claim.update({ where: { id }, data: { facts: withWages(unit, claim, wages) } });
    if (outcome.answer === 'mismatch') return toReview(unit, claim, { why: outcome.which.join(', ') });
    await closeTasks(unit, { kinds: ['wages_answer'] }, 'agrees');
    await wagesSettled(unit, claim, wages.accrued > 0n);
  },
  silent,
};

/** Asked again, the register says what it said: what had followed stands, and what is under review stays there. */
async function asBefore(unit: Unit, claim: WholeClaim, { accrued }: Wages): Promise<void> {
  await closeTasks(unit, { kinds: ['wages_answer'] }, 'as_before');
  if (claim.state !== 'to_review') await wagesSettled(unit, claim, (claim.amount ?? accrued) > 0n);
}

/** The declaration and the tax authority, side by side. */
async function comparison(unit: Unit, claim: WholeClaim, wages: Wages) {
  const { accrued, tax } = claim.declaration as Declaration;
  const declared = { accrued: BigInt(accrued), tax: BigInt(tax) };
  return compared(declared, wages, await comparedBy(unit, claim));
}

async function comparedBy(unit: Unit, claim: WholeClaim) {
  const law = await unit.law();
  const { rules } = law.policy(claim.policyId);
  const floor = rules.programmes[claim.subsidy.programme as WageProgramme]?.eligibility.wageFloor;
  return {
    month: claim.month,
    askedOn: unit.today,
    tolerance: rules.mismatchTolerance,
    ...(floor !== undefined && {
      wageFloor: wageFloorOf(
        minimumWageOn(law.minimumWage, lastDay(claim.month)).amount,
        floor,
        (await worthOf(unit, await withEmployer(unit, claim.subsidy), claim.month)).share,
      ),
    }),
  };
}
