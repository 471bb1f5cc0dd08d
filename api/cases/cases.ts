import { z } from 'zod';
import type { Case } from '../../prisma/generated/client';
import { readClosureForm } from '../../records/reads/closure-form';
import { recordsOf } from '../../records/joining';
import { area, pinfl } from '../http/fields';
import { named, soughtName } from '../http/names';
import { pageOf, paging } from '../http/paging';
import { ok, route } from '../http/route';
import { flag, listed, owners, paramsOf, personId, seen, waitsLike } from '../http/stateful';
import { inAnyRecord, visibleCases } from '../http/visible';
import { assignments } from './assignments';
import { caseCommands } from './case-commands';
import { caseItem, caseShape, readers, states, tag } from './case-shape';
import { opening } from './opening';
import { timeline } from './timeline';

const itemOf = ({
  id,
  state,
  since,
  personId: person,
  area: where,
  managerId,
  openedAt,
  eligibility,
  outcome,
  closedAt,
}: Case) => ({
  id,
  state,
  since,
  personId: person,
  area: where,
  managerId,
  openedAt,
  eligibility,
  outcome,
  closedAt,
});

const list = route({
  method: 'get',
  path: '/cases',
  tag,
  summary: 'Cases of the caller’s area',
  description:
    '`waitingFor` and `overdue` look at every open wait of the case and its referrals and employments.',
  who: readers,
  query: z.strictObject({
    ...paging,
    state: z.enum(states).optional(),
    waitingFor: z.enum(owners).optional(),
    overdue: flag.optional(),
    area: area.optional(),
    person: personId.optional(),
  }),
  answers: { 200: pageOf(caseItem) },
  handle(ctx) {
    const { query } = ctx;
    return listed(ctx, {
      kind: 'case',
      waits: waitsLike(query, ctx.now),
      read: async (id, n) =>
        ctx.records.db.case.findMany({
          where: {
            AND: [visibleCases(ctx.actor)],
            id,
            ...(query.state && { state: query.state }),
            ...(query.area !== undefined && { area: { startsWith: query.area } }),
            ...(query.person !== undefined && {
              personId: { in: await recordsOf(ctx.records.db, query.person) },
            }),
          },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: itemOf,
    });
  },
});

const search = route({
  method: 'post',
  path: '/cases/search',
  tag,
  summary: 'Find cases by the person’s name or PINFL',
  description:
    'A POST, so that no personal data stands in a URL. Names are looked for as in POST /people/search.',
  who: readers,
  query: z.strictObject(paging),
  body: z
    .strictObject({ name: soughtName.optional(), pinfl: pinfl.optional() })
    .refine((body) => (body.name === undefined) !== (body.pinfl === undefined), {
      path: ['name'],
      message: 'Exactly one of name and pinfl is needed',
    }),
  answers: { 200: pageOf(caseItem.extend({ person: z.object({ id: z.string(), name: z.string() }) })) },
  handle(ctx) {
    const { name, pinfl: number } = ctx.body;
    return listed(ctx, {
      kind: 'case',
      read: (id, n) =>
        ctx.records.db.case.findMany({
          where: {
            AND: [visibleCases(ctx.actor)],
            id,
            person: inAnyRecord({
              ...(name !== undefined && named(name)),
              ...(number !== undefined && { pinfl: number }),
            }),
          },
          include: { person: { select: { id: true, name: true } } },
          orderBy: { id: 'asc' },
          take: n,
        }),
      shown: (row) => ({ ...itemOf(row), person: row.person }),
    });
  },
});

const one = route({
  method: 'get',
  path: '/cases/{id}',
  tag,
  summary: 'One case',
  description: 'A closed case shows the form of what was done and how long each step took.',
  who: readers,
  params: paramsOf('case'),
  answers: { 200: caseShape },
  async handle(ctx) {
    const shown = await seen(ctx, 'case');
    return ok(
      shown['state'] === 'closed'
        ? { ...shown, form: await readClosureForm(ctx.records.db, ctx.params.id) }
        : shown,
    );
  },
});

export const caseRoutes = [opening, list, search, one, timeline, ...caseCommands, assignments];
