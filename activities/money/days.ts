import { beganLater } from '../../domain/money/job-end';
import { lastDay } from '../../domain/money/months';
import type { DaysReview } from '../../domain/money/mismatch';
import type { Claim } from '../../prisma/generated/client';
import { move } from '../../records/kernel/rows';
import { askAgain, closeTasks } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import type { ContractAnswer } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { reportEnd } from '../steps/ending';
import { askForDays, calculate, readClaim, toReview } from './claims';
import { askAboutContract, drawnForOf } from './contract';
import { goesOnElsewhere, reportDeath, reportEndOfJob } from './ending';
import type { WholeClaim } from './read';

/** What the labour register said of a month's days, in our words. */
interface DaysSaid {
  answer?: 'yes' | 'no';
  because?: 'none' | 'ended';
  since?: string;
}

/** What the tax authority said of a month's wages, beside the days. */
export const wagesIn = ({ facts }: Claim) => {
  const { accrued, tax } = (facts ?? {}) as { accrued?: number; tax?: number };
  return { ...(accrued !== undefined && { accrued }), ...(tax !== undefined && { tax }) };
};

/** YAMMT says which days the contract was in force. An end that is news holds the month until it is confirmed. */
export const daysAnswer: Question = {
  async ask({ yammt }, { tx }, id) {
    const { subsidy } = await tx.claim.findUniqueOrThrow({ where: { id }, include: { subsidy: true } });
    return askAboutContract(yammt, tx, subsidy);
  },
  async take(unit, id, task, answer) {
    const said = answer as ContractAnswer & { answer: 'yes' | 'no' };
    const facts = { ...wagesIn(await readClaim(unit, id)), ...daysSaid(unit, said) };
    await unit.tx.claim.update({ where: { id }, data: { facts } });
    const claim = await readClaim(unit, id);
    if (await goesOnElsewhere(unit, claim.subsidy, said))
      return askAgain(unit, task, new Date(unit.now.getTime() + DAY_AND_A_BIT_MS));
    if (said.answer === 'no' && said.because === 'ended' && isNewEnd(claim, said.until)) {
      await askAgain(unit, task, new Date(unit.now.getTime() + DAY_AND_A_BIT_MS));
      if (said.endReason === 'died') await reportDeath(unit, claim.subsidy.personId, said.until);
      else await reportEndOfJob(unit, claim.subsidy, said.until);
      const end = { on: said.until, reason: said.endReason, source: 'news' as const };
      if (claim.subsidy.employmentId !== null) await reportEnd(unit, claim.subsidy.employmentId, end);
      return;
    }
    await closeTasks(unit, { kinds: ['days_answer'] }, said.answer);
    if (await areWagesSettled(unit, claim)) await calculateByDays(unit, claim);
  },
  silent,
};

/** The register is silent: the claim says what it waits for. */
export async function silent(unit: Unit, id: string): Promise<void> {
  const claim = await readClaim(unit, id);
  if (claim.state === 'checking') await move(unit, 'claim', claim, 'awaiting_register');
}

/** What the register said, without its raw words, and when. */
const daysSaid = ({ today }: Unit, said: ContractAnswer) => ({
  answer: said.answer,
  ...('because' in said && { because: said.because }),
  ...('since' in said && { since: said.since }),
  ...('until' in said && { until: said.until }),
  on: today,
});

/** After the subsidy has asked about the end a day later. */
const DAY_AND_A_BIT_MS = 25 * 3_600_000;

const isNewEnd = ({ subsidy, month }: WholeClaim, until: string): boolean =>
  until <= lastDay(month) && (subsidy.lastDay === null || subsidy.lastDay > until);

/**
 * The wages of an `above_quota` month are settled: without any nothing is due; otherwise it is calculated once the days are
 * known, too [money §4].
 */
export async function wagesSettled(unit: Unit, claim: WholeClaim, worked: boolean): Promise<void> {
  if (!worked) return calculate(unit, claim, false);
  const asked = await unit.tx.task.count({
    where: { subject: unit.subject, kind: 'days_answer', closedAt: null },
  });
  const { answer } = (claim.facts ?? {}) as DaysSaid;
  if (asked === 0 && answer !== undefined) return calculateByDays(unit, claim);
  await closeTasks(unit, {}, 'wages_settled');
  await askForDays(unit, claim, unit.now);
  await move(unit, 'claim', claim, 'awaiting_register');
}

/** Whether nothing but the days of a month is waited for: nobody declares, and no register is asked about wages. */
export async function areWagesSettled(
  unit: Unit,
  { state, mismatch, subsidy }: WholeClaim,
): Promise<boolean> {
  if (subsidy.programme !== 'above_quota') return true;
  if (state === 'to_review' && (mismatch as { why: string } | null)?.why !== 'register_silent') return false;
  const waits = { subject: unit.subject, kind: { in: ['declaration', 'wages_answer'] }, closedAt: null };
  return (await unit.tx.task.count({ where: waits })) === 0;
}

/** Calculates a month by its days, or gives it to a person where the register knows none, or fewer than would be paid for. */
async function calculateByDays(unit: Unit, claim: WholeClaim): Promise<void> {
  const why = await doubtAboutDays(unit, claim);
  return why === undefined ? calculate(unit, claim) : toReview(unit, claim, { why });
}

async function doubtAboutDays(
  unit: Unit,
  { facts, month, subsidy }: WholeClaim,
): Promise<DaysReview | undefined> {
  const { because, since } = facts as DaysSaid;
  if (because === 'none') return 'no_contract';
  const isLater =
    since !== undefined &&
    beganLater(since, { month, lastDay: subsidy.lastDay }, await drawnForOf(unit, subsidy));
  return isLater ? 'later_contract' : undefined;
}
