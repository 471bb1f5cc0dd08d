import type { Day } from '../../domain/day';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { judge, policyOfApplication } from '../../records/money/judging';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { hire } from '../steps/hire';
import { refuseSubsidy } from './deciding';
import { reportEndOfJob } from './ending';
import { aboutSubsidy, kindOf, placeOfSubsidy, readSubsidy } from './read';

export { judge };

/** A contract as the register or a document has it. */
export interface Confirmed {
  since: Day;
  contract: string;
  /** Its last day, if it has ended. */
  until?: Day;
  proof: 'yammt' | 'evidence';
}

/**
 * The employment that a wage subsidy is applied for stands: it goes to review, or is refused by rule. One that did not come
 * from a referral is recorded as an employment without case or monitoring [money §3]. Whatever day the application named, the
 * terms are those of the day on which the person was hired [money §1].
 */
export async function confirmEmployment(unit: Unit, row: Subsidy, it: Confirmed): Promise<void> {
  await closeTasks(unit, { kinds: ['employment_answer', 'employment_evidence'] }, it.proof);
  const employmentId = await employmentOf(unit, row.personId, row.employerId, it);
  await unit.tx.subsidy.update({
    where: { id: row.id },
    data: {
      employmentId,
      hiredOn: it.since,
      policyId: await policyOfApplication(unit, it.since, row.appliedOn),
      contract: it.contract,
      confirmedAt: unit.now,
      ...(it.until !== undefined && it.proof === 'evidence' && { lastDay: it.until }),
    },
  });
  await record(unit, 'employment_confirmed', aboutSubsidy(row), {
    subsidy: row.id,
    employment: employmentId,
    since: it.since,
    proof: it.proof,
  });
  const known = await readSubsidy(unit, row.id);
  const excluded = await judge(unit, known);
  if (excluded) return refuseSubsidy(unit, known, excluded);
  await beginReview(unit, known);
  await tellOfEnds(unit, row.id, it);
}

/** What is known of the job's end when it is applied for is the reviewer's to see: a death, or an end by the register [money §3]. */
async function tellOfEnds(unit: Unit, id: string, { until, proof }: Confirmed): Promise<void> {
  const { personId } = await readSubsidy(unit, id);
  const { diedOn } = await unit.tx.person.findUniqueOrThrow({ where: { id: personId } });
  if (until !== undefined && proof === 'yammt')
    await reportEndOfJob(unit, await readSubsidy(unit, id), until);
  if (diedOn !== null) await reportEndOfJob(unit, await readSubsidy(unit, id), diedOn, 'died');
}

/** The employment of a person with an employer from a day on; recorded if it is not known yet. */
export async function employmentOf(
  unit: Unit,
  personId: string,
  employerId: string,
  it: Confirmed,
): Promise<string> {
  const known = await unit.tx.employment.findMany({
    where: { personId, employerId },
    orderBy: { hiredOn: 'desc' },
  });
  const same =
    known.find(({ hiredOn }) => hiredOn === it.since) ??
    known.find(({ contract }) => contract === it.contract) ??
    known.find(({ open }) => open);
  if (same) return same.id;
  return hire(unit, {
    caseId: null,
    personId,
    employerId,
    since: it.since,
    contract: it.contract,
    how: 'alone',
    proof: it.proof,
    monitored: false,
  });
}

/** The employment officer of the district has it, for as long as the programme's rule says. */
export async function beginReview(unit: Unit, row: Subsidy): Promise<void> {
  const { rules } = (await unit.law()).policy(row.policyId);
  const length = rules.programmes[row.programme as 'hire_pwd']?.review ?? rules.lengths.evidence;
  await openTask(unit, { ...placeOfSubsidy(row), kind: 'review', length });
  await move(unit, kindOf(row), row, 'review');
}
