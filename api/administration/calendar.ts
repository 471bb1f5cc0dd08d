import { z } from 'zod';
import { isWorkingDay } from '../../domain/calendar';
import { addDays, dayOf, daysBetween } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { readCalendar } from '../../records/kernel/calendar';
import { movedDue } from '../../records/kernel/tasks/recomputing';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import type { Preview } from '../../records/reads/preview';
import { describerOf } from '../../records/reads/tasks';
import { asCommand } from '../http/commands';
import { day } from '../http/fields';
import { eventsRoute } from '../http/events-route';
import { orPreview, preview, seesAs } from '../http/preview';
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
  query: z.strictObject({ preview }),
  answers: orPreview({
    200: shownDay.extend({
      change: z.string().nullable().meta({ description: 'The change’s number, K-000001.' }),
    }),
  }),
  handle(ctx) {
    let moves: Preview['moves'] = [];
    return asCommand(
      ctx,
      { name: 'calendar', subject: `day/${ctx.params.date}`, body: ctx.body, moves: () => moves },
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
          wake(transaction, `calendar/${id}`);
        }
        const calendar = await readCalendar(transaction.tx);
        const worked = {
          five: isWorkingDay(calendar, date, 'five'),
          six: isWorkingDay(calendar, date, 'six'),
        };
        if (ctx.preview && changes) moves = await movesNow(transaction);
        return { status: 200, body: { date, worked, entries, change: id } };
      },
    );
  },
});

/** The most deadlines that a preview looks at, those that are due first. */
const LOOKED_AT = 1000;

/** The open deadlines that the calendar moves as it is now, in words. Nothing is written. */
async function movesNow(transaction: Transaction): Promise<Preview['moves']> {
  const { tx, actor, now } = transaction;
  const tasks = await tx.task.findMany({
    where: { closedAt: null, due: { gte: now } },
    orderBy: [{ due: 'asc' }, { id: 'asc' }],
    take: LOOKED_AT,
  });
  const moved = [];
  for (const task of tasks) {
    const to = await movedDue(transaction, task);
    if (to && task.due) moved.push({ task, from: dayOf(task.due), to: dayOf(to) });
  }
  const seen = await seesAs(actor)(
    tx,
    moved.map(({ task }) => task.subject),
  );
  const shown = moved.filter(({ task }) => seen.has(task.subject));
  const described = await describerOf(
    tx,
    shown.map(({ task }) => task),
    actor,
    now,
  );
  return shown.map(({ task, ...days }) => ({
    subject: task.subject,
    about: described(task).about,
    what: task.kind,
    words: described(task).what,
    ...days,
  }));
}

const events = eventsRoute({
  path: '/calendar/{date}/events',
  tag,
  summary: 'The changes of a day: who, when, and the kind of day before and after',
  who: overseers,
  params: z.strictObject({ date: day }),
  eventsOf: ({ params: { date } }) => Promise.resolve({ subject: `day/${date}` }),
});

export const calendarRoutes = [show, events, set];
