import { z } from 'zod';
import { contracts } from '../../contracts';
import { dayOf } from '../../domain/day';
import { EMPLOYMENT, funds } from '../../domain/fund';
import { actsFor, fundOf, statementId } from '../../domain/money/funds';
import { type Programme, programmes, START, STIPEND } from '../../domain/policy';
import { lineColumns, reconciliation, shownVerdicts } from '../../domain/reports/reconciliation';
import { regions } from '../../domain/reports/regions';
import { subsidyColumns, type SubsidyFigures } from '../../domain/reports/subsidies';
import { readLaw } from '../../records/kernel/law';
import { readReconciliation } from '../../records/reads/reconciliation';
import { bases, readSubsidies } from '../../records/reads/reports/subsidies';
import { givers } from '../http/command-route';
import { give } from '../http/giving';
import { day } from '../http/fields';
import { notFound } from '../http/problem';
import { ok, route } from '../http/route';
import { csvOf, workbookOf } from '../http/tables';
import { statementShape } from './statements';

const tag = 'reports';
const soum = z.int().meta({ example: 469_333 });
const sum = soum.meta({ description: "Whole so'm." });

const formats = ['json', 'csv', 'xlsx'] as const;
type Format = (typeof formats)[number];
const mediaTypes = { csv: 'text/csv', xlsx: 'spreadsheetml' } as const;

/** The format of the answer: by `format`, else by the Accept header. */
const formatOf = (given: Format | undefined, accept = ''): Format =>
  given ?? (['csv', 'xlsx'] as const).find((format) => accept.includes(mediaTypes[format])) ?? 'json';

const figures = z.object({
  applied: z.int().meta({ example: 14 }),
  ordered: z.int().meta({ example: 12 }),
  paid: sum,
  returned: sum.meta({ description: 'Payments that came back.' }),
  recovered: sum.meta({ description: 'Overpayments that were set off or repaid.' }),
  committed: sum.meta({ description: 'At the end of `to`, as is `payable`.' }),
  payable: sum,
  people: z.int().meta({
    description: 'Persons for whom more was paid than came back, each counted once.',
    example: 11,
  }),
  months: z.int().meta({ description: 'Paid months. An adaptation counts as one.', example: 29 }),
  average: sum
    .nullable()
    .meta({ description: 'The sum paid for these months, divided by their number and rounded down.' }),
} satisfies Record<keyof SubsidyFigures, z.ZodType>);

const subsidyHeader = ['soato', 'region', 'programme', ...subsidyColumns] as const;

/** What persons are paid: a region has a row where there is any. */
const ofPersons: ReadonlySet<Programme> = new Set<Programme>([STIPEND, START]);

const subsidiesReport = route({
  method: 'get',
  path: '/reports/subsidies',
  tag,
  summary:
    'The subsidies by region and programme (those of persons where there are any): applied, ordered, paid, returned, recovered, committed, payable',
  description:
    'From `from` to `to`, both included. Money counts on the day it was posted, so that the report of a past period never ' +
    'changes. With `basis=worked` it counts in the month worked. The region is that of the budget line.',
  who: ['employment_officer', 'finance_officer', 'auditor', 'administrator'],
  query: z
    .strictObject({
      from: day,
      to: day,
      basis: z.enum(bases).default('posted'),
      fund: z.enum(funds).optional().meta({ description: 'Only the programmes that this fund pays.' }),
      format: z
        .enum(formats)
        .optional()
        .meta({ description: 'The format of the answer. Without it the Accept header decides.' }),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Give the day of from, or a later one' }),
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
          training_stipend: figures,
          self_employment_start: figures,
          total: figures,
        }),
      }),
      csv: subsidyHeader.join(','),
      xlsx: true,
    },
  },
  async handle(ctx) {
    const { from, to, basis, fund, format } = ctx.query;
    const { db } = ctx.records;
    const { policies } = await readLaw(db, db, ctx.now);
    const counted = programmes.filter((each) => fund === undefined || fundOf(policies, each) === fund);
    const only = fund && { programmes: counted };
    const figuresOf = await readSubsidies(db, { from, to, basis, ...only });
    const rows = regions.flatMap((region) =>
      counted
        .map((programme) => ({ programme, found: figuresOf(region.soato, programme) }))
        .filter(({ programme, found }) => !ofPersons.has(programme) || Object.values(found).some(Boolean))
        .map(({ programme, found }) => ({ ...region, programme, ...found })),
    );
    const asked = formatOf(format, ctx.header('accept'));
    if (asked === 'csv') return csvOf(subsidyHeader, rows);
    if (asked === 'xlsx') return workbookOf(`${from} ${to}`, subsidyHeader, rows);
    return ok({
      from,
      to,
      basis,
      rows,
      republic: {
        hire_pwd: figuresOf(null, 'hire_pwd'),
        above_quota: figuresOf(null, 'above_quota'),
        workplace_adaptation: figuresOf(null, 'workplace_adaptation'),
        training_stipend: figuresOf(null, 'training_stipend'),
        self_employment_start: figuresOf(null, 'self_employment_start'),
        total: figuresOf(null, null),
      },
    });
  },
});

