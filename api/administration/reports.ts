import { z } from 'zod';
import { type Frame, pathwayByRegion, pathwayOf, type PathwayFigures } from '../../domain/reports/pathway';
import {
  countsOf,
  firstOrders,
  programme,
  programmeColumns,
  programmeNotes,
} from '../../domain/reports/programme';
import { readLaw } from '../../records/kernel/law';
import { numberOn } from '../../records/kernel/policy-numbers';
import { readEntries, readOrders, readPathwayFacts } from '../../records/reads/reports';
import { day } from '../http/fields';
import { type Ctx, ok, type Reply, route } from '../http/route';
import { csvOf } from '../http/tables';

const tag = 'reports';
const who = [
  'case_manager',
  'supervisor',
  'employment_officer',
  'training_officer',
  'labour_inspector',
  'finance_officer',
  'auditor',
  'administrator',
] as const;

const query = z
  .strictObject({
    from: day,
    to: day,
    format: z
      .enum(['json', 'csv'])
      .optional()
      .meta({ description: 'The format of the answer. Without it the Accept header decides.' }),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Give the day of from, or a later one' });

const named = { soato: z.string(), region: z.string() };
const count = z.int();
const share = z.number().nullable();

const counts = z.object(Object.fromEntries(programmeColumns.map((column) => [column, count])));

const figures = z.object({
  participants_28_days: count.meta({
    description:
      'Participants whose 28 days are over. They run from the end of the measure; for a job, from the plan.',
  }),
  in_work_28_days: count,
  in_work_28_days_share: share,
  participants_6_months: count.meta({
    description:
      'Participants whose 6 months are over. They run from the hire, or from the end of the 28 days.',
  }),
  retained_participants: count,
  retained_participants_share: share,
  hires_6_months: count,
  retained_hires: count,
  retained_hires_share: share,
  not_known_hires: count.meta({ description: 'Hires that were not checked to the end.' }),
  referrals_5_days: count.meta({ description: 'Delivered referrals whose 5 days are over.' }),
  answered_in_time: count,
  answered_in_time_share: share,
  accepted_in_time: count,
  rejected_in_time: count,
  silent: count,
  inspections: count,
  settled: count,
  directed: count,
  justified: count,
  unjustified: count,
  unresolved: count,
  ended_unresolved: count,
  days_to_resolution_median: share,
  days_to_resolution_p90: share,
  breaches: count,
  measures_taken: count,
  no_measure_with_reason: count,
} satisfies Record<keyof PathwayFigures, z.ZodType>);

const reportOf = (row: z.ZodObject) =>
  z.object({ from: z.string(), to: z.string(), regions: z.array(row.extend(named)), republic: row });

type Query = z.output<typeof query>;

/** The report as JSON with the regions and the republic, or as CSV with the regions alone, as in the table of 2023. */
function answered<Column extends string>(
  ctx: Ctx<unknown, Query>,
  columns: readonly Column[],
  rows: Parameters<typeof csvOf<Column>>[1],
  republic: object,
  notes?: readonly string[],
): Reply {
  const {
    from,
    to,
    format = ctx.header('accept')?.includes('text/csv') === true ? 'csv' : 'json',
  } = ctx.query;
  return format === 'csv'
    ? csvOf(columns, rows)
    : ok({ from, to, regions: rows, republic, ...(notes && { notes }) });
}

const programmeHeader = ['soato', 'region', ...programmeColumns] as const;
const pathwayHeader = [
  'soato',
  'region',
  ...(Object.keys(figures.shape) as (keyof PathwayFigures)[]),
] as const;

const programmeReport = route({
  method: 'get',
  path: '/reports/programme',
  tag,
  summary: 'The programme by region: one count per person and measure, on the day of hire or entry',
  description: `The columns of the 2023 table, and \`self_employment\`. Both days are included. ${programmeNotes.join(' ')}`,
  who,
  query,
  answers: {
    200: {
      json: reportOf(counts).extend({ notes: z.array(z.string()) }),
      csv: programmeHeader.join(','),
    },
  },
  async handle(ctx) {
    const entries = await readEntries(ctx.records.db, ctx.query);
    const orders = firstOrders(await readOrders(ctx.records.db, ctx.query), entries);
    const rows = programme(entries, orders);
    return answered(ctx, programmeHeader, rows, countsOf(entries, orders), programmeNotes);
  },
});

const pathwayReport = route({
  method: 'get',
  path: '/reports/pathway',
  tag,
  summary: 'The pathway by region: in work, retained, answered in time, inspections, breaches',
  description:
    'It counts participants whose time began, referrals issued and inspections opened from `from` to `to`, both included, in their present state.',
  who,
  query,
  answers: { 200: { json: reportOf(figures), csv: pathwayHeader.join(',') } },
  async handle(ctx) {
    const { records, now } = ctx;
    const { from, to } = ctx.query;
    const facts = await readPathwayFacts(records.db, { from, to });
    const law = await readLaw(records.db, records.db, now);
    const frame: Frame = { from, to, now, monthsOn: (day) => numberOn(law, 'retentionMonths', day).n };
    return answered(ctx, pathwayHeader, pathwayByRegion(facts, frame), pathwayOf(facts, frame));
  },
});

export const reportRoutes = [programmeReport, pathwayReport];
