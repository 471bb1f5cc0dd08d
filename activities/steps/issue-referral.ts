import type { NewReferral } from '../../contracts/case';
import type { Case, Employer, Vacancy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notifyAll } from '../../records/kernel/notices';
import { dayOf } from '../../domain/day';
import { insertNumbered } from '../../records/kernel/numbers';
import { noteMade, subjectOf } from '../../records/kernel/rows';
import { openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { messageToEmployer } from '../referral/delivery';
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
  const { employer } = vacancy;
  const fields = {
    caseId: row.id,
    personId: row.personId,
    vacancyId: vacancy.id,
    employerId: employer.id,
    kind: vacancy.kind,
    measure,
    area: row.area,
    state: 'issued',
  };
  const id = await insertNumbered(transaction.tx, 'referral', {
    ...fields,
    since: transaction.now,
    issuedAt: transaction.now,
    exception,
    correlationId: transaction.correlationId,
  });
  const there = inRow(transaction, subjectOf('referral', id));
  noteMade(transaction, there.subject, fields.state);
  const place = placeOfReferral({ ...fields, employer, managerId: row.managerId });
  const [, decision] = await openTasks(there, [
    { ...place, kind: 'delivery' },
    { ...place, kind: 'decision' },
  ]);
  const due = decision?.due ? dayOf(decision.due) : null;
  await notifyAll(there, [
    messageToEmployer({ id, employerId: employer.id }, due),
    // The person learns of the referral, and by when the employer has to answer [pathway §5, the person is told].
    { type: 'person_referred', to: { kind: 'person', id: row.personId }, params: { due } },
  ]);
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
