import { z } from 'zod';
import { afterDay, at } from '../../domain/day';
import { ledgerAccounts } from '../../domain/money/postings';
import type { Prisma } from '../../prisma/generated/client';
import { subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import { withNames } from '../../records/reads/beside';
import { day, instant } from '../http/fields';
import { definedFields } from '../http/defined-fields';
import { after, notACursor, page, pageOf, paging, rowsToRead } from '../http/paging';
import { type Ctx, ok, route } from '../http/route';
import { parties, paramsOf } from '../http/stateful';
import { visibleLines } from '../http/visible';

const entry = z
  .object({
    id: z.int(),
    posting: z
      .string()
      .meta({ description: 'The posting of the entry. The entries of one posting sum to 0.' }),
    at: instant,
    event: z.string(),
    line: z.string(),
    account: z.enum(ledgerAccounts),
    amount: z.int().meta({ description: 'Whole so’m that the account gains. A negative amount is a loss.' }),
    subsidy: z.string().nullable(),
    claim: z.string().nullable(),
    recovery: z.string().nullable(),
    month: z.string().nullable().meta({ description: 'The month worked.' }),
    act: z.string().nullable(),
    actor: z.string(),
    actorName: z.string().optional(),
    person: parties.person,
    employer: parties.employer,
  })
  .meta({ id: 'LedgerEntry' });

const ledger = route({
  method: 'get',
  path: '/ledger',
  tag: 'budget',
  summary: 'The ledger’s entries, in the order of their posting',
  who: ['finance_officer', 'auditor', 'administrator'],
  query: z.strictObject({
    ...paging,
    line: paramsOf('line').shape.id.optional(),
    account: z.enum(ledgerAccounts).optional(),
    subsidy: z
      .string()
      .regex(/^[SA]-\d{6,12}$/, 'Write it in the form S-000001 or A-000001')
      .optional(),
    claim: paramsOf('claim').shape.id.optional(),
    from: day.optional().meta({ description: 'Entries of that day or later.' }),
    to: day.optional().meta({ description: 'Entries of that day or before.' }),
  }),
  answers: { 200: pageOf(entry) },
  async handle(ctx) {
    const { query, records } = ctx;
    const rows = await records.db.ledgerEntry.findMany({
      where: { ...(await visibleEntries(ctx)), ...entriesLike(query), id: { gt: afterEntry(query) } },
      orderBy: { id: 'asc' },
      take: rowsToRead(query),
    });
    const { items, next } = page(query, rows, ({ id }) => String(id), shownEntry);
    return ok({ items: await withNames(records.db, items, subjectOfEntry, ctx.actor), next });
  },
});

/** The entries of the lines that a finance officer sees. Other readers see all entries. */
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
  AND: [definedFields({ lineId: line, account, subsidyId: subsidy, claimId: claim })],
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

/** The row that tells whom the money is for. */
const subjectOfEntry = ({ claim, subsidy }: ReturnType<typeof shownEntry>): string =>
  claim ? subjectOf('claim', claim) : subsidy ? subjectOfSubsidy(subsidy) : '';

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

export const ledgerRoutes = [ledger];
