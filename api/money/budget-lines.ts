import { z } from 'zod';
import { parseLine } from '../../domain/money/lines';
import { ledgerAccounts } from '../../domain/money/postings';
import { afterDay, at } from '../../domain/day';
import { programmes } from '../../domain/policy';
import { contains } from '../../domain/soato';
import type { Tx } from '../../prisma/db';
import type { Prisma } from '../../prisma/generated/client';
import { proposeLine } from '../../records/money/line-change';
import { Refusal } from '../../records/kernel/refusal';
import { represent } from '../../records/reads/represent';
import { approvalShape } from './approvals';
import { asCommand } from '../http/commands';
import { day, instant, line as lineOfText, som } from '../http/fields';
import { after, notACursor, page, pageOf, paging, rowsToRead } from '../http/paging';
import { type Ctx, ok, route } from '../http/route';
import { listed, oneRoute, paramsOf, stateful } from '../http/stateful';
import { visibleLines } from '../http/visible';

const tag = 'budget';
const readers = ['finance_officer', 'employment_officer', 'auditor', 'administrator'] as const;
const soum = z.int().min(0).meta({ description: 'Whole so’m.' });

const lineShape = stateful('BudgetLine', {
  programme: z.enum(programmes),
  region: z.string(),
  year: z.int(),
  amount: soum.meta({ description: 'What may be spent, in whole so’m.' }),
  accounts: z
    .partialRecord(z.enum(ledgerAccounts), z.int())
    .meta({ description: 'What stands on each account of the ledger, in whole so’m.' }),
});

const list = route({
  method: 'get',
  path: '/budget-lines',
  tag,
  summary: 'Budget lines: a programme’s money in a region and year',
  who: readers,
  query: z.strictObject({
    ...paging,
    programme: z.enum(programmes).optional(),
    region: z
      .string()
      .regex(/^\d{4}$/, 'Is not the code of a region')
      .optional(),
    year: z.coerce.number().int().min(2000).max(2099).optional(),
    state: z.enum(['running', 'closed']).optional(),
  }),
  answers: { 200: pageOf(lineShape) },
  handle(ctx) {
    const { programme, region, year, state } = ctx.query;
    return listed(ctx, {
      kind: 'line',
      read: async (id, n) => {
        const rows = await ctx.records.db.budgetLine.findMany({
          where: {
            AND: [visibleLines(ctx.actor)],
            id,
            ...(programme && { programme }),
            ...(region !== undefined && { region }),
            ...(year !== undefined && { year }),
            ...(state && { state }),
          },
          omit: { rev: true, correlationId: true },
          orderBy: { id: 'asc' },
          take: n,
        });
        return withAccounts(ctx.records.db, rows);
      },
      shown: (row) => row,
    });
  },
});

async function withAccounts<R extends { id: string }>(db: Pick<Tx, 'ledgerEntry'>, rows: readonly R[]) {
  const sums = await db.ledgerEntry.groupBy({
    by: ['lineId', 'account'],
    where: { lineId: { in: rows.map(({ id }) => id) } },
    _sum: { amount: true },
  });
  return rows.map((row) => ({
    ...row,
    accounts: Object.fromEntries(
      sums
        .filter(({ lineId }) => lineId === row.id)
        .map(({ account, _sum }) => [account, Number(_sum.amount)]),
    ),
  }));
}

const one = oneRoute({
  kind: 'line',
  path: '/budget-lines/{id}',
  tag,
  summary: 'One budget line',
  who: readers,
  shape: lineShape,
});

