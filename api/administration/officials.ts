import { z } from 'zod';
import { dayOf } from '../../domain/day';
import type { Official, Prisma } from '../../prisma/generated/client';
import { assign } from '../../records/assignments';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { isPerson } from '../../records/kernel/participations';
import { wrongLevel } from '../../records/kernel/offices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { checkRevision } from '../../records/kernel/revisions';
import { checkCentre, postOf } from '../../records/officials';
import { without } from '../../records/reads/shown';
import { fillGap } from '../../records/kernel/gaps';
import { checkArea } from '../http/areas';
import { asCommand } from '../http/commands';
import { orPreview, preview } from '../http/preview';
import { day, line, officeArea, yesNo } from '../http/fields';
import { eventsRoute } from '../http/events-route';
import { filter, is, within } from '../http/filters';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { overseers } from '../http/readers';
import { type Ctx, ok, route } from '../http/route';
import { importing } from './official-import';
import { moving, returning } from './official-moves';
import {
  checkFund,
  contact,
  edit,
  edited,
  id,
  moved,
  newOfficial,
  official,
  officialRoles,
  ownPinfl,
  person,
  shown,
  tag,
} from './official-shape';
import { workload } from './workload';

const list = pageRoute<Prisma.OfficialWhereInput>()({
  path: '/officials',
  tag,
  summary: 'Officials of the caller’s area',
  who: overseers,
  filters: {
    role: is('role', z.enum(officialRoles)),
    area: within('area', officeArea),
    left: filter(yesNo, (left) => ({ leftOn: left === 'yes' ? { not: null } : null })),
  },
  item: official,
  parts: ({ actor }) => [{ area: { startsWith: actor.area } }],
  after: (gt) => ({ id: { gt } }),
  read: ({ records }, find) => records.db.official.findMany({ ...find, orderBy: { id: 'asc' } }),
  count: (db, find) => db.official.count(find),
  keyOf: ({ id }) => id,
  shown: (row) => without(row, 'pinfl'),
});

const one = route({
  method: 'get',
  path: '/officials/{id}',
  tag,
  summary: 'One official',
  who: overseers,
  params: z.strictObject({ id }),
  answers: { 200: edited },
  handle: async (ctx) => ok(await edit(ctx.records.db, await inArea(ctx))),
});

async function inArea({ records, actor, params }: Ctx<{ id: string }>): Promise<Official> {
  const row = await records.db.official.findFirst({ where: { ...params, area: { startsWith: actor.area } } });
  if (!row) throw notFound();
  return row;
}

const events = eventsRoute({
  path: '/officials/{id}/events',
  tag,
  summary: 'What was recorded and changed of an official: who, when, which fields',
  who: overseers,
  params: z.strictObject({ id }),
  eventsOf: async (ctx) => ({ subject: `official/${(await inArea(ctx)).id}` }),
});

const create = route({
  method: 'post',
  path: '/officials',
  tag,
  summary: 'Record an official',
  description: 'The id is the subject of the official’s tokens.',
  who: ['administrator'],
  command: true,
  actions: ['task.appointment'],
  body: newOfficial,
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'official', subject: `official/${ctx.body.id}`, body: ctx.body },
      async (transaction) => {
        const { centre: centreId, ...body } = ctx.body;
        const level = wrongLevel(body.role, body.area);
        if (level !== undefined) throw wrongField('area', 'wrong_level', level);
        checkFund(body);
        if (body.area !== '') await checkArea(transaction.tx, transaction.actor, 'area', body.area);
        await checkCentre(transaction.tx, body, centreId);
        if (await transaction.tx.official.findUnique({ where: { id: body.id } }))
          throw notNow(
            'already_recorded',
            'An official with this id is recorded already. Change that record, or give another id.',
          );
        const row = await transaction.tx.official.create({ data: { ...body, centreId } });
        await fillGap(transaction, postOf(body.role, { ...body, centreId }));
        await record(transaction, 'official_recorded', {}, { official: row.id, name: row.name });
        return { status: 201, body: await edit(transaction.tx, row) };
      },
    ),
});

const change = route({
  method: 'patch',
  path: '/officials/{id}',
  tag,
  summary: 'Change an official’s name, contacts, or the person behind the account',
  description: 'The earlier acts of the account count as acts of that person from then on.',
  who: ['administrator'],
  command: true,
  edits: true,
  params: z.strictObject({ id }),
  body: z.strictObject({ name: line, ...contact, person, pinfl: ownPinfl }).partial(),
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'official', subject: `official/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        await transaction.tx
          .$queryRaw`SELECT id FROM officials WHERE id = ${ctx.params.id} FOR NO KEY UPDATE`;
        const before = await transaction.tx.official.findUnique({ where: ctx.params });
        if (!before) throw notFound();
        await checkRevision(transaction);
        const { data } = changesOf(before, ctx.body);
        const row = await transaction.tx.official.update({ where: ctx.params, data });
        await isPerson(transaction, before, row);
        const params = { official: row.id };
        await recordChange(transaction, { kind: 'official', key: row.id, before, said: data, params });
        return { status: 200, body: await edit(transaction.tx, row) };
      },
    ),
});

const leaving = route({
  method: 'post',
  path: '/officials/{id}/leaving',
  tag,
  summary: 'An official leaves: their cases and tasks go to the head’s worklist in the same step',
  description: 'POST /assignments hands them to another official instead.',
  who: ['administrator'],
  command: true,
  params: z.strictObject({ id }),
  query: z.strictObject({ preview }),
  body: z.strictObject({ on: day }),
  answers: orPreview({ 200: official.extend({ moved }) }),
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'leaving', subject: `official/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        if (ctx.body.on > dayOf(transaction.now))
          throw wrongField('on', 'future_day', 'Is still to come. Record it on that day or later.');
        const known = await transaction.tx.official.findUnique({ where: ctx.params });
        if (known?.leftOn) throw notNow('left_already', `The official left on ${known.leftOn}.`);
        const moved = await assign(transaction, { from: ctx.params.id, to: 'office', leaves: ctx.body.on });
        const row = await transaction.tx.official.findUniqueOrThrow({ where: ctx.params });
        return { status: 200, body: { ...(await shown(transaction.tx, row)), moved } };
      },
    ),
});

export const officialRoutes = [
  list,
  create,
  importing,
  one,
  events,
  change,
  moving,
  leaving,
  returning,
  workload,
];
