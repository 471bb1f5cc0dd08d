import { z } from 'zod';
import { citationOf } from '../../domain/citation';
import { eventInWords } from '../../domain/words/words';
import type { Event } from '../../prisma/generated/client';
import { readLaw } from '../../records/kernel/law';
import { namedIn, namesOf } from '../../records/reads/names';
import { readerOf } from '../../records/reads/reader';
import { instant } from '../http/fields';
import { after, page, pageOf, paging, rowsToRead } from '../http/paging';
import { caseReaders } from '../http/readers';
import { ok, route } from '../http/route';
import { paramsOf, seen } from '../http/stateful';
import { tag } from './case-shape';

const happened = z
  .object({
    at: instant,
    type: z.string(),
    words: z.string(),
    grounds: z.string().nullable(),
    by: z.object({ id: z.string(), name: z.string().nullable(), role: z.string() }),
    subject: z.string(),
    params: z.looseObject({}),
    citation: z.object({ rule: z.string(), act: z.string(), version: z.string() }).nullable().meta({
      description:
        'The rule that the event rests on (a deadline, an amount, the directive, a condition), the act of the rule, and the version of the policy. An event without a rule has null.',
    }),
    correlationId: z.string(),
  })
  .meta({ id: 'Happened' });

export const timeline = route({
  method: 'get',
  path: '/cases/{id}/timeline',
  tag,
  summary: 'The events of a case in words: who acted, in which role, when, and on which grounds',
  who: caseReaders,
  params: paramsOf('case'),
  query: z.strictObject(paging),
  answers: { 200: pageOf(happened) },
  async handle(ctx) {
    await seen(ctx, 'case');
    const { db } = ctx.records;
    const events = await db.event.findMany({
      where: { caseId: ctx.params.id, id: { gt: eventAfter(after(ctx.query)) } },
      orderBy: { id: 'asc' },
      take: rowsToRead(ctx.query),
    });
    const officials = await db.official.findMany({
      where: { id: { in: [...new Set(events.map((event) => event.actorId))] } },
      select: { id: true, name: true },
    });
    const names = new Map(officials.map(({ id, name }) => [id, name]));
    const reader = readerOf(ctx.actor, ctx.now, await namesOf(db, namedIn(events)));
    const { policies } = await readLaw(db, db, ctx.now);
    return ok(
      page(
        ctx.query,
        events,
        (event) => String(event.id),
        (event) => ({
          at: event.at,
          type: event.type,
          words: eventInWords(reader, event.type, event.params as Record<string, unknown>),
          grounds: event.grounds,
          by: { id: event.actorId, name: names.get(event.actorId) ?? null, role: event.actorRole },
          subject: event.subject,
          params: event.params,
          citation: citationOf(policies, cited(event)) ?? null,
          correlationId: event.correlationId,
        }),
      ),
    );
  },
});

/** What of an event says which rule it rests on. */
const cited = ({ type, params, policyId }: Pick<Event, 'type' | 'params' | 'policyId'>) => ({
  type,
  params: params as Record<string, unknown>,
  version: policyId,
});

const eventAfter = (key: string | undefined): bigint =>
  key !== undefined && /^\d{1,18}$/.test(key) ? BigInt(key) : 0n;
