import { z } from 'zod';
import { recordEmployer } from '../../records/employers';
import type { Employer, Prisma } from '../../prisma/generated/client';
import { notNow } from '../../records/kernel/refusal';
import { named } from '../../records/reads/lists/named';
import { checkArea } from '../http/areas';
import { asCommand } from '../http/commands';
import { district, stir } from '../http/fields';
import { filter, is } from '../http/filters';
import { soughtName } from '../http/names';
import { eventsRoute } from '../http/events-route';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { jobReaders, officialsOfJobs } from '../http/readers';
import { type Ctx, ok, route } from '../http/route';
import { visibleEmployers } from '../http/visible';
import { change } from './employer-change';
import { importing } from './employer-import';
import { proposal } from './employer-proposal';
import { edit, edited, employer, keepers, newEmployer, params, shown, states, tag } from './employer-shape';

const list = pageRoute<Prisma.EmployerWhereInput>()({
  path: '/employers',
  tag,
  summary: 'Employers of the caller’s region',
  who: jobReaders,
  filters: {
    district: is('district', district),
    stir: is('stir', stir),
    name: filter(
      soughtName.meta({ description: 'Words of the name, in either script, with any apostrophe or none.' }),
      named,
    ),
    state: is('state', z.enum(states)),
  },
  item: employer,
  parts: ({ actor }) => [visibleEmployers(actor)],
  after: (gt) => ({ id: { gt } }),
  read: ({ records }, find) => records.db.employer.findMany({ ...find, orderBy: { id: 'asc' } }),
  count: (db, find) => db.employer.count(find),
  keyOf: ({ id }) => id,
  shown,
});

const one = route({
  method: 'get',
  path: '/employers/{id}',
  tag,
  summary: 'One employer',
  who: jobReaders,
  params,
  answers: { 200: edited },
  async handle(ctx) {
    const { db } = ctx.records;
    const answer = await edit(db, await visibleTo(ctx));
    return ok(answer);
  },
});

async function visibleTo({ records, actor, params: { id } }: Ctx<{ id: string }>): Promise<Employer> {
  const row = await records.db.employer.findFirst({ where: { AND: [{ id }, visibleEmployers(actor)] } });
  if (!row) throw notFound();
  return row;
}

const events = eventsRoute({
  path: '/employers/{id}/events',
  tag,
  summary: 'What was recorded and changed of an employer: who, when, which fields',
  who: officialsOfJobs,
  params,
  eventsOf: async (ctx) => ({ subject: `employer/${(await visibleTo(ctx)).id}` }),
});

const create = route({
  method: 'post',
  path: '/employers',
  tag,
  summary: 'Record an employer',
  who: keepers,
  command: true,
  body: newEmployer,
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(ctx, { name: 'employer', body: ctx.body }, async (transaction) => {
      await checkArea(transaction.tx, transaction.actor, 'district', ctx.body.district);
      if (await transaction.tx.employer.findUnique({ where: { stir: ctx.body.stir } }))
        throw notNow(
          'already_recorded',
          'An employer with this STIR is recorded already. Change that record.',
        );
      const row = await recordEmployer(transaction, ctx.body);
      transaction.subject = `employer/${row.id}`;
      return { status: 201, body: await edit(transaction.tx, row) };
    }),
});

export const employerRoutes = [list, create, importing, proposal, one, events, change];
