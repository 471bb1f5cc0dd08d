import { z } from 'zod';
import { funds } from '../../domain/fund';
import { actsFor, fundOf } from '../../domain/money/funds';
import { parseLine } from '../../domain/money/lines';
import { ledgerAccounts } from '../../domain/money/postings';
import { programmes } from '../../domain/policy';
import { contains } from '../../domain/soato';
import type { Db } from '../../prisma/db';
import { accountsOf } from '../../records/kernel/ledger';
import { proposeLine } from '../../records/money/line-change';
import { Refusal } from '../../records/kernel/refusal';
import { approvalShape } from './approvals';
import { asCommand, made } from '../http/commands';
import { line as lineOfText, som } from '../http/fields';
import { is, within } from '../http/filters';
import { lineReaders } from '../http/readers';
import { listRoute } from '../http/lists';
import { route } from '../http/route';
import { oneRoute, paramsOf, stateful } from '../http/stateful';

const tag = 'budget';
const soum = z.int().min(0).meta({ description: 'Whole so’m.' });

const lineShape = stateful('BudgetLine', {
  programme: z.enum(programmes),
  fund: z.enum(funds).meta({ description: 'The fund that pays it.' }),
  region: z.string(),
  year: z.int(),
  amount: soum.meta({ description: 'The most that may be spent, in whole so’m.' }),
  accounts: z
    .partialRecord(z.enum(ledgerAccounts), z.int())
    .meta({ description: 'The balance of each account of the ledger, in whole so’m.' }),
});

const list = listRoute({
  kind: 'line',
  tag,
  summary: 'Budget lines: a programme’s money in a region and year',
  who: lineReaders,
  filters: {
    programme: is('programme', z.enum(programmes)),
    fund: is('fund', z.enum(funds)),
    region: within('region', z.string().regex(/^\d{4}$/, 'Give the code of a region: 4 digits')),
    year: is('year', z.coerce.number().int().min(2000).max(2099)),
    state: is('state', z.enum(['running', 'closed'])),
  },
  item: lineShape,
  read: async (db, find) =>
    withAccounts(db, await db.budgetLine.findMany({ ...find, omit: { rev: true, correlationId: true } })),
  shown: (row) => row,
});

async function withAccounts<R extends { id: string }>(db: Db, rows: readonly R[]) {
  const accounts = await accountsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, accounts: accounts.get(row.id) ?? {} }));
}

const one = oneRoute({
  kind: 'line',
  tag,
  summary: 'One budget line',
  who: lineReaders,
  shape: lineShape,
});

const put = route({
  method: 'put',
  path: '/budget-lines/{id}',
  tag,
  summary: 'Propose that a budget line be opened, or changed, to an amount',
  description:
    'Another finance officer of the fund that pays the programme decides. The amount covers the money that is reserved, payable or paid (else 409 `below_bound`).',
  who: ['finance_officer'],
  command: true,
  actions: ['line.amount', 'task.line'],
  params: paramsOf('line'),
  body: z.strictObject({
    amount: som,
    act: lineOfText.meta({ description: 'The act that sets the amount.' }),
  }),
  answers: { 201: approvalShape },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'line', subject: `line/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { id } = ctx.params;
        const { programme, region } = parseLine(id);
        const { policies } = await transaction.law();
        if (!actsFor(transaction.actor, fundOf(policies, programme)))
          throw new Refusal(
            404,
            'not_found',
            'Another fund pays this programme. Its finance officers keep the line.',
          );
        const known = await transaction.tx.territory.count({ where: { code: region, kind: 'region' } });
        if (known === 0 || !contains(transaction.actor.area, region))
          throw new Refusal(
            404,
            'not_found',
            'There is no such region in your area. Check the line’s number.',
          );
        const proposal = await proposeLine(transaction, id, ctx.body.amount, ctx.body.act);
        return made(transaction, 'approval', proposal);
      },
    ),
});

export const budgetRoutes = [list, one, put];
