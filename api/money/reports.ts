import { z } from 'zod';
import { contracts } from '../../contracts';
import { dayOf } from '../../domain/day';
import { programmes } from '../../domain/policy';
import { lineColumns, reconciliation, shownVerdicts } from '../../domain/reports/reconciliation';
import {
  subsidiesByRegion,
  subsidyColumns,
  type SubsidyFigures,
  subsidyTotals,
} from '../../domain/reports/subsidies';
import { readLaw } from '../../records/kernel/law';
import { readReconciliation } from '../../records/reads/reconciliation';
import { bases, readSubsidyFacts } from '../../records/reads/money-reports';
import { givers } from '../http/command-route';
import { give } from '../http/commands';
import { day, instant } from '../http/fields';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { stateful } from '../http/stateful';
import { csvOf, workbookOf } from '../http/tables';

const tag = 'reports';
const soum = z.int();
const sum = soum.meta({ description: "Whole so'm." });

const formats = ['json', 'csv', 'xlsx'] as const;
type Format = (typeof formats)[number];
const mediaTypes = { csv: 'text/csv', xlsx: 'spreadsheetml' } as const;

/** The format asked for by `format`, or else by Accept. */
const formatOf = (given: Format | undefined, accept = ''): Format =>
  given ?? (['csv', 'xlsx'] as const).find((format) => accept.includes(mediaTypes[format])) ?? 'json';

const figures = z.object({
  applied: z.int(),
  ordered: z.int(),
  paid: sum,
  returned: sum.meta({ description: 'Came back after it had been paid.' }),
  recovered: sum.meta({ description: 'Set off or repaid.' }),
  committed: sum.meta({ description: 'As of the end of `to`, as is `payable`.' }),
  payable: sum,
  people: z.int().meta({ description: 'Distinct persons for whom more was paid than came back.' }),
  months: z.int().meta({ description: 'Months paid; an adaptation is one.' }),
  average: sum.nullable().meta({ description: 'Paid for these months by their number, rounded down.' }),
} satisfies Record<keyof SubsidyFigures, z.ZodType>);

const subsidyHeader = ['soato', 'region', 'programme', ...subsidyColumns] as const;

const subsidiesReport = route({
  method: 'get',
  path: '/reports/subsidies',
  tag,
  summary:
    'The subsidies by region and programme: applied, ordered, paid, returned, recovered, committed, payable',
  description:
    'From `from` to `to`, both included. Money counts on the day it was posted, so that the report of a past period never ' +
    'changes; with `basis=worked` in the month worked, whenever it was posted. The region is the budget line’s.',
  who: ['employment_officer', 'finance_officer', 'auditor', 'administrator'],
  query: z
    .strictObject({
      from: day,
      to: day,
      basis: z.enum(bases).default('posted'),
      format: z.enum(formats).optional().meta({ description: 'Otherwise by Accept.' }),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Lies before from' }),
  answers: {
    200: {
      json: z.object({
        from: z.string(),
        to: z.string(),
        basis: z.enum(bases),
        rows: z.array(
          figures.extend({ soato: z.string(), region: z.string(), programme: z.enum(programmes) }),
        ),
        republic: z.object({
          hire_pwd: figures,
          above_quota: figures,
          workplace_adaptation: figures,
          total: figures,
        }),
      }),
      csv: subsidyHeader.join(','),
      xlsx: true,
    },
  },
  async handle(ctx) {
    const { from, to, basis, format } = ctx.query;
    const facts = await readSubsidyFacts(ctx.records.db, { from, to, basis });
    const rows = subsidiesByRegion(facts);
    const asked = formatOf(format, ctx.header('accept'));
    if (asked === 'csv') return csvOf(subsidyHeader, rows);
    if (asked === 'xlsx') return workbookOf(`${from} ${to}`, subsidyHeader, rows);
    return ok({ from, to, basis, rows, republic: subsidyTotals(facts) });
  },
});

const reconciliationAnswer = z.object({
  date: z.string(),
  state: z.string(),
  balances: z.object({
    before: soum.nullable().meta({ description: 'With which the statement before closed.' }),
    opening: soum.nullable(),
    out: soum,
    in: soum,
    closing: soum.nullable(),
    faults: z.array(z.enum(['opening', 'balance', 'next_opening'])),
  }),
  matched: z.object({ count: z.int(), out: soum, in: soum }),
  lines: z.array(
    z.object({
      reference: z.string().meta({ description: 'A payment’s key, or what incoming money names.' }),
      verdict: z.enum(shownVerdicts),
      kind: z.enum(['settled', 'returned', 'incoming']).nullable(),
      on: z.string(),
      statement: soum.nullable(),
      ledger: soum.nullable(),
      workingDays: z
        .int()
        .nullable()
        .meta({ description: 'Since it was sent, of what no statement has yet.' }),
      difference: z.enum(['open', 'explained']).nullable(),
      words: z.string().nullable(),
    }),
  ),
  identity: z
    .object({
      treasury: soum.meta({ description: 'Out − in of all statements until this one.' }),
      ledger: soum.meta({ description: 'Paid + recoverable + surrendered + written off when it was read.' }),
      payments: soum.meta({ description: 'Paid in the ledger and in no statement yet, less the opposite.' }),
      incoming: soum.meta({ description: 'Came in and is not booked as repaid.' }),
      surrendered: soum.meta({ description: 'Repaid after its line’s year and surrendered to the budget.' }),
      unexplained: soum.meta({ description: 'What none of it explains: 0.' }),
    })
    .nullable()
    .meta({ description: 'None until the statement is read.' }),
});

const reconciliationReport = route({
  method: 'get',
  path: '/reports/reconciliation',
  tag,
  summary: 'The treasury’s statement of a working day beside the ledger, matched by key',
  description:
    'What moved on days off stands with the working day after them. JSON lists what is not matched, CSV everything. Each ' +
    'difference waits for its explanation.',
  who: ['finance_officer', 'auditor'],
  query: z.strictObject({
    date: day,
    format: z.enum(['json', 'csv']).optional().meta({ description: 'Otherwise by Accept.' }),
  }),
  errors: [404],
  answers: { 200: { json: reconciliationAnswer, csv: lineColumns.join(',') } },
  async handle(ctx) {
    const { now, records, query } = ctx;
    const { db } = records;
    const { rules } = (await readLaw(db, db, now)).policyOn(dayOf(now));
    const facts = await readReconciliation(db, query.date, now, rules.lengths.treasurySilence);
    if (!facts) throw notFound();
    const report = reconciliation(facts);
    if (formatOf(query.format, ctx.header('accept')) === 'csv') return csvOf(lineColumns, report.lines);
    return ok({ ...report, lines: report.lines.filter(({ verdict }) => verdict !== 'matched') });
  },
});

const explanation = route({
  method: 'post',
  path: '/reports/reconciliation/{date}/explanation',
  tag,
  summary: 'A difference between ledger and statement is explained; with the last one the day is matched',
  who: givers('statement', 'explanation'),
  command: true,
  params: z.strictObject({ date: day }),
  actions: ['statement.explanation'],
  body: contracts.statement.explanation.body,
  answers: {
    200: stateful('Statement', {
      opening: soum.nullable(),
      closing: soum.nullable(),
      differences: z.array(
        z.object({ ref: z.string(), role: z.string(), area: z.string(), due: instant.nullable() }),
      ),
    }),
  },
  handle: (ctx) => give(ctx, { kind: 'statement', id: ctx.params.date, name: 'explanation', body: ctx.body }),
});

export const moneyReportRoutes = [subsidiesReport, reconciliationReport, explanation];
