import type { Attendance, AttendanceEvidence, AttendanceHearing } from '../../contracts/training';
import type { Task } from '../../prisma/generated/client';
import type { Transaction } from '../../records/kernel/transaction';
import type { TrainingRow } from '../steps/training';

/** Attendance of each month is due by the 5th of the next month. Opened when the study begins. */
export function openMonths(_transaction: Transaction, _row: TrainingRow): Promise<void> {
  return Promise.resolve();
}

/** A month's days, entered by the centre. */
export function attendance(_transaction: Transaction, id: string, _body: Attendance): Promise<void> {
  throw new Error(`attendance of ${id} is not built`);
}

/** The centre did not enter a month until the 15th. */
export function evidenceOfMonth(_transaction: Transaction, id: string, _task: Task): Promise<void> {
  throw new Error(`evidence of ${id} is not built`);
}

export function attendanceEvidence(
  _transaction: Transaction,
  id: string,
  _body: AttendanceEvidence,
): Promise<void> {
  throw new Error(`evidence of ${id} is not built`);
}

export function attendanceHearing(
  _transaction: Transaction,
  id: string,
  _body: AttendanceHearing,
): Promise<void> {
  throw new Error(`the hearing of ${id} is not built`);
}

/** The course ended for the person before its last day: later months are not owed. */
export function closeLaterMonths(_transaction: Transaction, _row: TrainingRow, _on: string): Promise<void> {
  return Promise.resolve();
}
