import { z } from 'zod';
import { isMonth } from '../../domain/money/months';
import { claimPathway } from '../../domain/pathways/claim';
import type { Prisma } from '../../prisma/generated/client';
import { blockersForAll } from '../../records/money/blockers';
import { chainOf } from '../../records/reads/chain';
import { choiceRoute, commandRoutes } from '../http/command-route';
import { idOf } from '../http/fields';
import { workerFor } from '../../records/reads/money';
import { definedFields } from '../http/defined-fields';
import { listed } from '../http/listed';
import { itemOf, waitsLike } from '../http/lists';
import { pageOf } from '../http/paging';
import { moneyReaders } from '../http/readers';
import { route } from '../http/route';
import { collectionOf, flag, oneRoute, stateful } from '../http/stateful';
import { moneyQuery, moneyWhere } from './subsidy-commands';
import { visible } from '../http/visible';

const states = [...claimPathway.open, ...claimPathway.closed] as const;
const month = z
  .string()
  .refine((text) => /^\d{4}-\d{2}$/.test(text) && isMonth(text), 'Give a month as YYYY-MM')
  .meta({ pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$`, example: '2024-03' });

const summary = {
  subsidyId: z.string(),
  programme: z.string(),
  month: z.string().meta({ description: 'The month that was worked. It is empty for an adaptation.' }),
  employerId: z.string(),
  personId: z.string().nullable(),
  area: z.string(),
  amount: z.int().nullable().meta({ description: 'So’m.' }),
  revision: z.int(),
  settledOn: z.string().nullable(),
  blockers: z
    .array(z.string())
    .meta({ description: 'The reasons why it cannot be approved now. They are computed at each call.' }),
};

const claimItem = stateful('ClaimItem', summary);
export const claimShape = stateful('Claim', {
  ...summary,
  calculation: z.looseObject({}).nullable().meta({
    description: 'The calculation of the amount: BHM × multiple × share, with rule, act and version.',
  }),
  reached: z.string().nullable().meta({ description: 'The calculation in one line.' }),
  paidBy: z.string().nullable().meta({
    description: 'The day by which it is paid if nothing blocks it. Null when no day can be given.',
  }),
  payments: z.array(z.looseObject({ key: z.string(), state: z.string(), amount: z.int() })),
  chain: z.looseObject({}).optional().meta({
    description:
      'For auditors: the order, the registers’ raw answers with their times, the calculation, the officers, the account, the attempts and the receipts.',
  }),
});

const item = itemOf(summary);
type Listed = Prisma.ClaimGetPayload<{ include: { subsidy: true } }>;

const list = route({
  ...collectionOf('claim'),
  method: 'get',
  summary: 'Claims of the caller’s area, or of the employer itself',
  description:
    '`blocked` selects claims that wait for a finance officer: with yes those that have blockers, with no those without.',
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
      AND: [visible.claim(ctx.actor), moneyWhere(query)],
      ...definedFields({ subsidyId: query.subsidy, month: query.month }),
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

/** Reads until `n` rows fit, or there are no more. The test is one that no query can make. */
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
  summary: 'One claim with its calculation, its wait and its day of payment',
  who: moneyReaders,
  shape: claimShape,
  also: async ({ records, actor, params, now }) =>
    actor.role === 'auditor' ? { chain: await chainOf(records.db, params.id, actor, now) } : {},
});

const resolution = choiceRoute({
  kind: 'claim',
  names: ['resolution', 'dispute', 'unpayable'],
  choose: (body) => ('resolution' in body ? 'resolution' : 'outcome' in body ? 'dispute' : 'unpayable'),
  summary: 'Resolve a mismatch, a disputed payment, or a payment that nobody can receive',
  description:
    'The employment officer resolves a mismatch: a document says which side is right. No amount is entered. `evidence` stands in for a register’s answer, and `answered` answers a return (409 `not_the_question` otherwise). The finance officer resolves a disputed payment (allowedActions: `dispute`) and an unpayable one (`unpayable`).',
  answers: { 200: claimShape },
});

const commands = commandRoutes('claim', claimShape, {
  declaration: {
    summary: 'Declare the wages accrued and the income tax paid, as the employer (`above_quota`)',
    description:
      'It is due by the 20th of the next month. A late one is accepted for three months. Until the claim is approved the employer may correct it: both stand in the file, and the month is checked again.',
  },
  approval: {
    summary: 'Approve the claim as it was read',
    description:
      'For a finance officer who took no part before (else 403 `took_part`). Revision and amount are those of the claim as read, else 409 `changed`. 409 `blocked` names the blockers.',
  },
  return: { summary: 'Return the claim to the employment officer, with a code' },
});

export const claimRoutes = [list, one, resolution, ...commands];
