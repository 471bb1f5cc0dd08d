import { monthlyAnniversaries } from '../../domain/anniversary';
import { isNewRegistration, questionOf } from '../../domain/business';
import { dueOf } from '../../domain/deadline';
import { type Day, dayOf } from '../../domain/day';
import type { Task } from '../../prisma/generated/client';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { policyNumber, versionOf } from '../../records/kernel/policy-numbers';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, lengthNow, morningOf, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import {
  aboutBusiness,
  businessMonitoring,
  formOf,
  type OwnBusiness,
  placeOfBusiness,
  planAnew,
  readBusiness,
  tellManagerOf,
} from '../steps/business';
import { holdCase, measureOfBusiness } from '../steps/business-measure';
import { beginMeasure } from '../steps/carried-out';
import { activeAgain } from '../steps/one-at-a-time';

/** The registration as the register or an extract has it. */
export interface Registration {
  since: Day;
  number?: string | undefined;
  proof: 'register' | 'evidence';
}

/** Asks the register of the form: at once, or in the morning of a day. */
export const askRegister = (transaction: Transaction, row: OwnBusiness, on?: Day): Promise<void> =>
  openTask(transaction, {
    ...placeOfBusiness(row),
    kind: questionOf(formOf(row)),
    ...(on && { from: on, firesAt: morningOf(transaction, on) }),
  });

/**
 * The register, or an extract, says that the person is not registered. The register is asked again, some working days later. Where the
 * time for the registration is over, this was the last answer that was missing.
 */
export async function notYet(transaction: Transaction, row: OwnBusiness): Promise<void> {
  if (!(await openWait(transaction, 'registration_limit'))) return endUnregistered(transaction, row);
  await closeTasks(transaction, { kinds: ['registration_evidence'] }, 'answered');
  const length = await lengthNow(transaction, 'businessAskAgain');
  const again = dueOf({ from: transaction.today, length }, await transaction.calendar());
  await askRegister(transaction, row, dayOf(again));
  await move(transaction, 'business', row, 'registering');
}

/**
 * The person is registered. A registration that lies ahead is asked about on its day. One from long before the preparation says that
 * the person worked for themselves already.
 */
export async function registered(
  transaction: Transaction,
  row: OwnBusiness,
  { since, number, proof }: Registration,
): Promise<void> {
  if (since > transaction.today) {
    await askRegister(transaction, row, since);
    return move(transaction, 'business', row, 'registering');
  }
  const preparedOn = dayOf(row.preparedAt);
  const before = await policyNumber(transaction, 'businessBeforeDays', preparedOn);
  const known = { firstOn: since, number: number ?? null, proof, confirmedAt: transaction.now };
  if (!isNewRegistration(since, preparedOn, before.n)) {
    await record(transaction, 'business_already', aboutBusiness(row), { since, ...versionOf(before) });
    return already(transaction, row, known);
  }
  await closeTasks(transaction, {}, 'registered');
  const months = await policyNumber(transaction, 'businessMonths', since);
  const days = monthlyAnniversaries(since, months.n);
  await transaction.tx.businessCheck.createMany({
    data: days.map((on, i) => ({ businessId: row.id, n: i + 1, on, state: 'ahead' })),
  });
  await move(transaction, 'business', row, 'active', { ...known, startedOn: since, months: months.n });
  const about = aboutBusiness(row);
  await record(transaction, 'business_registered', about, {
    number: row.id,
    on: since,
    months: months.n,
    ...versionOf(months),
  });
  await beginMeasure(transaction, 'business', row, { on: since, about });
  const now = await readBusiness(transaction, row.id);
  await businessMonitoring.awaitCheck(transaction, now, now.checks[0]);
}

/** The person worked for themselves before. Help is still possible, and the case plans anew. */
async function already(
  transaction: Transaction,
  row: OwnBusiness,
  known: { firstOn: Day; number: string | null; startedOn?: null },
): Promise<void> {
  await closeTasks(transaction, {}, 'ended');
  await move(transaction, 'business', row, 'ended', {
    ...known,
    endReason: 'already',
    endedAt: transaction.now,
  });
  await notify(transaction, {
    type: 'person_business_already',
    to: { kind: 'person', id: row.personId },
    params: { since: known.firstOn },
  });
  await tellManagerOf(transaction, row, { type: 'business_already', params: { since: known.firstOn } });
  await planAnew(transaction, row);
}

