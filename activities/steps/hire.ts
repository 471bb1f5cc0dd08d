import { monthlyAnniversaries } from '../../domain/anniversary';
import type { Day } from '../../domain/day';
import { currentJob } from '../../domain/plan';
import { recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { policyNumber, versionOf } from '../../records/kernel/policy-numbers';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow, wake } from '../../records/kernel/wake';
import { forFindingOnly } from './finding-only';
import { placeOf } from './place';
import { endOpenReferrals } from './referrals';
import { hiredInMeasures } from './measures-in-life';

export interface Hire {
  caseId: string | null;
  personId: string;
  employerId: string;
  referralId?: string;
  vacancyId?: string;
  /** The number of the plan's job measure that this hire fulfils. */
  measure?: number;
  contract?: string;
  since: Day;
  how: 'referral' | 'inspection' | 'alone' | 'successor';
  proof: 'yammt' | 'evidence';
  /** Whether monthly checks follow; a person who found work alone may decline them. */
  monitored: boolean;
}

/**
 * Records a confirmed employment: its monthly checks, the case's state, the place it takes, the measure it fulfils. In the same
 * step the case's other referrals are withdrawn, and its inspections go on for the finding only [pathway §5].
 *
 * @returns the employment's number
 */
export async function hire(transaction: Transaction, it: Hire): Promise<string> {
  const id = await nextNumber(transaction.tx, 'retention');
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: it.employerId } });
  const person = await transaction.tx.person.findUniqueOrThrow({ where: { id: it.personId } });
  const months = await policyNumber(transaction, 'retentionMonths', it.since);
  const days = monthlyAnniversaries(it.since, months.n);
  const [first] = days;
  const row =
    it.caseId === null ? null : await transaction.tx.case.findUniqueOrThrow({ where: { id: it.caseId } });
  const place = row ? placeOf(row) : { area: employer.district, personId: it.personId };
  await transaction.tx.employment.create({
    data: {
      id,
      caseId: it.caseId,
      personId: it.personId,
      employerId: it.employerId,
      referralId: it.referralId ?? null,
      measure: it.measure ?? null,
      contract: it.contract ?? null,
      hiredOn: it.since,
      months: months.n,
      confirmedAt: transaction.now,
      how: it.how,
      proof: it.proof,
      area: place.area,
      state: it.monitored ? 'in_force' : 'unmonitored',
      open: it.monitored,
      since: transaction.now,
      correlationId: transaction.correlationId,
      ...(it.monitored && {
        checks: { create: days.map((day, i) => ({ n: i + 1, on: day, state: 'ahead' })) },
      }),
    },
  });
  const here = inRow(transaction, subjectOf('retention', id));
  if (it.monitored && first)
    await openTask(here, {
      ...place,
      employerId: it.employerId,
      kind: 'check',
      ref: '1',
      firesAt: morningOf(transaction, first),
    });
  await record(
    here,
    'hired',
    { caseId: it.caseId, personId: it.personId, employerId: it.employerId },
    {
      employment: id,
      on: it.since,
      proof: it.proof,
      how: it.how,
      referral: it.referralId ?? null,
      ...(it.monitored && { months: months.n, ...versionOf(months) }),
    },
  );
  await notify(transaction, {
    type: 'person_hired',
    to: { kind: 'person', id: it.personId },
    params: { employer: it.employerId, on: it.since },
    occasion: id,
  });
  if (it.vacancyId) await takePlace(transaction, it.vacancyId);
  if (row) await employCase(transaction, row, it, person.mahalla.slice(0, 4));
  else await hiredInMeasures(transaction, it, it.since);
  return id;
}

/**
 * The person works: the case's other referrals are withdrawn, its public works and measures that wait end, its inspections go on for the finding only, its
 * waits end.
 */
export async function employCase(
  transaction: Transaction,
  row: { id: string; state: string },
  it: Pick<Hire, 'personId' | 'employerId' | 'referralId' | 'measure' | 'since'>,
  region: string,
): Promise<void> {
  const caseId = row.id;
  await endOpenReferrals(transaction, caseId, it.referralId, 'person_placed');
  await hiredInMeasures(transaction, { personId: it.personId, caseId }, it.since);
  await forFindingOnly(
    transaction,
    { caseId, personId: it.personId },
    { worksFor: it.employerId },
    {
      findingOnly: null,
      ...(it.referralId && { OR: [{ referralId: null }, { referralId: { not: it.referralId } }] }),
    },
  );
  const here = inRow(transaction, subjectOf('case', caseId));
  const kinds = [
    'assessment',
    'plan',
    'first_referral',
    'next_step',
    'measure_progress',
    'found_alone',
    'found_alone_evidence',
    'closure',
    'referral_consent',
  ] as const;
  await closeTasks(here, { kinds }, 'hired');
  const job = currentJob(
    await transaction.tx.measure.findMany({ where: { caseId, kind: 'job' }, orderBy: { n: 'asc' } }),
  );
  if (job) {
    await transaction.tx.measure.update({
      where: { caseId_n: { caseId, n: job.n } },
      data: {
        startedOn: job.startedOn ?? it.since,
        region: job.region ?? region,
        endedOn: null,
        outcome: null,
      },
    });
    if (job.startedOn === null)
      await record(
        here,
        'measure_started',
        { caseId, personId: it.personId },
        { n: job.n, kind: 'job', on: it.since, region },
      );
  }
  await move(here, 'case', row, 'employed');
}

/** Takes a place of a vacancy. After the last place, the vacancy's other open referrals are woken and become obsolete. */
async function takePlace(transaction: Transaction, vacancyId: string): Promise<void> {
  await transaction.tx.$queryRaw`SELECT id FROM vacancies WHERE id = ${vacancyId} FOR UPDATE`;
  const vacancy = await transaction.tx.vacancy.findUniqueOrThrow({ where: { id: vacancyId } });
  const taken = Math.min(vacancy.places, vacancy.taken + 1);
  const full = taken === vacancy.places;
  const data = {
    taken,
    ...(full &&
      vacancy.state === 'open' && { state: 'filled', filledAt: transaction.now, filledHow: 'referral' }),
  };
  await transaction.tx.vacancy.update({ where: { id: vacancyId }, data });
  await recordChange(transaction, {
    kind: 'vacancy',
    key: vacancyId,
    before: vacancy,
    said: data,
    about: { employerId: vacancy.employerId },
  });
  if (!full) return;
  const others = await transaction.tx.referral.findMany({
    where: { vacancyId, open: true },
    select: { id: true },
  });
  for (const { id } of others) wake(transaction, subjectOf('referral', id));
}
