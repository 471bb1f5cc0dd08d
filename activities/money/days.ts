import { beganLater } from '../../domain/money/job-end';
import { lastDay } from '../../domain/money/months';
import type { DaysReview } from '../../domain/money/mismatch';
import { isCheckedBy } from '../../domain/money/checks';
import type { Claim } from '../../prisma/generated/client';
import { move } from '../../records/kernel/rows';
import { askAgain, closeTasks, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { ContractAnswer } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { reportEnd } from '../steps/ending';
import { askForDays, calculate, readClaim, toReview } from './claims';
import { askAboutContract, drawnForOf } from './contract';
import { goesOnElsewhere, reportDeath, reportEndOfJob } from './ending';
import type { WholeClaim } from './read';

/** The labour register's answer about a month's days, in our words. */
interface DaysSaid {
  answer?: 'yes' | 'no';
  because?: 'none' | 'ended';
  since?: string;
}

/** The tax authority's answer about a month's wages. It is kept beside the days. */
export const wagesIn = ({ facts }: Claim) => {
  const { accrued, tax } = (facts ?? {}) as { accrued?: number; tax?: number };
  return { ...(accrued !== undefined && { accrued }), ...(tax !== undefined && { tax }) };
};

/** YAMMT answers which days the contract was in force. An end that we did not know holds the month until it is confirmed. */
export const daysAnswer: Question = {
  async ask({ yammt }, { tx }, id) {
    const { subsidy } = await tx.claim.findUniqueOrThrow({ where: { id }, include: { subsidy: true } });
    return askAboutContract(yammt, tx, subsidy);
  },
  async onAnswer(transaction, id, task, answer) {
    const said = answer as ContractAnswer & { answer: 'yes' | 'no' };
    const before = await readClaim(transaction, id);
    const facts = { ...wagesIn(before), ...daysSaid(transaction, said) };
    await transaction.tx.claim.update({ where: { id }, data: { facts } });
    const claim = { ...before, facts };
    if (await goesOnElsewhere(transaction, claim.subsidy, said))
      return askAgain(transaction, task, new Date(transaction.now.getTime() + DAY_AND_A_BIT_MS));
    if (said.answer === 'no' && said.because === 'ended' && isNewEnd(claim, said.until)) {
      await askAgain(transaction, task, new Date(transaction.now.getTime() + DAY_AND_A_BIT_MS));
      if (said.endReason === 'died') await reportDeath(transaction, claim.subsidy.personId, said.until);
      else await reportEndOfJob(transaction, claim.subsidy, said.until);
      const end = { on: said.until, reason: said.endReason, source: 'news' as const };
      if (claim.subsidy.employmentId !== null) await reportEnd(transaction, claim.subsidy.employmentId, end);
      return;
    }
    await closeTasks(transaction, { kinds: ['days_answer'] }, said.answer);
    if (await areWagesSettled(transaction, claim)) await calculateByDays(transaction, claim);
  },
  onSilence: silent,
};

/** The register is silent. The claim shows that it waits for the register. */
export async function silent(transaction: Transaction, id: string): Promise<void> {
  const claim = await readClaim(transaction, id);
  if (claim.state === 'checking') await move(transaction, 'claim', claim, 'awaiting_register');
}

/** The register's answer without its raw words, and the day of the answer. */
const daysSaid = ({ today }: Transaction, said: ContractAnswer) => ({
  answer: said.answer,
  ...('because' in said && { because: said.because }),
  ...('since' in said && { since: said.since }),
  ...('until' in said && { until: said.until }),
  on: today,
});

/** The time until the days are asked for again. The subsidy asks about the end first, a day later. */
const DAY_AND_A_BIT_MS = 25 * 3_600_000;

const isNewEnd = ({ subsidy, month }: WholeClaim, until: string): boolean =>
  until <= lastDay(month) && (subsidy.lastDay === null || subsidy.lastDay > until);

/**
 * The wages of an `above_quota` month are settled. Without wages nothing is due. With wages the month is calculated once its
 * days are known too [money §4].
 */
export async function wagesSettled(
  transaction: Transaction,
  claim: WholeClaim,
  worked: boolean,
): Promise<void> {
  if (!worked) return calculate(transaction, claim, false);
  const asked = await openWait(transaction, 'days_answer');
  const { answer } = (claim.facts ?? {}) as DaysSaid;
  if (!asked && answer !== undefined) return calculateByDays(transaction, claim);
  await closeTasks(transaction, {}, 'wages_settled');
  await askForDays(transaction, claim, transaction.now);
  await move(transaction, 'claim', claim, 'awaiting_register');
}

/** Whether a month waits only for its days: nobody declares it, and no register is asked about its wages. */
export async function areWagesSettled(
  transaction: Transaction,
  { state, mismatch, subsidy }: WholeClaim,
): Promise<boolean> {
  if (!isCheckedBy('wages', subsidy)) return true;
  if (state === 'to_review' && (mismatch as { why: string } | null)?.why !== 'register_silent') return false;
  const waits = {
    subject: transaction.subject,
    kind: { in: ['declaration', 'wages_answer'] },
    closedAt: null,
  };
  return (await transaction.tx.task.count({ where: waits })) === 0;
}

/** Calculates a month by its days. A person gets it where the register knows no days, or fewer than would be paid. */
async function calculateByDays(transaction: Transaction, claim: WholeClaim): Promise<void> {
  const why = await doubtAboutDays(transaction, claim);
  return why === undefined ? calculate(transaction, claim) : toReview(transaction, claim, { why });
}

async function doubtAboutDays(
  transaction: Transaction,
  { facts, month, subsidy }: WholeClaim,
): Promise<DaysReview | undefined> {
  const { because, since } = facts as DaysSaid;
  if (because === 'none') return 'no_contract';
  const isLater =
    since !== undefined &&
    beganLater(since, { month, lastDay: subsidy.lastDay }, await drawnForOf(transaction, subsidy));
  return isLater ? 'later_contract' : undefined;
}
