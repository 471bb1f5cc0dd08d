import { z } from 'zod';
import { happened } from '../../records/reads/happened';
import { instant } from '../http/fields';
import { pageRoute } from '../http/page-route';
import { paging } from '../http/paging';
import { caseReaders } from '../http/readers';
import { mustSee, paramsOf } from '../http/stateful';
import { tag } from './case-shape';

const shape = z
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

export const timeline = pageRoute({
  path: '/cases/{id}/timeline',
  tag,
  summary: 'The events of a case in words: who acted, in which role, when, and on which grounds',
  who: caseReaders,
  params: paramsOf('case'),
  query: z.strictObject(paging),
  item: shape,
  async read(ctx, { after, take }) {
    await mustSee(ctx, 'case');
    const { db } = ctx.records;
    const events = await db.event.findMany({
      where: { caseId: ctx.params.id, id: { gt: idIn(after.gt) } },
      orderBy: { id: 'asc' },
      take,
    });
    const told = await happened(db, events, ctx.actor, ctx.now);
    return events.map(({ id, params, correlationId }, i) => ({ id, ...told[i], params, correlationId }));
  },
  keyOf: ({ id }) => String(id),
  shown: ({ id: _id, ...event }) => event,
});

const idIn = (key: string): bigint => (/^\d{1,18}$/.test(key) ? BigInt(key) : 0n);
