import type { Day } from '../../domain/day';
import { lastDay, type Month } from '../../domain/money/months';
import type { Weekday } from '../../domain/training/course';
import {
  attendanceOf,
  type MonthHeld,
  monthsHeld,
  reaches,
  type Reckoning,
  reckonings,
  type Study,
} from '../../domain/training/attendance';
import type { ObligationKind } from '../../domain/obligations';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { closeTasks, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { lives } from './person-lives';
import { askOwner } from './tell';
import { type AttendedMonth, lastOf, placeOfCentre, placeOfPerson, type TrainingRow } from './training';

/* The months of a person's study: their attendance is entered, and heard about where it is low [measures §2]. */

/** The waits for a month's attendance: the centre's entry, then evidence of the case manager. */
export const monthWaits = ['training_month', 'training_month_evidence'] as const;

/** A person's days in the course, from the first day of study on; undefined before it. */
export async function studyOf(transaction: Transaction, row: TrainingRow): Promise<Study | undefined> {
  const { startedOn, endedOn, interruptions, course } = row;
  if (startedOn === null) return undefined;
  return {
    period: { from: startedOn, to: endedOn ?? lastOf(row) },
    interruptions,
    heldOn: course.heldOn as Weekday[],
    calendar: await transaction.calendar(),
  };
}

/** The months of the study with the days held in them. The months that are decided together. */
export interface Months {
  held: MonthHeld[];
  together: Reckoning[];
}

export async function monthsOfStudy(transaction: Transaction, row: TrainingRow): Promise<Months> {
  const study = await studyOf(transaction, row);
  if (!study) return { held: [], together: [] };
  const held = monthsHeld(study);
  const { n: least } = await policyNumber(transaction, 'attendanceLeastHeld', study.period.from);
  return { held, together: reckonings(held, least) };
}

/**
 * The waits for the months of a study, as its days and entries are now. Attendance is due by the 5th of the next month, of each month
 * in which a day was held. Where it is below the threshold the person is heard, once. After a death nobody is heard.
 */
export async function settleMonths(transaction: Transaction, row: TrainingRow): Promise<void> {
  const months = await monthsOfStudy(transaction, row);
  await awaitEntries(transaction, row, months);
  await awaitHearings(transaction, row, months);
}

/** The course ended for the person before its last day: later months are not owed. */
export const closeLaterMonths = (transaction: Transaction, row: TrainingRow, on: Day): Promise<void> =>
  settleMonths(transaction, { ...row, endedOn: on });

async function awaitEntries(transaction: Transaction, row: TrainingRow, { held }: Months): Promise<void> {
  const entered = new Set(row.months.map(({ month }) => month));
  const owed = held.filter(({ month, held: days }) => days > 0 && !entered.has(month));
  const open = await openRefs(transaction, monthWaits);
  const isOwed = new Set(owed.map(({ month }) => month));
  for (const month of open.filter((ref) => !isOwed.has(ref)))
    await closeTasks(transaction, { kinds: monthWaits, ref: month }, 'not_held');
  const missing = owed.filter(({ month }) => !open.includes(month));
  await openTasks(
    transaction,
    missing.map(({ month }) => ({
      ...placeOfCentre(row),
      kind: 'training_month' as const,
      ref: month,
      from: lastDay(month),
    })),
  );
}

async function awaitHearings(
  transaction: Transaction,
  row: TrainingRow,
  { held, together }: Months,
): Promise<void> {
  if (row.startedOn === null) return;
  if (!(await lives(transaction.tx, row.personId))) {
    await closeTasks(transaction, { kinds: ['training_low'] }, 'died');
    return;
  }
  const { n: percent } = await policyNumber(transaction, 'attendancePercent', row.startedOn);
  const entered = new Map(row.months.map((month) => [month.month, month]));
  const open = await openRefs(transaction, ['training_low']);
  const low = together
    .filter((reckoning) => {
      const attendance = attendanceOf(reckoning, held, entered);
      return attendance && !reaches(attendance, percent) && !isSettled(reckoning, entered);
    })
    .map(refOf);
  for (const ref of open.filter((one) => !low.includes(one)))
    await closeTasks(transaction, { kinds: ['training_low'], ref }, 'reached');
  for (const ref of low.filter((one) => !open.includes(one)))
    await askOwner(transaction, { ...placeOfPerson(row), kind: 'training_low', ref });
}

/** Evidence stands for a month, and a person is heard once about months that are decided together. */
const isSettled = ({ decides }: Reckoning, entered: ReadonlyMap<Month, AttendedMonth>): boolean =>
  decides.every((month) => entered.get(month)?.evidence !== undefined) ||
  decides.some((month) => entered.get(month)?.heard !== undefined);

/** Months that are decided together are heard about under the last of them. */
export const refOf = ({ decides }: Reckoning): Month => decides.at(-1) ?? '';

async function openRefs({ tx, subject }: Transaction, kinds: readonly ObligationKind[]): Promise<string[]> {
  const open = await tx.task.findMany({
    where: { subject, kind: { in: [...kinds] }, closedAt: null },
    select: { ref: true },
  });
  return open.map(({ ref }) => ref);
}
