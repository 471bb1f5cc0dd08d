import { z } from 'zod';
import { isMonth } from '../../domain/money/months';
import { claimPathway } from '../../domain/pathways/claim';
import type { Prisma } from '../../prisma/generated/client';
import { blockersForAll } from '../../records/money/blockers';
import { chainOf } from '../../records/reads/chain';
import { choiceRoute, commandRoutes } from '../http/command-route';
import { idOf } from '../http/fields';
import { workerFor } from '../../records/reads/money';
import { given } from '../http/given';
import { listed } from '../http/listed';
import { itemOf, waitsLike } from '../http/lists';
import { pageOf } from '../http/paging';
import { moneyReaders } from '../http/readers';
import { route } from '../http/route';
import { collectionOf, flag, oneRoute, stateful } from '../http/stateful';
import { moneyQuery, moneyWhere } from './subsidy-commands';
import { visibleClaims } from '../http/visible';

const states = [...claimPathway.open, ...claimPathway.closed] as const;
const month = z
  .string()
  .refine((text) => /^\d{4}-\d{2}$/.test(text) && isMonth(text), 'Is no month, YYYY-MM')
  .meta({ pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$`, example: '2024-03' });

const summary = {
  subsidyId: z.string(),
  programme: z.string(),
  month: z.string().meta({ description: 'The month worked; empty for an adaptation.' }),
  employerId: z.string(),
  personId: z.string().nullable(),
  area: z.string(),
  amount: z.int().nullable().meta({ description: 'So’m.' }),
  revision: z.int(),
  settledOn: z.string().nullable(),
  blockers: z
    .array(z.string())
    .meta({ description: 'What stands in the way of its approval now: computed, never stored.' }),
};

const claimItem = stateful('ClaimItem', summary);
export const claimShape = stateful('Claim', {
  ...summary,
  calculation: z
    .looseObject({})
    .nullable()
    .meta({ description: 'How the amount was reached: BHM × multiple × share, rule, act and version.' }),
  reached: z.string().nullable().meta({ description: 'The same in one line.' }),
  paidBy: z.string().nullable().meta({
    description: 'The day by which it is paid when nothing stands in the way; null when none can be told.',
  }),
  payments: z.array(z.looseObject({ key: z.string(), state: z.string(), amount: z.int() })),
  chain: z.looseObject({}).optional().meta({
    description:
      'For auditors: order, raw answers of the registers and when asked, calculation, who proposed and approved, account, attempts, receipts.',
  }),
});

const item = itemOf(summary);
type Listed = Prisma.ClaimGetPayload<{ include: { subsidy: true } }>;

const list = route({
  ...collectionOf('claim'),
  method: 'get',
  summary: 'Claims of the caller’s area, or of the employer itself',
  description: '`blocked`: those that a finance officer would decide, and cannot, or can.',
  who: moneyReaders,
  query: z.strictObject({
    ...moneyQuery,
    state: z.enum(states).optional(),
    subsidy: z.union([idOf('S'), idOf('A')]).optional(),
    month: month.optional(),
    blocked: flag.optional(),
  }),
  answers: { 200: pageOf(claimItem) },
  handle(ctx) {
    const { query } = ctx;
    const blocked = new Map<string, readonly string[]>();
    const where: Prisma.ClaimWhereInput = {
      AND: [visibleClaims(ctx.actor), moneyWhere(query)],
      ...given({ subsidyId: query.subsidy, month: query.month }),
    };
    const read = async (id: Prisma.StringFilter, n: number): Promise<Listed[]> => {
      const rows = await ctx.records.db.claim.findMany({
        where: { AND: [where, ...(query.blocked === undefined ? [] : [{ state: 'ready' }])], id },
        include: { subsidy: true },
        orderBy: { id: 'asc' },
        take: n,
      });
      for (const [each, which] of await blockersForAll(ctx.records.db, rows, ctx.now))
        blocked.set(each, which);
      return rows;
    };
    const isBlocked = ({ id }: Listed): boolean => (blocked.get(id) ?? []).length > 0;
    return listed(ctx, {
      kind: 'claim',
      waits: waitsLike(query, ctx.now),
      read:
        query.blocked === undefined
          ? read
          : (ids, n) => sifted(read, ids, n, (row) => isBlocked(row) === query.blocked),
      shown: (row) =>
        item({
          ...row,
          programme: row.subsidy.programme,
          personId: workerFor(ctx.actor, row.subsidy.personId),
          blockers: blocked.get(row.id) ?? [],
        }),
    });
  },
});

const CHUNK = 500;

/** Reads on until `n` rows fit that no query can find, or there are no more. */
async function sifted(
  read: (id: Prisma.StringFilter, n: number) => Promise<Listed[]>,
  ids: Prisma.StringFilter,
  n: number,
  fits: (row: Listed) => boolean,
): Promise<Listed[]> {
  const found: Listed[] = [];
  let from = ids;
  for (;;) {
    const rows = await read(from, CHUNK);
    found.push(...rows.filter(fits));
    const last = rows.at(-1);
    if (rows.length < CHUNK || last === undefined || found.length >= n) return found.slice(0, n);
    from = { ...ids, gt: last.id };
  }
}

const one = oneRoute({
  kind: 'claim',
  summary: 'One claim: how its amount was reached, what it waits for, when it is paid',
  who: moneyReaders,
  shape: claimShape,
  also: async ({ records, actor, params }) =>
    actor.role === 'auditor' ? { chain: await chainOf(records.db, params.id) } : {},
});

const resolution = choiceRoute({
  kind: 'claim',
  names: ['resolution', 'dispute', 'unpayable'],
  choose: (body) => ('resolution' in body ? 'resolution' : 'outcome' in body ? 'dispute' : 'unpayable'),
  summary: 'Resolve a mismatch, a disputed payment, or one that nobody can be paid',
  description:
    'A mismatch is the employment officer’s: which side stands, by a document, never an amount; a register’s silence by `evidence`, what a finance officer returned by `answered` (409 `not_the_question` otherwise). A disputed payment (allowedActions: `dispute`) and an unpayable one (`unpayable`) are the finance officer’s.',
  answers: { 200: claimShape },
});

const commands = commandRoutes('claim', claimShape, {
  declaration: {
    summary: 'The employer declares wages accrued and income tax paid (`above_quota`)',
    description: 'By the 20th of the month after; a late one is taken until three months after.',
  },
  approval: {
    summary: 'A finance officer who took no part before approves what was seen',
    description:
      'Revision and amount are those of the claim as read: otherwise 409 `changed`. 409 `blocked` names what stands in the way; 403 `took_part` when the caller had a hand in it.',
  },
  return: { summary: 'A finance officer returns a claim to the employment officer, with a code' },
});

export const claimRoutes = [list, one, resolution, ...commands];