const reconciliationAnswer = z.object({
  date: z.string(),
  state: z.string(),
  balances: z.object({
    before: soum.nullable().meta({ description: 'The closing balance of the previous statement.' }),
    opening: soum.nullable(),
    out: soum,
    in: soum,
    closing: soum.nullable(),
    faults: z.array(z.enum(['opening', 'balance', 'next_opening'])),
  }),
  matched: z.object({ count: z.int(), out: soum, in: soum }),
  lines: z.array(
    z.object({
      reference: z
        .string()
        .meta({ description: 'The key of a payment, or the reference of incoming money.' }),
      verdict: z.enum(shownVerdicts),
      kind: z.enum(['settled', 'returned', 'incoming']).nullable(),
      on: z.string(),
      statement: soum.nullable(),
      ledger: soum.nullable(),
      workingDays: z
        .int()
        .nullable()
        .meta({ description: 'Working days since a payment was sent that no statement has yet.' }),
      difference: z.enum(['open', 'explained']).nullable(),
      words: z.string().nullable(),
    }),
  ),
  identity: z
    .object({
      treasury: soum.meta({ description: 'Out − in of all statements until this one.' }),
      ledger: soum.meta({ description: 'Paid + recoverable + surrendered + written off when it was read.' }),
      payments: soum.meta({ description: 'Paid in the ledger and not in a statement, minus the reverse.' }),
      incoming: soum.meta({ description: 'Incoming money that is not booked as repaid.' }),
      surrendered: soum.meta({
        description: 'Repaid after the year of its budget line, and surrendered to the budget.',
      }),
      unexplained: soum.meta({ description: 'The rest that nothing explains. It should be 0.' }),
    })
    .nullable()
    .meta({ description: 'Null until the statement is read.' }),
});

const reconciliationReport = route({
  method: 'get',
  path: '/reports/reconciliation',
  tag,
  summary: 'The treasury’s statement of a fund’s working day beside the ledger, matched by key',
  description:
    'Movements on days off belong to the next working day. JSON lists only lines without a match; CSV lists all lines. Each ' +
    'difference waits for an explanation.',
  who: ['finance_officer', 'auditor'],
  query: z.strictObject({
    date: day,
    fund: z
      .enum(funds)
      .optional()
      .meta({ description: 'A finance officer reads their own fund. Others: employment if it is left out.' }),
    format: z
      .enum(['json', 'csv'])
      .optional()
      .meta({ description: 'The format of the answer. Without it the Accept header decides.' }),
  }),
  errors: [404],
  answers: { 200: { json: reconciliationAnswer, csv: lineColumns.join(',') } },
  async handle(ctx) {
    const { now, records, actor, query } = ctx;
    const { db } = records;
    const { rules } = (await readLaw(db, db, now)).policyOn(dayOf(now));
    const { fund = actor.fund ?? EMPLOYMENT, date } = query;
    if (!actsFor(actor, fund)) throw notFound();
    const facts = await readReconciliation(db, { fund, day: date }, now, rules.lengths.treasurySilence);
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
  summary: 'Explain a difference between ledger and statement; with the last one the day is matched',
  who: givers('statement', 'explanation'),
  command: true,
  params: z.strictObject({ date: day }),
  actions: ['statement.explanation'],
  body: contracts.statement.explanation.body,
  answers: {
    200: statementShape,
  },
  handle: (ctx) => {
    const id = statementId(ctx.actor.fund ?? EMPLOYMENT, ctx.params.date);
    return give(ctx, { kind: 'statement', id, name: 'explanation', body: ctx.body });
  },
});

export const moneyReportRoutes = [subsidiesReport, reconciliationReport, explanation];
