import { isUndecided, type WordAboutPerson } from '../../domain/word-about-person';
import { addDays, afterDay, type Day } from '../../domain/day';
import { type WorkedMonth } from '../../domain/pathways/public-works';
import { lastDay } from '../../domain/money/months';
import { monthsOf, type Period } from '../../domain/money/period';
import { workedPeriod } from '../../domain/preconditions/public-works';
import type { Json } from '../../prisma/db';
import { type Case, Prisma, type PublicWorks } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTasks, type Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { endMeasure } from './carried-out';
import { backToPlanning } from './planning';
import { placeOf } from './place';

/** Public works with their case, the months entered and the organiser's word. */
export type Works = Omit<PublicWorks, 'months' | 'claim' | 'ending'> & {
  case: Case;
  months: WorkedMonth[];
  claim: WordAboutPerson | null;
  ending: Early | null;
};

/** The person, office or event that ends public works early, and the reason. */
export interface Early {
  by: 'person' | 'organiser' | 'hire' | 'case' | 'death';
  code: string;
  words?: string;
  /** The last day as agreed, of works that were cut short. */
  agreedLastOn?: Day;
}

export async function readWorks({ tx }: Transaction, id: string): Promise<Works> {
  const row = await tx.publicWorks.findUniqueOrThrow({ where: { id }, include: { case: true } });
  return {
    ...row,
    months: row.months as object as WorkedMonth[],
    claim: row.claim as object as WordAboutPerson | null,
    ending: row.ending as object as Early | null,
  };
}

export const claimOf = ({ id, claim }: Works): WordAboutPerson => {
  if (!claim) throw new Error(`${id} has no word of its organiser`);
  return claim;
};

/** The first day as agreed, and the last day. */
export const firstOf = ({ id, firstOn }: Works): Day => agreed(id, firstOn);
export const lastOf = ({ id, lastOn }: Works): Day => agreed(id, lastOn);

function agreed(id: string, day: Day | null): Day {
  if (day === null) throw new Error(`${id} is not agreed`);
  return day;
}

/** The case manager has the tasks about the person. Without an open case the supervisor of the area has them. */
export const placeOfWorks = ({ case: of, area, personId }: Works): Place =>
  of.open ? placeOf(of) : { area, personId };

/** The employment office has the other tasks. */
export const placeOfOffice = (row: Works): Place => ({ ...placeOfWorks(row), assigneeId: null });

export const aboutWorks = ({ caseId, personId, employerId }: PublicWorks | Works) => ({
  caseId,
  personId,
  employerId,
});

/** The instant at which the last day is over. */
export const endOfWorks = (lastOn: Day): Date => afterDay(lastOn);

/**
 * The days of a person in public works, by their other rows and by their plans. Some were recorded by hand before. A day may be in
 * both.
 */
export async function periodsOf({ tx }: Transaction, personIds: string[], except: string): Promise<Period[]> {
  const rows = await tx.publicWorks.findMany({
    where: {
      personId: { in: personIds },
      id: { not: except },
      OR: [{ startedOn: { not: null } }, { state: 'agreed' }],
    },
  });
  const planned = await tx.measure.findMany({
    where: {
      kind: 'public_works',
      startedOn: { not: null },
      endedOn: { not: null },
      case: { personId: { in: personIds } },
    },
  });
  return [
    ...rows.map(({ firstOn, lastOn, startedOn, endedOn }) => [startedOn ?? firstOn, endedOn ?? lastOn]),
    ...planned.map(({ startedOn, endedOn }) => [startedOn, endedOn]),
  ].flatMap(([from, to]) => (from && to ? { from, to } : []));
}

/** The months whose timesheet and pay nobody has entered yet. */
export function owedMonths(row: Pick<Works, 'startedOn' | 'endedOn' | 'lastOn' | 'months'>): string[] {
  const worked = workedPeriod(row);
  const entered = row.months.map(({ month }) => month);
  return worked ? monthsOf(worked).filter((month) => !entered.includes(month)) : [];
}

/** Timesheet and pay of each month are due by the 5th of the next month. */
export async function openMonths(transaction: Transaction, row: Works): Promise<void> {
  const place = placeOfOffice(row);
  const waits = owedMonths(row).map((month) => ({
    ...place,
    kind: 'works_month' as const,
    ref: month,
    from: lastDay(month),
  }));
  await openTasks(transaction, waits);
}

/** The waits that end with the works. Their months are still owed. */
const untilEnd = ['works_place', 'works_begin', 'works_end', 'works_hearing', 'works_claim'] as const;

/**
 * The last day of works that have begun is over: they are completed, or ended early where something had cut them short.
 *
 * @param transaction under the name of the works
 */
export async function finish(transaction: Transaction, row: Works, on: Day): Promise<void> {
  const outcome = row.ending === null ? 'completed' : 'ended_early';
  await close(transaction, row, { state: outcome, on, ending: row.ending });
  await endMeasure(transaction, 'public-works', row, { on, outcome, about: aboutWorks(row) });
  await backToPlanning(transaction, row.caseId);
}

