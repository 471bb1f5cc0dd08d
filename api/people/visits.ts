import { z } from 'zod';
import type { Day } from '../../domain/day';
import type { Prisma } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { asCommand } from '../http/commands';
import { day, lines, text } from '../http/fields';
import { route } from '../http/route';
import { lockPerson, params, tag } from './person';

export const visit = z
  .object({
    on: z.string(),
    offered: z.array(z.string()),
    wish: z.string(),
    note: z.string().nullable(),
    comeAgainOn: z.string().nullable(),
    by: z.string(),
    byName: z.string().optional(),
  })
  .meta({ id: 'Visit' });

export const shownVisit = ({
  on,
  offered,
  wish,
  note,
  comeAgainOn,
  byId,
}: Prisma.VisitGetPayload<object>) => ({
  on,
  offered,
  wish,
  note,
  comeAgainOn,
  by: byId,
});

const wants = ['job', 'trade', 'own_business', 'nothing_now', 'not_met'] as const;

export const visiting = route({
  method: 'post',
  path: '/people/{id}/visits',
  tag,
  summary: 'Record a visit: the offers, the person’s wish, and the day of the next visit',
  description:
    'POST /cases opens a case for a wish. The wish *nothing now* is no refusal. A visit that met nobody (`not_met`) keeps the day of the next visit, unless it gives another.',
  who: ['case_manager', 'supervisor'],
  command: true,
  params,
  body: z.strictObject({
    on: day,
    offered: lines.default([]),
    wish: z.enum(wants),
    note: text.nullable().default(null),
    comeAgainOn: day.nullable().default(null),
  }),
  answers: { 201: visit },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'visit', subject: `person/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { body, params: at } = ctx;
        const before = await lockPerson(transaction, at.id);
        if (body.on > transaction.today)
          throw wrongField('on', 'future_day', 'Is still to come. Record the visit on that day or later.');
        if (body.on < before.birth)
          throw wrongField('on', 'before_birth', 'Give a day after the person’s birth.');
        if (body.comeAgainOn !== null && body.comeAgainOn <= body.on)
          throw wrongField('comeAgainOn', 'before_visit', 'Give a day after the visit.');
        const comeAgainOn =
          body.comeAgainOn ??
          (body.wish === 'not_met' ? await stillToCome(transaction, at.id, body.on) : null);
        const row = await transaction.tx.visit.create({
          data: { personId: at.id, ...body, comeAgainOn, byId: transaction.actor.id, at: transaction.now },
        });
        await record(transaction, 'visited', { personId: at.id }, { on: row.on, wish: row.wish });
        return { status: 201, body: shownVisit(row) };
      },
    ),
});

/** The day of the next visit by the person's last visit until a day. It stands until the person is visited [pathway §2]. */
async function stillToCome({ tx }: Transaction, personId: string, until: Day): Promise<Day | null> {
  const last = await tx.visit.findFirst({
    where: { personId: { in: await recordsOf(tx, personId) }, on: { lte: until } },
    orderBy: [{ on: 'desc' }, { id: 'desc' }],
    select: { comeAgainOn: true },
  });
  return last?.comeAgainOn ?? null;
}
