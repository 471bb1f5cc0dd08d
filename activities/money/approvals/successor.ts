import { recordChange } from '../../../records/kernel/changes';
import { record } from '../../../records/kernel/events';
import { type Employer, Prisma, type Subsidy } from '../../../prisma/generated/client';
import { answerDraft, type SuccessorProposal } from '../../../records/money/succession';
import { notNow, Refusal } from '../../../records/kernel/refusal';
import { lockRow, subjectOf, subjectOfSubsidy } from '../../../records/kernel/rows';
import type { Transaction } from '../../../records/kernel/transaction';
import { inRow, wake } from '../../../records/kernel/wake';
import { continueWith } from '../../steps/ending';
import { readJob } from '../../steps/job';
import type { Effect } from './effect';
import { aboutSubsidy, kindOf } from '../read';

/**
 * An employer's successor takes over its employments, subsidies, unpaid claims and recoveries. They are paid to the
 * successor's own account. A month stays one month [money §6]. Earlier payments stay with the predecessor.
 */
export const successor: Effect = {
  async approved(transaction, row) {
    const { successor: stir, date } = row.body as SuccessorProposal;
    const from = await transaction.tx.employer.findUniqueOrThrow({ where: { id: row.employerId ?? '' } });
    const to = await transaction.tx.employer.findUnique({ where: { stir, state: 'active' } });
    if (!to) throw notNow('unknown_employer', 'The successor is no active employer that is recorded.');
    const subsidies = await transaction.tx.subsidy.findMany({
      where: { employerId: from.id, state: { notIn: ['refused', 'abandoned'] } },
      orderBy: { id: 'asc' },
    });
    for (const subsidy of subsidies) await lockRow(transaction.tx, kindOf(subsidy), subsidy.id);
    await mustNotMeet(transaction, subsidies, to);
    for (const subsidy of subsidies) await takeOver(transaction, subsidy, to);
    const said = { state: 'reorganised', endedOn: from.endedOn ?? date, successorId: to.id };
    await transaction.tx.employer.update({ where: { id: from.id }, data: said });
    await recordChange(transaction, {
      kind: 'employer',
      key: from.id,
      before: from,
      said,
      about: { employerId: from.id },
    });
    await wakeOthers(transaction, from);
    await record(transaction, 'successor_confirmed', { employerId: from.id }, { employer: to.id, on: date });
  },

  async proposed(transaction, row, body) {
    if (!('date' in body || 'none' in body))
      throw new Refusal(
        422,
        'incomplete',
        'Say on which day the successor takes over, with the document, or that there is none.',
      );
    await answerDraft(transaction, row, body);
  },
};

/**
 * @throws Refusal 409 where the successor draws for the same hire or month already: people decide which of the two is paid
 */
async function mustNotMeet(
  transaction: Transaction,
  subsidies: readonly Subsidy[],
  to: Employer,
): Promise<void> {
  for (const { id, programme, personId, hiredOn } of subsidies) {
    if (personId === '') continue;
    const theirs = { employerId: to.id, personId };
    const hire = await transaction.tx.subsidy.findFirst({
      where: {
        ...theirs,
        programme,
        hiredOn,
        state: { notIn: ['refused', 'abandoned'] },
        stop: { equals: Prisma.DbNull },
      },
    });
    if (hire) throw notNow('same_hire', `${id} and the successor's ${hire.id} are for one hire.`);
    const months = await transaction.tx.claim.findMany({
      where: { subsidyId: id },
      include: { entitlement: true },
    });
    const same = await transaction.tx.entitlement.findFirst({
      where: {
        ...theirs,
        OR: months.map(({ entitlement: { month, slot } }) => ({ month, slot })),
      },
    });
    if (months.length > 0 && same)
      throw notNow('same_month', `${id} and the successor both draw for ${same.month}.`);
  }
}

async function takeOver(transaction: Transaction, row: Subsidy, to: Employer): Promise<void> {
  const { id, employerId: from } = row;
  const claims = await transaction.tx.claim.findMany({ where: { subsidyId: id } });
  const recoveries = await transaction.tx.recovery.findMany({ where: { subsidyId: id } });
  const entitlements = [...new Set(claims.map(({ entitlementId }) => entitlementId))];
  const employerId = to.id;
  await transaction.tx.subsidy.update({
    where: { id },
    data: { employerId, employmentId: await employmentWith(transaction, row, to) },
  });
  await transaction.tx.claim.updateMany({ where: { subsidyId: id, open: true }, data: { employerId } });
  await transaction.tx.recovery.updateMany({
    where: { subsidyId: id, left: { gt: 0 } },
    data: { employerId },
  });
  await transaction.tx.entitlement.updateMany({ where: { id: { in: entitlements } }, data: { employerId } });
  await moveWorkplaces(transaction, id, employerId);
  const subjects = [
    subjectOfSubsidy(id),
    ...claims.map((claim) => subjectOf('claim', claim.id)),
    ...recoveries.map((recovery) => subjectOf('recovery', recovery.id)),
  ];
  await transaction.tx.task.updateMany({
    where: { subject: { in: subjects }, employerId: from, closedAt: null },
    data: { employerId },
  });
  const there = inRow(transaction, subjectOfSubsidy(id));
  await record(there, 'successor', aboutSubsidy({ ...row, employerId }), { employer: employerId });
}

/** The employment goes on with the successor. If the person has an employment there already, that employment goes on. */
async function employmentWith(transaction: Transaction, row: Subsidy, to: Employer): Promise<string | null> {
  if (row.employmentId === null) return null;
  const job = await readJob(transaction, row.employmentId);
  if (job.employerId === to.id) return job.id;
  const theirs = { personId: job.personId, employerId: to.id, open: true };
  const there = await transaction.tx.employment.findFirst({ where: theirs });
  if (job.open) await continueWith(transaction, job, to);
  else if (job.endedOn === null)
    await transaction.tx.employment.update({ where: { id: job.id }, data: { employerId: to.id } });
  return there && job.open ? there.id : job.id;
}

/** A workplace with the same name at the successor stays as it is: both were adapted. */
async function moveWorkplaces(
  transaction: Transaction,
  adaptationId: string,
  employerId: string,
): Promise<void> {
  const rows = await transaction.tx.adaptedWorkplace.findMany({ where: { adaptationId } });
  for (const { employerId: from, workplace } of rows) {
    const taken = await transaction.tx.adaptedWorkplace.findUnique({
      where: { employerId_workplace: { employerId, workplace } },
    });
    if (!taken)
      await transaction.tx.adaptedWorkplace.update({
        where: { employerId_workplace: { employerId: from, workplace } },
        data: { employerId },
      });
  }
}

/** Wakes the open rows beside the money. Each row looks at the change itself. */
async function wakeOthers(transaction: Transaction, { id: employerId }: Employer): Promise<void> {
  const open = { where: { employerId, open: true }, select: { id: true } };
  for (const { id } of await transaction.tx.employment.findMany(open))
    wake(transaction, subjectOf('retention', id));
  for (const { id } of await transaction.tx.referral.findMany(open))
    wake(transaction, subjectOf('referral', id));
  for (const { id } of await transaction.tx.inspection.findMany(open))
    wake(transaction, subjectOf('inspection', id));
}
