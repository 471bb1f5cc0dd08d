import { type Calendar, calendarOf, type CalendarEntry } from '../../domain/calendar';
import type { Tx } from '../../prisma/db';

/** The calendar as last read: the same entries are the same calendar. */
let known = { entries: '[]', calendar: calendarOf([]) };

/** The calendar as the administrator keeps it, inside a transaction or outside. */
export async function readCalendar(tx: Pick<Tx, '$queryRaw'>): Promise<Calendar> {
  const [{ entries }] = await tx.$queryRaw<[{ entries: string }]>`
    SELECT coalesce(json_agg(calendar ORDER BY date, week), '[]')::text AS entries FROM calendar`;
  if (entries !== known.entries)
    known = { entries, calendar: calendarOf(JSON.parse(entries) as CalendarEntry[]) };
  return known.calendar;
}
