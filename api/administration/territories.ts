import { z } from 'zod';
import { levelOf, parentsOf } from '../../domain/soato';
import type { Tx } from '../../prisma/db';
import type { Prisma, Territory } from '../../prisma/generated/client';
import { recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { notNow, Refusal } from '../../records/kernel/refusal';
import { checkRevision, withRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { asCommand } from '../http/commands';
import { createOrChange } from '../http/create-or-change';
import { area, line, revision } from '../http/fields';
import { eventsRoute } from '../http/events-route';
import { filter, is } from '../http/filters';
import { importRoute } from '../http/import-route';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { overseers } from '../http/readers';
import { type Ctx, ok, route } from '../http/route';
import { sharing } from './sharing';

const tag = 'territories';
const code = area.refine((text) => text !== '', 'Give the code of a region, district or mahalla');
const names = { nameLatn: line, nameCyrl: line.nullable().default(null) };
const newTerritory = z.strictObject({ code, ...names });
const territory = z
  .object({
    code: z.string(),
    kind: z.enum(['region', 'district', 'mahalla']),
    parent: z.string().nullable(),
    nameLatn: z.string(),
    nameCyrl: z.string().nullable(),
    sharesWork: z.boolean().meta({ description: 'The case managers of the mahalla share their worklist.' }),
  })
  .meta({ id: 'Territory' });

const edited = territory.extend({ revision }).meta({ id: 'TerritoryEdited' });

const edit = (tx: Pick<Tx, 'revision'>, row: Territory) => withRevision(tx, `territory/${row.code}`, row);

const list = pageRoute<Prisma.TerritoryWhereInput>()({
  path: '/territories',
  tag,
  summary: 'Regions, districts and mahallas',
  who: 'anyone signed in',
  filters: {
    parent: filter(area, (parent) => ({ parent: parent === '' ? null : parent })),
    kind: is('kind', z.enum(['region', 'district', 'mahalla'])),
  },
  item: territory,
  parts: () => [{}],
  after: (gt) => ({ code: { gt } }),
  read: ({ records }, find) => records.db.territory.findMany({ ...find, orderBy: { code: 'asc' } }),
  count: (db, find) => db.territory.count(find),
  keyOf: ({ code: key }) => key,
  shown: (row) => row,
});

const params = z.strictObject({ code });

const one = route({
  method: 'get',
  path: '/territories/{code}',
  tag,
  summary: 'One territory',
  who: 'anyone signed in',
  params,
  answers: { 200: edited },
  handle: async (ctx) => ok(await edit(ctx.records.db, await named(ctx))),
});

async function named({ records, params: where }: Ctx<{ code: string }>): Promise<Territory> {
  const row = await records.db.territory.findUnique({ where });
  if (!row) throw notFound();
  return row;
}

const events = eventsRoute({
  path: '/territories/{code}/events',
  tag,
  summary: 'What was recorded and changed of a territory: who, when, which fields',
  who: overseers,
  params,
  eventsOf: async (ctx) => ({ subject: `territory/${(await named(ctx)).code}` }),
});

const create = route({
  method: 'post',
  path: '/territories',
  tag,
  summary: 'Record a territory',
  who: ['administrator'],
  command: true,
  body: newTerritory,
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'territory', subject: `territory/${ctx.body.code}`, body: ctx.body },
      async (transaction) => {
        if (await transaction.tx.territory.findUnique({ where: { code: ctx.body.code } }))
          throw notNow(
            'already_recorded',
            'This territory is recorded already. Use PUT to change its names.',
          );
        const row = await write(transaction, ctx.body);
        return { status: 201, body: await edit(transaction.tx, row) };
      },
    ),
});

const rename = route({
  method: 'put',
  path: '/territories/{code}',
  tag,
  summary: 'Change the names of a territory',
  who: ['administrator'],
  command: true,
  edits: true,
  params,
  body: z.strictObject(names),
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'territory', subject: `territory/${ctx.params.code}`, body: ctx.body },
      async (transaction) => {
        await transaction.tx
          .$queryRaw`SELECT code FROM territories WHERE code = ${ctx.params.code} FOR NO KEY UPDATE`;
        const known = await transaction.tx.territory.findUnique({ where: ctx.params });
        if (!known) throw new Refusal(404, 'not_found', 'No territory with this code is recorded.');
        await checkRevision(transaction);
        const row = await transaction.tx.territory.update({ where: ctx.params, data: ctx.body });
        await recordChange(transaction, {
          kind: 'territory',
          key: row.code,
          before: known,
          said: ctx.body,
          params: { code: row.code },
        });
        return { status: 200, body: await edit(transaction.tx, row) };
      },
    ),
});

type NewTerritory = z.output<typeof newTerritory>;

/** @throws Refusal 422 when the area around it is not recorded */
async function write(
  transaction: Transaction,
  { code: own, nameLatn, nameCyrl }: NewTerritory,
): Promise<Territory> {
  const parent = parentOf(own);
  if (parent !== null && !(await transaction.tx.territory.findUnique({ where: { code: parent } })))
    throw new Refusal(422, 'unknown_territory', 'Record the area around it first.', [
      { field: 'code', detail: 'Record the area around it first.' },
    ]);
  const row = await transaction.tx.territory.create({
    data: { code: own, kind: levelOf(own), parent, nameLatn, nameCyrl },
  });
  await record(transaction, 'territory_recorded', {}, { code: own });
  return row;
}

const parentOf = (own: string): string | null => parentsOf(own)[0] || null;

const importing = importRoute<NewTerritory>({
  path: '/territories/import',
  tag,
  summary: 'Import territories from CSV',
  description:
    'Columns: code, nameLatn, nameCyrl (optional). Regions before their districts, districts before their mahallas.',
  who: ['administrator'],
  what: 'territories',
  kind: 'territory',
  row: newTerritory,
  columns: { needed: ['code', 'nameLatn'], possible: ['nameCyrl'] },
  keys: () => (row) => row.code,
  async write({ tx }, rows) {
    const known = await recordedOf(
      tx,
      rows.flatMap((row) => [row.code, parentOf(row.code) ?? '']),
    );
    const there = new Set(known.keys());
    const plan = ({ code: own, ...said }: NewTerritory) => {
      const parent = parentOf(own);
      if (parent !== null && !there.has(parent))
        return { field: 'code', detail: 'Record the area around it first.' };
      there.add(own);
      const before = known.get(own);
      return { ...(before && { before: { id: own, ...before } }), said };
    };
    return createOrChange('territory', rows, plan, {
      numbers: (fresh) => Promise.resolve(fresh.map((row) => row.code)),
      create: (made) =>
        tx.territory.createMany({
          data: made.map(({ id, said }) => ({
            code: id,
            kind: levelOf(id),
            parent: parentOf(id),
            ...said,
          })),
        }),
      update: (id, data) => tx.territory.update({ where: { code: id }, data }),
    });
  },
  event: (id) => ({ params: { code: id } }),
});

async function recordedOf(tx: Tx, codes: readonly string[]): Promise<Map<string, Territory>> {
  const rows = await tx.territory.findMany({ where: { code: { in: [...new Set(codes)] } } });
  return new Map(rows.map((row) => [row.code, row]));
}

export const territoryRoutes = [list, create, importing, one, events, rename, sharing];
