import type { NewReferral } from '../../contracts/case';
import type { Case, Employer, Vacancy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { subjectOf } from '../../records/kernel/rows';
import { dueDay, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { tellEmployer } from '../referral/delivery';
import { placeOfReferral } from '../referral/read';

export interface Issue {
  vacancy: Vacancy & { employer: Employer };
  /** The number of the plan's job measure that the referral is for. */
  measure: number;
  exception?: NewReferral['exception'];
}

/**
 * Issues a referral in one step [S: steps 4 and 6 of the mechanism; pathway §5]. The employer has 5 days from today. The
 * delivery is due by the end of the next working day. The message goes to every channel of the employer.
 *
 * @returns its number
 */
export async function issueReferral(
  transaction: Transaction,
  row: Case,
  { vacancy, measure, exception }: Issue,
): Promise<string> {
  const id = await nextNumber(transaction.tx, 'referral');
  const { employer } = vacancy;
  const referral = {
    id,
    caseId: row.id,
    personId: row.personId,
    vacancyId: vacancy.id,
    employerId: employer.id,
    kind: vacancy.kind,
    measure,
    area: row.area,
    state: 'issued',
  };
  await transaction.tx.referral.create({
    data: {
      ...referral,
      since: transaction.now,
      issuedAt: transaction.now,
      ...(exception && { exception }),
      correlationId: transaction.correlationId,
    },
  });
  const there = await inRow(transaction, subjectOf('referral', id));
  const place = placeOfReferral({ ...referral, employer, managerId: row.managerId });
  await openTask(there, { ...place, kind: 'delivery' });
  await openTask(there, { ...place, kind: 'decision' });
  await tellEmployer(there, referral);
  await tellPerson(there, referral);
  const about = { caseId: row.id, personId: row.personId, employerId: employer.id };
  await record(transaction, 'referral_issued', about, {
    referral: id,
    employer: employer.name,
    vacancy: vacancy.id,
    kind: vacancy.kind,
    measure,
  });
  return id;
}

/** The person learns of the referral, and by when the employer has to answer [pathway §5, the person is told]. */
async function tellPerson(there: Transaction, { personId }: { personId: string }): Promise<void> {
  await notify(there, {
    type: 'person_referred',
    to: { kind: 'person', id: personId },
    params: { due: await dueDay(there, 'decision') },
  });
}
