import { type Calendar, calendarOf, type CalendarEntry } from '../../domain/calendar';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';

/** The calendar as last read: the same entries are the same calendar. */
let known = { entries: '[]', calendar: calendarOf([]) };

/** The entries of the calendar, as SQL. */
export const calendarEntries: Prisma.Sql = Prisma.sql`
  (SELECT coalesce(json_agg(calendar ORDER BY date, week), '[]')::text FROM calendar)`;

/** The calendar as the administrator keeps it, inside a transaction or outside. */
export async function readCalendar(tx: Pick<Tx, '$queryRaw'>): Promise<Calendar> {
  const [{ entries }] = await tx.$queryRaw<[{ entries: string }]>`SELECT ${calendarEntries} AS entries`;
  return calendarOfEntries(entries);
}

/** The calendar of these entries: the copy in memory, or a new one. */
export function calendarOfEntries(entries: string): Calendar {
  if (entries !== known.entries)
    known = { entries, calendar: calendarOf(JSON.parse(entries) as CalendarEntry[]) };
  return known.calendar;
}
