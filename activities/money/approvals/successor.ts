import { record } from '../../../records/kernel/events';
import type { SuccessionDraft } from '../../../domain/money/commands';
import { type Employer, Prisma, type Subsidy } from '../../../prisma/generated/client';
import { answerDraft, type SuccessorProposal } from '../../../records/money/succession';
import { notNow } from '../../../records/kernel/refusal';
import { lockRow, subjectOf, subjectOfSubsidy } from '../../../records/kernel/rows';
import type { Unit } from '../../../records/kernel/transaction';
import { on, wake } from '../../../records/kernel/wake';
import { continueWith } from '../../steps/ending';
import { readJob } from '../../steps/job';
import type { Effect } from './effect';
import { aboutSubsidy, kindOf } from '../read';

/**
 * An employer's successor takes over: employments, subsidies, unpaid claims and recoveries are its own from now on, paid to its
 * own account; months stay one [money §6]. What was paid stays paid to whom it was paid.
 */
export const successor: Effect = {
  async approved(unit, row) {
    const { successor: stir, date } = row.body as SuccessorProposal;
    const from = await unit.tx.employer.findUniqueOrThrow({ where: { id: row.employerId ?? '' } });
    const to = await unit.tx.employer.findUnique({ where: { stir, state: 'active' } });
    if (!to) throw notNow('unknown_employer', 'The successor is no active employer that is recorded.');
    const subsidies = await unit.tx.subsidy.findMany({
      where: { employerId: from.id, state: { notIn: ['refused', 'abandoned'] } },
      orderBy: { id: 'asc' },
    });
    for (const subsidy of subsidies) await lockRow(unit.tx, kindOf(subsidy), subsidy.id);
    await mustNotMeet(unit, subsidies, to);
    for (const subsidy of subsidies) await takeOver(unit, subsidy, to);
    await unit.tx.employer.update({
      where: { id: from.id },
      data: { state: 'reorganised', endedOn: from.endedOn ?? date, successorId: to.id },
    });
    await wakeOthers(unit, from);
    await record(unit, 'successor_confirmed', { employerId: from.id }, { employer: to.id, on: date });
  },

  proposed: (unit, row, body) => answerDraft(unit, row, body as SuccessionDraft),
};

/** @throws Refusal 409 where the successor draws for the same hire or month already: which is paid is for people to say */
async function mustNotMeet(unit: Unit, subsidies: readonly Subsidy[], to: Employer): Promise<void> {
  for (const { id, programme, personId, hiredOn } of subsidies) {
    if (personId === '') continue;
    const theirs = { employerId: to.id, personId };
    const hire = await unit.tx.subsidy.findFirst({
      where: {
        ...theirs,
        programme,
        hiredOn,
        state: { notIn: ['refused', 'abandoned'] },
        stop: { equals: Prisma.DbNull },
      },
    });
    if (hire) throw notNow('same_hire', `${id} and the successor's ${hire.id} are for one hire.`);
    const months = await unit.tx.claim.findMany({ where: { subsidyId: id }, include: { entitlement: true } });
    const same = await unit.tx.entitlement.findFirst({
      where: {
        ...theirs,
        OR: months.map(({ entitlement: { month, slot } }) => ({ month, slot })),
      },
    });
    if (months.length > 0 && same)
      throw notNow('same_month', `${id} and the successor both draw for ${same.month}.`);
  }
}

async function takeOver(unit: Unit, row: Subsidy, to: Employer): Promise<void> {
  const { id, employerId: from } = row;
  const claims = await unit.tx.claim.findMany({ where: { subsidyId: id } });
  const recoveries = await unit.tx.recovery.findMany({ where: { subsidyId: id } });
  const entitlements = [...new Set(claims.map(({ entitlementId }) => entitlementId))];
  const employerId = to.id;
  await unit.tx.subsidy.update({
    where: { id },
    data: { employerId, employmentId: await employmentWith(unit, row, to) },
  });
  await unit.tx.claim.updateMany({ where: { subsidyId: id, open: true }, data: { employerId } });
  await unit.tx.recovery.updateMany({ where: { subsidyId: id, left: { gt: 0 } }, data: { employerId } });
  await unit.tx.entitlement.updateMany({ where: { id: { in: entitlements } }, data: { employerId } });
  await moveWorkplaces(unit, id, employerId);
  const subjects = [
    subjectOfSubsidy(id),
    ...claims.map((claim) => subjectOf('claim', claim.id)),
    ...recoveries.map((recovery) => subjectOf('recovery', recovery.id)),
  ];
  await unit.tx.task.updateMany({
    where: { subject: { in: subjects }, employerId: from, closedAt: null },
    data: { employerId },
  });
  const there = await on(unit, subjectOfSubsidy(id));
  await record(there, 'successor', aboutSubsidy({ ...row, employerId }), { employer: employerId });
}

/** The employment goes on with the successor; where the person has one there already, that one does. */
async function employmentWith(unit: Unit, row: Subsidy, to: Employer): Promise<string | null> {
  if (row.employmentId === null) return null;
  const job = await readJob(unit, row.employmentId);
  if (job.employerId === to.id) return job.id;
  const theirs = { personId: job.personId, employerId: to.id, open: true };
  const there = await unit.tx.employment.findFirst({ where: theirs });
  if (job.open) await continueWith(unit, job, to);
  else if (job.endedOn === null)
    await unit.tx.employment.update({ where: { id: job.id }, data: { employerId: to.id } });
  return there && job.open ? there.id : job.id;
}

/** A workplace that the successor calls by the same name stays as it is: both were adapted. */
async function moveWorkplaces(unit: Unit, adaptationId: string, employerId: string): Promise<void> {
  const rows = await unit.tx.adaptedWorkplace.findMany({ where: { adaptationId } });
  for (const { employerId: from, workplace } of rows) {
    const taken = await unit.tx.adaptedWorkplace.findUnique({
      where: { employerId_workplace: { employerId, workplace } },
    });
    if (!taken)
      await unit.tx.adaptedWorkplace.update({
        where: { employerId_workplace: { employerId: from, workplace } },
        data: { employerId },
      });
  }
}

/** What is open beside the money looks at the change itself. */
async function wakeOthers(unit: Unit, { id: employerId }: Employer): Promise<void> {
  const open = { where: { employerId, open: true }, select: { id: true } };
  for (const { id } of await unit.tx.employment.findMany(open)) await wake(unit, subjectOf('retention', id));
  for (const { id } of await unit.tx.referral.findMany(open)) await wake(unit, subjectOf('referral', id));
  for (const { id } of await unit.tx.inspection.findMany(open)) await wake(unit, subjectOf('inspection', id));
}
