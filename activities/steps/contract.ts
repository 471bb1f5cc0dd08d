import { addDays, type Day, dayOf } from '../../domain/day';
import { firstDayOfHire } from '../../domain/pathways/referral';
import type { Tx } from '../../prisma/db';
import type { Inspection, Referral } from '../../prisma/generated/client';
import { policyNumber, versionOf } from '../../records/kernel/policy-numbers';
import { closeTasks, openTask, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { ContractAnswer, Parties } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { reportEnd } from './ending';
import { promptQuestion } from './prompt';

/** Asks the labour register at once, and again while the register is silent. */
export async function askForContract(transaction: Transaction, place: Place): Promise<void> {
  await openTask(transaction, { ...place, kind: 'contract_answer', firesAt: transaction.now });
}

/** Asks the labour register at once, even during a pause of the question. The time of an open question goes on. */
export async function askNowForContract(transaction: Transaction, place: Place): Promise<void> {
  if (!(await promptQuestion(transaction, ['contract_answer']))) await askForContract(transaction, place);
}

/** The person and the employer of a row's contract, by their numbers in the labour register. */
export async function partiesOf(tx: Tx, row: { personId: string; employerId: string }): Promise<Parties> {
  const { pinfl } = await tx.person.findUniqueOrThrow({
    where: { id: row.personId },
    select: { pinfl: true },
  });
  const { stir } = await tx.employer.findUniqueOrThrow({
    where: { id: row.employerId },
    select: { stir: true },
  });
  return { pinfl, stir };
}

export interface Confirmed {
  since: Day;
  contract: string;
}

/**
 * The question whether a contract is in force, for referrals and for inspections that watch a contract.
 *
 * - A contract that began before the first day of a hire is `older`: the person worked there already [pathway §5, contract].
 * - A contract may begin after the referral's issue, or the inspection's resolution, and end before we ask. Such a contract
 *   counts as a hire. Its end is handled like every reported end [pathway §7].
 * - An earlier contract that has ended counts as no contract. So does a contract that the register does not know.
 */
export const contractQuestion = (
  kind: 'referral' | 'inspection',
  follows: {
    yes(transaction: Transaction, id: string, answer: Confirmed): Promise<void>;
    older(transaction: Transaction, id: string, answer: Confirmed): Promise<void>;
    no(transaction: Transaction, id: string): Promise<void>;
  },
): Question => ({
  async ask({ yammt }, { tx }, id) {
    const row =
      kind === 'referral'
        ? await tx.referral.findUniqueOrThrow({ where: { id } })
        : await tx.inspection.findUniqueOrThrow({ where: { id } });
    return yammt.contract(await partiesOf(tx, row));
  },
  async onAnswer(transaction, id, _task, answer) {
    await closeTasks(transaction, { kinds: ['contract_answer'] }, answer.answer);
    const said = answer as Known;
    if (said.answer === 'no' && said.because === 'none') return follows.no(transaction, id);
    const { since, contract } = said;
    const { personId, employerId, firstDay, resolvedOn } = await awaited(transaction, kind, id);
    if (said.answer === 'yes')
      return since < firstDay
        ? follows.older(transaction, id, { since, contract })
        : follows.yes(transaction, id, { since, contract });
    const hired = { personId, employerId, hiredOn: since };
    const known = await transaction.tx.employment.count({ where: { ...hired, state: 'ended' } });
    if (since < (resolvedOn ?? firstDay) || known > 0) return follows.no(transaction, id);
    await follows.yes(transaction, id, { since, contract });
    const job = await transaction.tx.employment.findFirst({ where: { ...hired, state: 'in_force' } });
    if (job) await reportEnd(transaction, job.id, { on: said.until, reason: said.endReason, source: 'news' });
  },
});

type Known = Exclude<ContractAnswer, { answer: 'unknown' }>;

/** The parties of a row's contract, the first day of a hire by its referral, and when its inspection was resolved. */
async function awaited(transaction: Transaction, kind: 'referral' | 'inspection', id: string) {
  if (kind === 'referral') {
    const referral = await transaction.tx.referral.findUniqueOrThrow({ where: { id } });
    const { personId, employerId } = referral;
    return { personId, employerId, firstDay: await firstDayFor(transaction, referral) };
  }
  const row = await transaction.tx.inspection.findUniqueOrThrow({
    where: { id },
    include: { referral: true },
  });
  const { personId, employerId, resolvedAt } = row;
  const firstDay = await firstDayOfContract(transaction, row);
  return { personId, employerId, firstDay, ...(resolvedAt && { resolvedOn: dayOf(resolvedAt) }) };
}

/** The first possible day of a contract that meets an inspection. After an early end it is the day after the end [pathway §7]. */
export async function firstDayOfContract(
  transaction: Transaction,
  { ground, facts, referral, openedAt }: Inspection & { referral: Referral | null },
): Promise<Day> {
  if (ground === 'ended_early') return addDays((facts as { endedOn: Day }).endedOn, 1);
  return firstDayFor(transaction, referral ?? { issuedAt: openedAt });
}

/** The first possible day of a contract that counts as a hire by a referral. */
export const firstDayFor = (
  transaction: Transaction,
  { issuedAt }: Pick<Referral, 'issuedAt'>,
): Promise<Day> => firstDayAfter(transaction, dayOf(issuedAt));

/** The version that sets the first possible day of a hire, as an event's parameter. */
export const versionFor = async (transaction: Transaction, issuedOn: Day): Promise<{ version?: string }> =>
  versionOf(await policyNumber(transaction, 'contractBeforeIssueDays', issuedOn));

/** The first possible day of a hire by a referral's issue, or by a case's opening. The policy of that day holds. */
export const firstDayAfter = async (transaction: Transaction, issuedOn: Day): Promise<Day> =>
  firstDayOfHire(issuedOn, (await policyNumber(transaction, 'contractBeforeIssueDays', issuedOn)).n);
