import { z } from 'zod';
import type { Db } from '../../prisma/db';
import type { Actor } from '../../domain/roles';
import type { Centre, Prisma } from '../../prisma/generated/client';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { notNow, Refusal } from '../../records/kernel/refusal';
import { checkRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { named } from '../../records/reads/lists/named';
import { checkArea } from '../http/areas';
import { Coder } from '../http/coded';
import { asCommand } from '../http/commands';
import { eventsRoute } from '../http/events-route';
import { district, stir } from '../http/fields';
import { filter, is } from '../http/filters';
import { soughtName } from '../http/names';
import { pageRoute } from '../http/page-route';
import { notFound } from '../http/problem';
import { courseReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { visibleCentres } from '../http/visible';
import { importing } from './centre-import';
import {
  centre,
  edit,
  edited,
  fields,
  keepers,
  kind,
  lockCentre,
  newCentre,
  params,
  shown,
  tag,
} from './centre-shape';

const list = pageRoute<Prisma.CentreWhereInput>()({
  path: '/centres',
  tag,
  summary: 'Centres of vocational training of the caller’s region',
  description: 'A training officer of a centre sees that centre.',
  who: courseReaders,
  filters: {
    district: is('district', district),
    stir: is('stir', stir),
    kind: is('kind', kind),
    name: filter(
      soughtName.meta({ description: 'Words of the name, in either script, with any apostrophe or none.' }),
      named,
    ),
  },
  item: centre,
  parts: ({ actor }) => [visibleCentres(actor)],
  after: (gt) => ({ id: { gt } }),
  count: (db, find) => db.centre.count(find),
  async read({ records: { db }, actor }, find) {
    const vocabulary = await readVocabulary(db, db);
    const rows = await db.centre.findMany({ ...find, orderBy: { id: 'asc' } });
    return rows.map((row) => shown(row, vocabulary, actor));
  },
  keyOf: ({ id }) => id,
  shown: (row) => row,
});

const one = route({
  method: 'get',
  path: '/centres/{id}',
  tag,
  summary: 'One centre',
  who: courseReaders,
  params,
  answers: { 200: edited },
  async handle({ records: { db }, actor, params: { id } }) {
    const row = await centreSeen(db, id, actor);
    return ok(await edit(db, row, await readVocabulary(db, db), actor));
  },
});

const events = eventsRoute({
  path: '/centres/{id}/events',
  tag,
  summary: 'What was recorded and changed of a centre: who, when, which fields',
  who: courseReaders,
  params,
  eventsOf: async ({ records, actor, params: { id } }) => ({
    subject: `centre/${(await centreSeen(records.db, id, actor)).id}`,
  }),
});

/** @throws Problem 404 for a centre that the caller does not see */
async function centreSeen(db: Pick<Db, 'centre'>, id: string, actor: Actor): Promise<Centre> {
  const row = await db.centre.findFirst({ where: { AND: [{ id }, visibleCentres(actor)] } });
  if (!row) throw notFound();
  return row;
}

const create = route({
  method: 'post',
  path: '/centres',
  tag,
  summary: 'Record a centre',
  description: 'A training officer of a centre changes that centre, and records no other.',
  who: keepers,
  command: true,
  body: newCentre,
  answers: { 201: edited },
  handle: (ctx) =>
    asCommand(ctx, { name: 'centre', body: ctx.body }, async (transaction) => {
      const { tx, actor } = transaction;
      if (actor.centreId !== undefined)
        throw new Refusal(
          403,
          'not_yours',
          'You keep the record of your own centre. Ask an administrator to record another.',
        );
      await checkArea(tx, actor, 'district', ctx.body.district);
      if (await tx.centre.findUnique({ where: { stir: ctx.body.stir } }))
        throw notNow('already_recorded', 'A centre with this STIR is recorded already. Change that record.');
      const data = await inCodes(transaction, ctx.body);
      const id = await nextNumber(tx, 'centre');
      transaction.subject = `centre/${id}`;
      const row = await tx.centre.create({ data: { id, ...data } });
      await record(transaction, 'centre_recorded', {});
      return { status: 201, body: await edit(tx, row, await transaction.vocabulary(), actor) };
    }),
});

const change = route({
  method: 'patch',
  path: '/centres/{id}',
  tag,
  summary: 'Change a centre',
  who: keepers,
  command: true,
  edits: true,
  params,
  body: z.strictObject(fields).partial(),
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'centre', subject: `centre/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { tx, actor } = transaction;
        const before = await lockCentre(transaction, ctx.params.id);
        await checkRevision(transaction);
        if (ctx.body.district !== undefined) await checkArea(tx, actor, 'district', ctx.body.district);
        const { data } = changesOf(before, await inCodes(transaction, ctx.body));
        const row = await tx.centre.update({ where: ctx.params, data });
        await recordChange(transaction, { kind: 'centre', key: row.id, before, said: data });
        return { status: 200, body: await edit(tx, row, await transaction.vocabulary(), actor) };
      },
    ),
});

/** The accessibility in codes. @throws Problem 422 for a word that is no condition */
async function inCodes<Said extends { accessibility?: string[] | undefined }>(
  transaction: Transaction,
  said: Said,
): Promise<Said> {
  if (!said.accessibility) return said;
  const coder = new Coder(await transaction.vocabulary());
  const accessibility = coder.list('accessibility', 'condition', said.accessibility);
  coder.check();
  return { ...said, accessibility };
}

export const centreRoutes = [list, create, importing, one, events, change];
