import type { Case, Task } from '../prisma/generated/client';
import { obligation, type ObligationKind } from '../domain/obligations';
import { officeFor } from './kernel/offices';
import { subjectOf } from './kernel/rows';
import { reportGap, reportMahalla } from './kernel/gaps';
import type { Transaction } from './kernel/transaction';

/** Waits that concern two mahallas: they do not move with the case. */
const betweenMahallas: readonly string[] = ['transfer', 'transfer_request'] satisfies ObligationKind[];

/** Waits about what the person is paid: they name no case, and follow the person's. */
const ofPayees: readonly string[] = [
  'persons_account',
  'persons_payment_returned',
  'persons_objection',
  'heir',
  'registration_evidence',
] satisfies ObligationKind[];

/**
 * Gives the open waits of a case's workers to its case manager, or to the district's supervisor where it has none. Escalated waits
 * stay with the supervisor. The deadlines do not change [pathway §1, §3]. The workers' waits in the case's inspections move too,
 * though these waits do not name the case.
 *
 * @param row the case after the change
 * @param before its case manager until now, whose tasks about the person move too
 * @returns how many waits moved
 */
export async function giveWaits(
  transaction: Transaction,
  row: Pick<Case, 'id' | 'personId' | 'area' | 'managerId'>,
  before: string | null,
): Promise<number> {
  const workers = { role: { in: ['case_manager', 'supervisor'] } };
  const inspections = await transaction.tx.inspection.findMany({
    where: { caseId: row.id, open: true },
    select: { id: true },
  });
  const inspected = inspections.map(({ id }) => subjectOf('inspection', id));
  const tasks = await transaction.tx.task.findMany({
    where: {
      closedAt: null,
      kind: { notIn: [...betweenMahallas] },
      OR: [
        { caseId: row.id, ...workers },
        { subject: { in: inspected }, ...workers },
        ...(before === null ? [] : [{ personId: row.personId, assigneeId: before }]),
        { personId: row.personId, kind: { in: [...ofPayees] }, ...workers },
      ],
    },
  });
  for (const task of tasks) await giveTask(transaction, task, row);
  return tasks.length;
}

/** Gives one wait to a case manager, or to the supervisor of the area's district where there is none. */
export async function giveTask(
  transaction: Transaction,
  task: Task,
  { area, managerId }: { area: string; managerId: string | null },
): Promise<void> {
  if (ownerOf(task) === 'case_manager' && managerId !== null) {
    await transaction.tx.task.update({
      where: { id: task.id },
      data: { role: 'case_manager', rank: null, area, home: area, assigneeId: managerId },
    });
    return;
  }
  const there = { ...transaction, subject: task.subject };
  if (ownerOf(task) === 'case_manager') await reportMahalla(there, area);
  const office = await officeFor(transaction.tx, 'supervisor', null, area);
  for (const gap of office.gaps) await reportGap(there, { role: 'supervisor', rank: null, area: gap });
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { role: 'supervisor', rank: null, area: office.area, home: area, assigneeId: null },
  });
}

const ownerOf = ({ kind, escalated }: Task): string | undefined => {
  const { duties } = obligation(kind as ObligationKind);
  return duties[Math.min(escalated, duties.length - 1)]?.owner;
};

/** The case manager of a mahalla; null where it has none and the district's supervisor does the work. */
export async function managerOf(transaction: Transaction, mahalla: string): Promise<string | null> {
  const official = await transaction.tx.official.findFirst({
    where: { role: 'case_manager', area: mahalla, leftOn: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return official?.id ?? null;
}
