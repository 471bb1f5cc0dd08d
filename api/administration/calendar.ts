import { z } from 'zod';
import { isWorkingDay } from '../../domain/calendar';
import { addDays, daysBetween } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { readCalendar } from '../../records/kernel/calendar';
import { wake } from '../../records/kernel/wake';
import { asCommand } from '../http/commands';
import { day } from '../http/fields';
import { eventsRoute } from '../http/events-route';
import { malformed } from '../http/problem';
import { overseers } from '../http/readers';
import { ok, route } from '../http/route';

const tag = 'calendar';
const MOST_DAYS = 400;

const entry = z.strictObject({
  week: z.enum(['all', 'five', 'six']),
  kind: z.enum(['holiday', 'eid', 'extra', 'moved', 'working']),
  status: z.enum(['published', 'computed']).default('published'),
});

const shownDay = z
  .object({
    date: z.string(),
    worked: z.object({ five: z.boolean(), six: z.boolean() }),
    entries: z.array(entry),
  })
  .meta({ id: 'CalendarDay' });

const show = route({
  method: 'get',
  path: '/calendar',
  tag,
  summary: 'Working days, in weeks of five and of six days',
  who: 'anyone signed in',
  query: z.strictObject({ from: day, to: day }),
  answers: { 200: z.object({ items: z.array(shownDay) }) },
  async handle({ records, query: { from, to } }) {
    const days = daysBetween(from, to) + 1;
    if (days < 1 || days > MOST_DAYS)
      throw malformed('query', [
        { field: 'to', detail: `Give "from" or one of the ${MOST_DAYS - 1} days after it.` },
      ]);
    const calendar = await readCalendar(records.db);
    const entries = await records.db.calendarEntry.findMany({
      where: { date: { gte: from, lte: to } },
      orderBy: { week: 'asc' },
    });
    const items = Array.from({ length: days }, (_, n) => {
      const date = addDays(from, n);
      return {
        date,
        worked: { five: isWorkingDay(calendar, date, 'five'), six: isWorkingDay(calendar, date, 'six') },
        entries: entries
          .filter((each) => each.date === date)
          .map(({ week, kind, status }) => ({ week, kind, status })),
      };
    });
    return ok({ items });
  },
});

const set = route({
  method: 'put',
  path: '/calendar/{date}',
  tag,
  summary: 'Set the kind of a day; open deadlines are computed again',
  description:
    'The entries replace those of the date: one for all weeks, or one for each. Without entries, weekends and fixed holidays decide. ' +
    'A deadline that is over stays over. One that would now lie in the past ends today.',
  who: ['administrator'],
  command: true,
  params: z.strictObject({ date: day }),
  body: z.strictObject({
    entries: z
      .array(entry)
      .max(3)
      .refine(
        (lines) => new Set(lines.map(({ week }) => week)).size === lines.length,
        'Name each week only once',
      ),
  }),
  answers: {
    200: shownDay.extend({
      change: z.string().nullable().meta({ description: 'The change’s number, K-000001.' }),
    }),
  },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'calendar', subject: `day/${ctx.params.date}`, body: ctx.body },
      async (transaction) => {
        const { date } = ctx.params;
        const { entries } = ctx.body;
        const before = await transaction.tx.calendarEntry.findMany({ where: { date } });
        const said = (lines: readonly { week: string; kind: string; status: string }[]) =>
          lines
            .map(({ week, kind, status }) => `${week} ${kind} ${status}`)
            .toSorted()
            .join();
        const changes = said(before) !== said(entries);
        let id: string | null = null;
        if (changes) {
          await transaction.tx.calendarEntry.deleteMany({ where: { date } });
          await transaction.tx.calendarEntry.createMany({ data: entries.map((line) => ({ date, ...line })) });
          id = await nextNumber(transaction.tx, 'calendarChange');
          await transaction.tx.calendarChange.create({
            data: { id, date, at: transaction.now, state: 'recomputing', since: transaction.now },
          });
          const kinds = (lines: readonly { kind: string }[]) =>
            lines.map((line) => line.kind).join(', ') || 'as usual';
          const params = { date, kind: kinds(entries), was: kinds(before), change: id };
          await record(transaction, 'calendar_changed', {}, params);
          await wake(transaction, `calendar/${id}`);
        }
        const calendar = await readCalendar(transaction.tx);
        const worked = {
          five: isWorkingDay(calendar, date, 'five'),
          six: isWorkingDay(calendar, date, 'six'),
        };
        return { status: 200, body: { date, worked, entries, change: id } };
      },
    ),
});

const events = eventsRoute({
  path: '/calendar/{date}/events',
  tag,
  summary: 'The changes of a day: who, when, and the kind of day before and after',
  who: overseers,
  params: z.strictObject({ date: day }),
  eventsOf: ({ params: { date } }) => Promise.resolve({ subject: `day/${date}` }),
});

export const calendarRoutes = [show, events, set];
