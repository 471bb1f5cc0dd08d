import { z } from 'zod';
import { doubleInWords } from '../../domain/words/words';
import type { Json } from '../../prisma/db';
import { countPairs, mustBeJoinable, mustBeJoined, pairsOf } from '../../records/joining';
import { propose } from '../../records/money/proposing';
import { notNow, Refusal } from '../../records/kernel/refusal';
import { readerOf } from '../../records/reads/reader';
import type { Transaction } from '../../records/kernel/transaction';
import { approvalShape } from '../money/approvals';
import { asCommand, made } from '../http/commands';
import { text } from '../http/fields';
import { after, page, pageOf, paging, rowsToRead, totalOf } from '../http/paging';
import { params, person, shown, tag, withLatest } from './person';
import { type Ctx, ok, route } from '../http/route';

const doubles = route({
  method: 'get',
  path: '/people/doubles',
  tag,
  summary: 'Pairs of records that may be of one person',
  description: 'They have the same name, birth and mahalla, and another PINFL. Joined records are left out.',
  who: ['supervisor', 'auditor', 'administrator'],
  query: z.strictObject(paging),
  answers: { 200: pageOf(z.object({ people: z.array(person), words: z.string() })) },
  async handle({ records, actor, query, now }) {
    const [a = '', b = ''] = (after(query) ?? '').split(':');
    const pairs = await pairsOf(records.db, { area: actor.area, after: { a, b }, n: rowsToRead(query) });
    const total = await totalOf((most) => countPairs(records.db, actor.area, most));
    const ids = pairs.flatMap((pair) => [pair.a, pair.b]);
    const rows = await records.db.person.findMany({ where: { id: { in: ids } }, include: withLatest(actor) });
    const people = new Map(rows.map((row) => [row.id, shown(row)]));
    return ok(
      page(
        query,
        pairs,
        total,
        (pair) => `${pair.a}:${pair.b}`,
        (pair) => ({
          people: [people.get(pair.a), people.get(pair.b)],
          words: doubleInWords(readerOf(actor, now), pair.b),
        }),
      ),
    );
  },
});

const grounds = text.meta({ description: 'The grounds, for the person who decides.' });

const joining = route({
  method: 'post',
  path: '/people/{id}/joining',
  tag,
  summary: 'Propose that this record be joined to another of the same person',
  description:
    'An administrator decides (POST /approvals/{id}/decision). Then the other record is used in place of this one, and shows the ' +
    'facts of both. Nothing is moved or deleted, and no payment changes. A separation undoes it.',
  who: ['supervisor'],
  command: true,
  params,
  body: z.strictObject({ into: params.shape.id.meta({ description: 'The record that is kept.' }), grounds }),
  answers: { 201: approvalShape },
  handle: (ctx) => proposing(ctx, 'join', ctx.body.into, ctx.body.grounds),
});

const separating = route({
  method: 'post',
  path: '/people/{id}/separation',
  tag,
  summary: 'Propose that a joined record become a person’s own record again',
  description:
    'An administrator decides (POST /approvals/{id}/decision). Acts between joining and separation stay where they were recorded.',
  who: ['supervisor'],
  command: true,
  params,
  body: z.strictObject({ grounds }),
  answers: { 201: approvalShape },
  handle: (ctx) => proposing(ctx, 'separation', null, ctx.body.grounds),
});

/** @param into the record that is kept; null for the one that this record is joined to */
const proposing = (ctx: Ctx<{ id: string }>, kind: 'join' | 'separation', into: string | null, why: string) =>
  asCommand(
    ctx,
    { name: kind, subject: `person/${ctx.params.id}`, body: ctx.body as Json },
    async (transaction) => {
      const { id } = ctx.params;
      const row = await inArea(transaction, id);
      const it = { person: id, into: into ?? row.joinedTo ?? '' };
      if (it.into === '')
        throw notNow('not_joined', `${id} is joined to no other record, so there is nothing to separate.`);
      const { mahalla: where } = await inArea(transaction, it.into);
      await (kind === 'join' ? mustBeJoinable(transaction, it) : mustBeJoined(transaction, it));
      const area = where.slice(0, 7);
      const proposal = await propose(transaction, {
        kind,
        about: `person/${id}`,
        area,
        body: it,
        grounds: why,
      });
      return made(transaction, 'approval', proposal);
    },
  );

/** A person of the caller's own area. @throws Refusal 404 */
async function inArea({ tx, actor }: Transaction, id: string) {
  const row = await tx.person.findFirst({ where: { id, mahalla: { startsWith: actor.area } } });
  if (!row) throw new Refusal(404, 'not_found', 'There is no such person in your area. Check the number.');
  return row;
}

export const doubleRoutes = [doubles, joining, separating];