const put = route({
  method: 'put',
  path: '/budget-lines/{id}',
  tag,
  summary: 'Propose that a budget line be opened, or changed, to an amount',
  description:
    'Another finance officer decides. Never below what is reserved, to be paid or paid already (409 `below_bound`).',
  who: ['finance_officer'],
  command: true,
  params: paramsOf('line'),
  body: z.strictObject({
    amount: som,
    act: lineOfText.meta({ description: 'The act that the amount rests on.' }),
  }),
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'line', subject: `line/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { id } = ctx.params;
        const { region } = parseLine(id);
        const known = await transaction.tx.territory.count({ where: { code: region, kind: 'region' } });
        if (known === 0 || !contains(transaction.actor.area, region))
          throw new Refusal(404, 'not_found', 'There is no such region in your area.');
        const proposal = await proposeLine(transaction, id, ctx.body.amount, ctx.body.act);
        return {
          status: 201,
          body: await represent(transaction.tx, 'approval', proposal, transaction.actor, transaction.now),
        };
      },
    ),
});

const entry = z
  .object({
    id: z.int(),
    posting: z.string().meta({ description: 'Entries of one posting sum to 0.' }),
    at: instant,
    event: z.string(),
    line: z.string(),
    account: z.enum(ledgerAccounts),
    amount: z.int().meta({ description: 'What the account gains, or loses when negative, in whole so’m.' }),
    subsidy: z.string().nullable(),
    claim: z.string().nullable(),
    recovery: z.string().nullable(),
    month: z.string().nullable().meta({ description: 'The month worked.' }),
    act: z.string().nullable(),
    actor: z.string(),
  })
  .meta({ id: 'LedgerEntry' });

const ledger = route({
  method: 'get',
  path: '/ledger',
  tag,
  summary: 'The ledger’s entries, in the order of their posting',
  who: ['finance_officer', 'auditor', 'administrator'],
  query: z.strictObject({
    ...paging,
    line: paramsOf('line').shape.id.optional(),
    account: z.enum(ledgerAccounts).optional(),
    subsidy: z
      .string()
      .regex(/^[SA]-\d{6,12}$/, 'Is not of the form S-000001 or A-000001')
      .optional(),
    claim: paramsOf('claim').shape.id.optional(),
    from: day.optional().meta({ description: 'Posted on that day or later.' }),
    to: day.optional().meta({ description: 'Posted on that day or before.' }),
  }),
  answers: { 200: pageOf(entry) },
  async handle(ctx) {
    const { query, records } = ctx;
    const rows = await records.db.ledgerEntry.findMany({
      where: { ...(await visibleEntries(ctx)), ...entriesLike(query), id: { gt: afterEntry(query) } },
      orderBy: { id: 'asc' },
      take: rowsToRead(query),
    });
    return ok(page(query, rows, ({ id }) => String(id), shownEntry));
  },
});

/** The entries of the lines that the caller sees. */
async function visibleEntries({ records, actor }: Ctx): Promise<Prisma.LedgerEntryWhereInput> {
  if (actor.role !== 'finance_officer' || actor.area === '') return {};
  const lines = await records.db.budgetLine.findMany({ where: visibleLines(actor), select: { id: true } });
  return { lineId: { in: lines.map(({ id }) => id) } };
}

interface EntryQuery {
  line?: string | undefined;
  account?: string | undefined;
  subsidy?: string | undefined;
  claim?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const entriesLike = ({
  line,
  account,
  subsidy,
  claim,
  from,
  to,
}: EntryQuery): Prisma.LedgerEntryWhereInput => ({
  ...(line !== undefined && { AND: [{ lineId: line }] }),
  ...(account !== undefined && { account }),
  ...(subsidy !== undefined && { subsidyId: subsidy }),
  ...(claim !== undefined && { claimId: claim }),
  at: {
    ...(from !== undefined && { gte: at(from, '00:00') }),
    ...(to !== undefined && { lt: afterDay(to) }),
  },
});

function afterEntry(query: { limit: number; cursor?: string | undefined }): bigint {
  const key = after(query) ?? '0';
  if (/^\d{1,18}$/.test(key)) return BigInt(key);
  throw notACursor();
}

const shownEntry = (row: Prisma.LedgerEntryGetPayload<object>) => ({
  id: Number(row.id),
  posting: row.posting,
  at: row.at,
  event: row.event,
  line: row.lineId,
  account: row.account,
  amount: Number(row.amount),
  subsidy: row.subsidyId || null,
  claim: row.claimId,
  recovery: row.recoveryId,
  month: row.month || null,
  act: row.act,
  actor: row.actorId,
});

export const budgetRoutes = [list, one, put, ledger];
