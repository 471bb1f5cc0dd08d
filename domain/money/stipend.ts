import { type Calendar, isWorkingDay, type Week } from '../calendar';
import { addDays, type Day } from '../day';
import type { WageRule } from '../policy';
import { type Attended, attendanceOf, type MonthHeld, reaches, reckonings } from '../training/attendance';
import { firstDay, lastDay, lengthOf, type Month, monthOf } from './months';
import type { Period } from './period';
import { UNITS } from './share';

/** A person's study in one course that carries a stipend [measures §4]. */
export interface Study {
  /** The stipend's number. */
  id: string;
  /** The person's own first day in the course, and the last. */
  period: Period;
  /** Days of these periods carry no stipend. */
  interruptions: readonly Period[];
  /** The course's working week. */
  week: Week;
}

/** A month of a stipend: the days that it pays for, and its share in units of 1/377,580 month. */
interface StipendMonth {
  month: Month;
  days: readonly Day[];
  share: number;
}

/**
 * The months of all stipends of a person. A day has one stipend, that of the earliest study, whatever the number of courses. The
 * share is whole if all working days of the month are days of the study. Otherwise it is the days divided by the length of the
 * month. The shares of a month are together at most 1. They follow from days alone and not from payments.
 *
 * @param studies in the order of their stipends
 * @returns the months with a share, in order, by the stipend's number
 */
export function stipendMonths(
  studies: readonly Study[],
  { calendar, proRata }: { calendar: Calendar; proRata: WageRule['proRata'] },
): Map<string, StipendMonth[]> {
  const taken = new Set<Day>();
  const used = new Map<Month, number>();
  return new Map(
    studies.map((study) => {
      const days = daysOf(study).filter((day) => !taken.has(day));
      for (const day of days) taken.add(day);
      const months = [...new Set(days.map(monthOf))].map((month): StipendMonth => {
        const inMonth = days.filter((day) => monthOf(day) === month);
        const free = UNITS - (used.get(month) ?? 0);
        const share = Math.min(shareOfDays(month, inMonth, { calendar, proRata, week: study.week }), free);
        used.set(month, UNITS - free + share);
        return { month, days: inMonth, share };
      });
      return [study.id, months.filter(({ share }) => share > 0)];
    }),
  );
}

/** The days of a study, without its interruptions. */
export function daysOf({ period, interruptions }: Pick<Study, 'period' | 'interruptions'>): Day[] {
  const days: Day[] = [];
  for (let day = period.from; day <= period.to; day = addDays(day, 1))
    if (!interruptions.some(({ from, to }) => from <= day && day <= to)) days.push(day);
  return days;
}

function shareOfDays(
  month: Month,
  days: readonly Day[],
  { calendar, week, proRata }: { calendar: Calendar; week: Week; proRata: WageRule['proRata'] },
): number {
  const studied = new Set(days);
  const isWhole = allDaysOf(month).every((day) => studied.has(day) || !isWorkingDay(calendar, day, week));
  if (isWhole || proRata === 'full') return UNITS;
  return proRata === 'none' ? 0 : days.length * (UNITS / lengthOf(month));
}

const allDaysOf = (month: Month): Day[] =>
  daysOf({ period: { from: firstDay(month), to: lastDay(month) }, interruptions: [] });

/**
 * A month's attendance for its stipend, as far as it is known. `reached`: the entered days reach the threshold. `proved`: evidence stands in
 * for an entry. `below`: they do not reach it, and the person was heard. `awaited`: an entry, evidence or the hearing is still owed.
 */
export type Attending = 'reached' | 'proved' | 'below' | 'awaited';

/** Whether a field carries a stipend: all do, but those that the policy leaves out. */
export const carriesStipend = (
  field: string,
  { withoutStipend = [] }: { withoutStipend?: readonly string[] },
): boolean => !withoutStipend.includes(field);

/** A month of a training as it was entered. `heard`: the person was heard about low attendance, or nobody heard them in time. */
export interface EnteredMonth {
  month: Month;
  attended?: number;
  excused?: number;
  evidence?: object;
  heard?: object;
}

/**
 * A month's attendance, as far as it is known [measures §2, §4]. Evidence stands in for an entry, and a later entry below the threshold takes
 * nothing back. A month in which no day was held is attended in full.
 *
 * @param percent the threshold
 * @param least the days held from which a month is decided alone
 * @param lives false for a person who has died: nobody is heard any more
 */
export function attendingOf(
  month: Month,
  held: readonly MonthHeld[],
  entered: readonly EnteredMonth[],
  { percent, least, lives = true }: { percent: number; least: number; lives?: boolean },
): Attending {
  const reckoning = reckonings(held, least).find(({ decides }) => decides.includes(month));
  if (!reckoning) return 'reached';
  const own = entered.filter((each) => reckoning.counts.includes(each.month));
  if (own.some((each) => each.month === month && each.evidence !== undefined)) return 'proved';
  const days = own.flatMap((each): [Month, Attended][] =>
    each.attended === undefined
      ? []
      : [[each.month, { attended: each.attended, excused: each.excused ?? 0 }]],
  );
  const attendance = attendanceOf(reckoning, held, new Map(days));
  if (attendance && reaches(attendance, percent)) return 'reached';
  const isHeard = entered.some((each) => reckoning.decides.includes(each.month) && each.heard !== undefined);
  return attendance && (!lives || isHeard) ? 'below' : 'awaited';
}
