import { z } from 'zod';
import { viewOf } from '../../records/kernel/view';
import { named } from '../../records/reads/lists/named';
import { area, pinfl } from '../http/fields';
import { listed } from '../http/listed';
import { inMonth, instants, is, within } from '../http/filters';
import { itemOf, listRoute, byPerson, overdue, waitingFor } from '../http/lists';
import { soughtName } from '../http/names';
import { pageOf, paging } from '../http/paging';
import { caseReaders } from '../http/readers';
import { route } from '../http/route';
import { officialId, oneRoute } from '../http/stateful';
import { listParts } from '../http/list-parts';
import { foundInAnyRecord } from '../http/visible';
import { assignments } from './assignments';
import { caseCommands } from './case-commands';
import { caseItem, caseShape, states, summary, tag } from './case-shape';
import { opening } from './opening';
import { timeline } from './timeline';
import { versionRoutes } from './versions';

const item = itemOf(summary);

const list = listRoute({
  kind: 'case',
  summary: 'Cases of the caller’s area',
  description:
    '`waitingFor` and `overdue` count every open wait of the case, its referrals and its employments.',
  who: caseReaders,
  filters: {
    state: is('state', z.enum(states)),
    waitingFor,
    overdue,
    area: within('area', area),
    person: byPerson('cases'),
    manager: is('managerId', officialId.meta({ description: 'Only cases of this case manager.' })),
    month: inMonth('openedAt', 'Opened'),
    ...instants('openedAt', 'Opened'),
  },
  item: caseItem,
  read: (db, find) => db.case.findMany(find),
  shown: item,
});

const found = caseItem
  .extend({ person: z.object({ id: z.string(), name: z.string() }) })
  .meta({ id: 'CaseFound' });

const search = route({
  method: 'post',
  path: '/cases/search',
  tag,
  summary: 'Find cases by the person’s name or PINFL',
  description:
    'It is a POST, so that no URL holds personal data. Names are searched as in POST /people/search.',
  who: caseReaders,
  query: z.strictObject(paging),
  body: z
    .strictObject({ name: soughtName.optional(), pinfl: pinfl.optional() })
    .refine((body) => (body.name === undefined) !== (body.pinfl === undefined), {
      path: ['name'],
      message: 'Give either name or pinfl',
    }),
  answers: { 200: pageOf(found) },
  async handle(ctx) {
    const { name, pinfl: number } = ctx.body;
    const person = await foundInAnyRecord(ctx.records.db, {
      ...(name !== undefined && named(name)),
      ...(number !== undefined && { pinfl: number }),
    });
    return listed(ctx, viewOf(ctx.records, ctx.actor, ctx.now), {
      kind: 'case',
      parts: (await listParts(ctx.records.db, 'case', ctx.actor)).map((part) => ({ AND: [part], person })),
      read: (find) =>
        ctx.records.db.case.findMany({ ...find, include: { person: { select: { id: true, name: true } } } }),
      shown: (row) => ({ ...item(row), person: row.person }),
    });
  },
});

const one = oneRoute({
  kind: 'case',
  summary: 'One case',
  description: 'A closed case also shows its steps, and the time that each took.',
  who: caseReaders,
  shape: caseShape,
  also: (_ctx, { closureForm }) => (closureForm ? { form: closureForm } : {}),
});

export const caseRoutes = [
  opening,
  list,
  search,
  one,
  timeline,
  ...versionRoutes,
  ...caseCommands,
  assignments,
];
