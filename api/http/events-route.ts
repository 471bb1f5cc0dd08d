import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client';
import { happened } from '../../records/reads/happened';
import { instant } from './fields';
import { instants } from './filters';
import { pageRoute } from './page-route';
import type { Ctx, Route } from './route';
import type { Described } from './stateful';

const shape = z
  .object({
    at: instant,
    type: z.string(),
    words: z.string(),
    grounds: z.string().nullable(),
    by: z.object({ id: z.string(), name: z.string().nullable(), role: z.string() }),
    subject: z.string(),
    params: z.looseObject({}).meta({
      description:
        'The parameters of the sentence. Of a change `fields` has the names of the fields, and `values` the values before and after, where they are no personal data.',
    }),
    citation: z.object({ rule: z.string(), act: z.string(), version: z.string() }).nullable().meta({
      description:
        'The rule that the event rests on (a deadline, an amount, the directive, a condition), the act of the rule, and the version of the policy. An event without a rule has null.',
    }),
    correlationId: z.string(),
  })
  .meta({ id: 'Happened' });

interface EventsRoute<P extends z.ZodType> extends Described {
  path: string;
  tag: string;
  who: Route['who'];
  params: P;
  /** Checks that the caller sees the record, and says which events are its own. */
  eventsOf: (ctx: Ctx<z.output<P>>) => Promise<Prisma.EventWhereInput>;
}

/** The events of one record in words, the oldest first. */
export const eventsRoute = <P extends z.ZodType>({ eventsOf, ...described }: EventsRoute<P>): Route =>
  pageRoute<Prisma.EventWhereInput>()({
    ...described,
    filters: instants('at', 'Events'),
    item: shape,
    parts: async (ctx) => [await eventsOf(ctx)],
    after: (key) => ({ id: { gt: idIn(key) } }),
    count: (db, find) => db.event.count(find),
    async read({ records: { db }, actor, now }, find) {
      const events = await db.event.findMany({ ...find, orderBy: { id: 'asc' } });
      const told = await happened(db, events, actor, now);
      return events.map(({ id, params, correlationId }, i) => ({ id, ...told[i], params, correlationId }));
    },
    keyOf: ({ id }) => String(id),
    shown: ({ id: _id, ...event }) => event,
  });

const idIn = (key: string): bigint => (/^\d{1,18}$/.test(key) ? BigInt(key) : 0n);