/**
 * The register has corrected the day of the registration. The measure follows, and the days of the checks stay. If the day is now too
 * early, the person worked for themselves already, and nothing is counted.
 *
 * @returns the business with its day; undefined where it ended
 */
export async function correctedBy(
  transaction: Transaction,
  row: OwnBusiness,
  { since, number }: { since: Day; number: string },
): Promise<OwnBusiness | undefined> {
  const isAnother = row.number !== null && number !== row.number;
  if (since === row.firstOn || isAnother || since > transaction.today) return row;
  const preparedOn = dayOf(row.preparedAt);
  const before = await policyNumber(transaction, 'businessBeforeDays', preparedOn);
  const isNew = isNewRegistration(since, preparedOn, before.n);
  const { caseId, measure: n, startedOn } = row;
  await transaction.tx.measure.updateMany({
    where: { caseId, n, startedOn },
    data: {
      ...(isNew ? { startedOn: since } : { startedOn: null, region: null }),
      endedOn: null,
      outcome: null,
    },
  });
  if (startedOn !== null) await activeAgain(transaction, row.personId, startedOn);
  if (isNew) {
    await move(transaction, 'business', row, 'active', { firstOn: since, startedOn: since, number });
    await record(transaction, 'business_start_corrected', aboutBusiness(row), { from: startedOn, on: since });
    return { ...row, firstOn: since, startedOn: since, number };
  }
  await businessMonitoring.dropChecks(transaction, row, undefined);
  await record(transaction, 'business_already', aboutBusiness(row), { since, ...versionOf(before) });
  await already(transaction, row, { firstOn: since, number, startedOn: null });
  return undefined;
}

/** The time for the registration is over. A person does not pay for a silent register: its answer or an extract is awaited. */
export async function notRegistered(transaction: Transaction, id: string): Promise<void> {
  const row = await readBusiness(transaction, id);
  const question = await openWait(transaction, questionOf(formOf(row)));
  const isUnknown = question !== null && (question.attempts > 0 || isDue(question, transaction.now));
  if (!isUnknown) return endUnregistered(transaction, row);
  await closeTasks(transaction, { kinds: ['registration_limit'] }, 'register_silent');
  await move(transaction, 'business', row, 'registering');
  await record(transaction, 'business_answer_missing', aboutBusiness(row));
}

const isDue = ({ nextAt }: Task, now: Date): boolean => nextAt !== null && nextAt <= now;

/** No register has said yes in its time. The case is in planning, and the person may begin again. */
async function endUnregistered(transaction: Transaction, row: OwnBusiness): Promise<void> {
  const { id } = row;
  await closeTasks(transaction, {}, 'withdrawn');
  await move(transaction, 'business', row, 'withdrawn', {
    endReason: 'not_registered',
    endedAt: transaction.now,
  });
  await record(transaction, 'business_not_registered', aboutBusiness(row), { number: id });
  await notify(transaction, {
    type: 'person_business_not_registered',
    to: { kind: 'person', id: row.personId },
    params: { caseIs: row.case.open ? 'open' : 'closed' },
  });
  await tellManagerOf(transaction, row, { type: 'business_not_registered', params: {} });
  await planAnew(transaction, row);
}

/** An extract shows a registration within the time of a business that was withdrawn: it goes on, as if the register had said so. */
export async function registeredAfterAll(
  transaction: Transaction,
  row: OwnBusiness,
  registration: Registration,
): Promise<void> {
  const there = inRow(transaction, subjectOf('case', row.caseId));
  const aggregate = await takeAggregate(there, 'case', row.caseId);
  const measure = await measureOfBusiness(there, aggregate);
  await move(transaction, 'business', row, 'registering', { measure, endReason: null, endedAt: null });
  await record(transaction, 'business_end_taken_back', aboutBusiness(row));
  const now = await readBusiness(transaction, row.id);
  await registered(transaction, now, registration);
  const { state } = await readBusiness(transaction, row.id);
  if (state === 'active') await holdCase(there, aggregate, measure);
}
