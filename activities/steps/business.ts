import { type BusinessForm, questionOf } from '../../domain/business';
import { addMonths, type Day } from '../../domain/day';
import type { BusinessEnd, Deregistration } from '../../domain/pathways/business';
import type { RegisterName } from '../../domain/registers';
import type { Saying } from '../../domain/words/notice-params';
import { type Json } from '../../prisma/db';
import { type Business, type BusinessCheck, type Case, Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { businessHasEnded } from '../money/start-ends';
import { endMeasure } from './carried-out';
import { tellSupervisor } from './job';
import { isConcluded, monthlyChecks } from './monthly-checks';
import { placeOf } from './place';
import { backToPlanning } from './planning';
import { tellOfficial } from './tell';

/** An own business with its checks in order, its reported end and its case. */
export type OwnBusiness = Omit<Business, 'ending' | 'form'> & {
  form: BusinessForm | null;
  ending: Deregistration | null;
  checks: BusinessCheck[];
  case: Case;
};

export async function readBusiness({ tx }: Transaction, id: string): Promise<OwnBusiness> {
  const row = await tx.business.findUniqueOrThrow({
    where: { id },
    include: { checks: { orderBy: { n: 'asc' } }, case: true },
  });
  return {
    ...row,
    form: row.form as BusinessForm | null,
    ending: row.ending as object as Deregistration | null,
  };
}

/** The form, whose register is asked. */
export function formOf({ id, form }: Pick<OwnBusiness, 'id' | 'form'>): BusinessForm {
  if (form === null) throw new Error(`${id} has no form yet`);
  return form;
}

export const everyQuestion = ['self_employed_answer', 'entrepreneur_answer', 'farm_answer'] as const;

/** The case manager has the tasks of a business. Without an open case the supervisor of its area has them. */
export const placeOfBusiness = ({ case: of, area, personId }: OwnBusiness): Place =>
  of.open ? placeOf(of) : { area, personId };

export const aboutBusiness = ({ caseId, personId }: Pick<Business, 'caseId' | 'personId'>) => ({
  caseId,
  personId,
});

/** Tells the case manager, while the case is open. */
export const tellManagerOf = (
  transaction: Transaction,
  { case: of }: OwnBusiness,
  saying: Saying,
): Promise<void> =>
  tellOfficial(transaction, of.open ? of.managerId : null, saying, transaction.now.toISOString());

export const writeCheck = (
  { tx }: Transaction,
  businessId: string,
  n: number,
  data: Prisma.BusinessCheckUpdateInput,
) => tx.businessCheck.update({ where: { businessId_n: { businessId, n } }, data });

/** The monthly checks of a business [measures §3]. */
export const businessMonitoring = monthlyChecks<OwnBusiness>({
  kind: 'business',
  waits: {
    check: 'business_check',
    evidence: 'business_check_evidence',
    conversation: 'business_conversation',
  },
  question: (row) => questionOf(formOf(row)),
  register: (row): RegisterName => formOf(row),
  passed: 'business_check_passed',
  read: readBusiness,
  placeOf: placeOfBusiness,
  aboutOf: aboutBusiness,
  write: writeCheck,
  conclude: (transaction, id) => sustainAfterChecks(transaction, id),
  tellNotDone: (transaction, row, n) =>
    tellSupervisor(transaction, row, { type: 'business_conversation_not_done', params: { n } }),
});

/**
 * After its checks, each passed or unconfirmed, the business is sustained, and its measure ends. The last conversation may still be
 * held. While a deregistration is provisional, nothing is concluded.
 */
export async function sustainAfterChecks(transaction: Transaction, id: string): Promise<void> {
  const row = await readBusiness(transaction, id);
  if (row.state !== 'active' || row.ending !== null || !isConcluded(row.checks)) return;
  const kinds = ['business_check', ...everyQuestion, 'business_check_evidence'] as const;
  await closeTasks(transaction, { kinds }, 'sustained');
  const isMarked = await awaitMarkCheck(transaction, row);
  await transaction.tx.task.updateMany({
    where: { subject: transaction.subject, kind: 'business_conversation', closedAt: null },
    data: { nextAt: null },
  });
  await move(transaction, 'business', row, 'sustained', {
    endedAt: transaction.now,
    open: isMarked,
  });
  await record(transaction, 'business_sustained', aboutBusiness(row), { n: row.checks.length });
  const about = aboutBusiness(row);
  await endMeasure(transaction, 'business', row, { on: transaction.today, outcome: 'sustained', about });
  await planAnew(transaction, row);
}

/** Whether a mark of the business is valid. */
export const hasValidMark = async ({ tx, today }: Transaction, { id }: OwnBusiness): Promise<boolean> =>
  (await tx.mark.findFirst({
    where: { businessId: id, revokedOn: null, until: { gte: today } },
    select: { code: true },
  })) !== null;

/**
 * While a mark of a business that is over is valid, the register is asked about it a month later.
 *
 * @returns whether one is valid
 */
export async function awaitMarkCheck(transaction: Transaction, row: OwnBusiness): Promise<boolean> {
  if (!(await hasValidMark(transaction, row))) return false;
  const firesAt = morningOf(transaction, addMonths(transaction.today, 1));
  await openTask(transaction, { ...placeOfBusiness(row), kind: 'mark_check', firesAt });
  return true;
}

/**
 * Revokes the valid marks of a business, and tells the person. The public answer says no reason.
 *
 * @param goods one kind of goods; all of them unless given
 */
export async function revokeMarks(
  transaction: Transaction,
  row: OwnBusiness,
  why: BusinessEnd | 'consent' | 'replaced',
  goods?: string,
): Promise<void> {
  const { today } = transaction;
  const revoked = await transaction.tx.mark.updateManyAndReturn({
    where: {
      businessId: row.id,
      revokedOn: null,
      until: { gte: today },
      ...(goods !== undefined && { goods }),
    },
    data: { revokedOn: today, revokedWhy: why },
  });
  for (const mark of revoked) {
    await record(transaction, 'mark_revoked', aboutBusiness(row), { goods: mark.goods });
    await notify(transaction, {
      type: 'person_mark_revoked',
      to: { kind: 'person', id: row.personId },
      params: { goods: mark.goods },
      occasion: `${mark.goods}-${transaction.now.toISOString()}`,
    });
  }
}

/** The case plans anew, unless the person works in a job. */
export async function planAnew(transaction: Transaction, { case: of }: OwnBusiness): Promise<void> {
  if (of.state !== 'employed' && of.state !== 'retained') await backToPlanning(transaction, of.id);
}

/**
 * A business ends. The case is in planning [measures §1].
 *
 * @param on the last day, where it had begun
 * @param check the monthly check that found the end
 * @param plans whether the case plans anew; false where it ends
 */
export async function endBusiness(
  transaction: Transaction,
  row: OwnBusiness,
  {
    on,
    code,
    proof,
    check,
    plans = true,
  }: {
    on: Day;
    code: BusinessEnd;
    proof?: 'register' | 'evidence' | 'word' | undefined;
    check?: number | undefined;
    plans?: boolean;
  },
): Promise<void> {
  const here = inRow(transaction, subjectOf('business', row.id));
  const { startedOn } = row;
  const last = startedOn === null ? null : on < startedOn ? startedOn : on;
  await closeTasks(here, {}, 'ended');
  await businessMonitoring.dropChecks(here, row, check ?? row.ending?.check);
  await move(here, 'business', row, 'ended', {
    lastOn: last,
    endReason: code,
    endedAt: transaction.now,
    ...(row.ending && { ending: row.ending as object as Json }),
  });
  const about = aboutBusiness(row);
  await record(here, 'business_ended', about, { number: row.id, on: last, code, proof: proof ?? null });
  await revokeMarks(here, row, code);
  await businessHasEnded(here, row.id, code);
  if (last !== null) await endMeasure(here, 'business', row, { on: last, outcome: 'ended', about });
  if (plans) await planAnew(here, row);
}