async function close(
  transaction: Transaction,
  row: Works,
  { state, on, ending }: { state: 'completed' | 'ended_early'; on: Day | null; ending: Early | null },
): Promise<void> {
  const { startedOn, months } = row;
  const claim: WordAboutPerson | null =
    row.claim && isUndecided(row.claim) ? { ...row.claim, stage: 'lapsed' } : row.claim;
  const owed = owedMonths({ startedOn, endedOn: on, lastOn: on, months });
  await closeTasks(transaction, { kinds: untilEnd }, state);
  const later = (await openMonthWaits(transaction)).filter((month) => !owed.includes(month));
  for (const month of later) await closeTasks(transaction, { kinds: ['works_month'], ref: month }, state);
  await move(transaction, 'public-works', row, state, {
    startedOn,
    endedOn: startedOn === null ? null : on,
    endedAt: transaction.now,
    open: owed.length > 0,
    ...(claim && { claim: claim as object as Json }),
    ...(ending && { ending: ending as object as Json }),
  });
  const params = { number: row.id, on, code: ending?.code, by: ending?.by };
  if (state === 'completed') await record(transaction, 'public_works_completed', aboutWorks(row), params);
  else await record(transaction, 'public_works_ended', aboutWorks(row), params, ending?.words);
}

async function openMonthWaits({ tx, subject }: Transaction): Promise<string[]> {
  const open = await tx.task.findMany({
    where: { subject, kind: 'works_month', closedAt: null },
    select: { ref: true },
  });
  return open.map(({ ref }) => ref);
}

/**
 * Public works end before their last day, or before they began. The case is in planning. Where a first day has come and is not
 * entered, the entry is still owed: what was worked counts. An organiser whose word stands that the person did not come speaks of none.
 *
 * @param on the last day worked, where they have begun; not before their first day
 * @param plans whether the case plans anew; false where it ends or the person is hired
 */
export async function endEarly(
  transaction: Transaction,
  row: Works,
  { on, plans = true, ...ending }: Early & { on: Day; plans?: boolean },
): Promise<void> {
  const mayHaveBegun = row.startedOn === null && row.firstOn !== null && row.firstOn <= on;
  if (mayHaveBegun && ending.code !== 'did_not_come') await cutShort(transaction, row, on, ending);
  else await endNow(transaction, row, on, ending);
  if (plans) await backToPlanning(transaction, row.caseId);
}

/** Public works end. Those that have not begun have no days. */
export async function endNow(transaction: Transaction, row: Works, on: Day, ending: Early): Promise<void> {
  const here = inRow(transaction, subjectOf('public-works', row.id));
  const last = lastWorked(row, on);
  await close(here, row, { state: 'ended_early', on: last, ending });
  if (last !== null)
    await endMeasure(here, 'public-works', row, { on: last, outcome: 'ended_early', about: aboutWorks(row) });
}

function lastWorked({ startedOn, lastOn }: Works, on: Day): Day | null {
  if (startedOn === null) return null;
  const last = lastOn !== null && lastOn < on ? lastOn : on;
  return last < startedOn ? startedOn : last;
}

/** Public works get an earlier last day. A later one changes nothing. */
export async function cutShort(
  transaction: Transaction,
  row: Works,
  last: Day,
  ending: Early,
): Promise<void> {
  if (last >= lastOf(row)) return;
  const agreedLastOn = row.ending?.agreedLastOn ?? lastOf(row);
  const here = await setLast(transaction, row, last, { ...ending, agreedLastOn });
  const params = { number: row.id, on: last, code: ending.code };
  await record(here, 'public_works_cut_short', aboutWorks(row), params);
}

/** The hire that had cut public works short comes later. They have their agreed days again, until the person's next hire. */
export async function giveDaysBack(transaction: Transaction, row: Works): Promise<void> {
  const { ending } = row;
  const from = lastOf(row);
  const agreedOn = ending?.agreedLastOn ?? from;
  const next = await transaction.tx.employment.findFirst({
    where: {
      personId: { in: await recordsOf(transaction.tx, row.personId) },
      endedOn: null,
      hiredOn: { gt: from, lte: agreedOn },
    },
    orderBy: { hiredOn: 'asc' },
  });
  const last = next === null ? agreedOn : addDays(next.hiredOn, -1);
  if (last === from) return;
  const here = await setLast(transaction, row, last, last === agreedOn ? null : ending);
  await record(here, 'public_works_corrected', aboutWorks(row), { number: row.id, from, on: last });
}

/** @returns the transaction under the name of the works */
async function setLast(
  transaction: Transaction,
  row: Works,
  last: Day,
  ending: Early | null,
): Promise<Transaction> {
  const here = inRow(transaction, subjectOf('public-works', row.id));
  await openTasks(here, [{ ...placeOfOffice(row), kind: 'works_end', firesAt: endOfWorks(last) }]);
  await move(here, 'public-works', row, row.state as 'agreed', {
    lastOn: last,
    ending: ending === null ? Prisma.DbNull : (ending as object as Json),
  });
  return here;
}
