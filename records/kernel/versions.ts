import { Prisma } from '../../prisma/generated/client';
import { calendarEntries } from './calendar';
import { lawNumbers } from './law';

/** The versions of the law and the calendar. A statement that is sent anyway reads them. */
export interface Versions {
  lawNumbers: string;
  calendarEntries: string;
}

/** These versions at an instant, as columns. */
export const versionColumns = (now: Date): Prisma.Sql =>
  Prisma.sql`${lawNumbers(now)} AS "lawNumbers", ${calendarEntries} AS "calendarEntries"`;
