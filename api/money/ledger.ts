import { z } from 'zod';
import { ledgerAccounts } from '../../domain/money/postings';
import type { Prisma } from '../../prisma/generated/client';
import { subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import { byNumbers } from '../../records/reads/lists/parts';
import { instant } from '../http/fields';
import { instants, is } from '../http/filters';
import { pageRoute } from '../http/page-route';
import { notACursor } from '../http/paging';
import type { Ctx } from '../http/route';
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

const orderBy = { id: 'asc' } as const;

const ledger = pageRoute<Prisma.LedgerEntryWhereInput>()({
  path: '/ledger',
  tag: 'budget',
  summary: 'The ledger’s entries, in the order of their posting',
  who: ['finance_officer', 'auditor', 'administrator'],
  filters: {
    line: is('lineId', paramsOf('line').shape.id),
    account: is('account', z.enum(ledgerAccounts)),
    subsidy: is(
      'subsidyId',
      z.string().regex(/^[SA]-\d{6,12}$/, 'Write it in the form S-000001 or A-000001'),
    ),
    claim: is('claimId', paramsOf('claim').shape.id),
    ...instants('at', 'Entries'),
  },
  item: entry,
  parts: async (ctx) => [await visibleEntries(ctx)],
  after: (key) => ({ id: { gt: entryIn(key) } }),
  read: ({ records: { db } }, find) =>
    byNumbers(db.ledgerEntry.findMany({ ...find, select: { id: true }, orderBy }), (where) =>
      db.ledgerEntry.findMany({ where, orderBy }),
    ),
  count: (db, find) => db.ledgerEntry.count(find),
  keyOf: ({ id }) => String(id),
  shown: (row) => shownEntry(row),
  subjectOf: (row) => subjectOfEntry(row),
});

/** The entries of the lines that a finance officer sees. Other readers see all entries. */
async function visibleEntries({ records, actor }: Ctx): Promise<Prisma.LedgerEntryWhereInput> {
  if (actor.role !== 'finance_officer') return {};
  const lines = await records.db.budgetLine.findMany({ where: visibleLines(actor), select: { id: true } });
  return { lineId: { in: lines.map(({ id }) => id) } };
}

function entryIn(key: string): bigint {
  if (/^\d{1,18}$/.test(key)) return BigInt(key);
  throw notACursor();
}

/** The row that names the receiver of the money. */
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
