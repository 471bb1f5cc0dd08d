import { z } from 'zod';
import { figuresOf, noPathway, type PathwayFigures } from '../../domain/reports/pathway';
import { noProgramme, programmeColumns, programmeNotes } from '../../domain/reports/programme';
import { type Place, regions } from '../../domain/reports/regions';
import { contains } from '../../domain/soato';
import { readPathway } from '../../records/reads/reports/pathway';
import type { ByPlace, Places } from '../../records/reads/reports/places';
import { readProgramme } from '../../records/reads/reports/programme';
import { day } from '../http/fields';
import { notFound, Problem } from '../http/problem';
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
    area: z
      .string()
      .regex(/^(\d{4}|\d{7})$/, 'Give the code of a region or a district: 4 or 7 digits')
      .optional()
      .meta({
        description:
          'A region or a district within the caller’s area: its districts stand in place of the regions. Inspections count in the employer’s district.',
        example: '1703202',
      }),
    format: z
      .enum(['json', 'csv'])
      .optional()
      .meta({ description: 'The format of the answer. Without it the Accept header decides.' }),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Give the day of from, or a later one' });

const count = z.int().meta({ example: 12 });
const days = z.number().nullable().meta({ example: 9 });
const share = z.number().nullable().meta({ example: 0.75 });

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
  days_to_resolution_median: days,
  days_to_resolution_p90: days,
  breaches: count,
  measures_taken: count,
  no_measure_with_reason: count,
} satisfies Record<keyof PathwayFigures, z.ZodType>);

const reportOf = (row: z.ZodObject) =>
  z.union([
    z.object({
      from: z.string(),
      to: z.string(),
      regions: z.array(row.extend({ soato: z.string(), region: z.string() })),
      republic: row,
      notes,
    }),
    z.object({
      from: z.string(),
      to: z.string(),
      area: z.string(),
      districts: z.array(row.extend({ soato: z.string(), district: z.string() })),
      whole: row.meta({ description: 'The figures of the whole area.' }),
      notes,
    }),
  ]);
const notes = z.array(z.string()).optional();

type Query = z.output<typeof query>;
type Asked = Ctx<unknown, Query>;

/**
 * A report by region, or by district of the area that is asked for. JSON also has the whole; CSV has the places alone, as in the
 * table of 2023.
 *
 * @param read the figures of the places
 * @param none the figures of a place without a fact
 */
async function byPlace<Column extends string>(
  ctx: Asked,
  columns: readonly Column[],
  read: (places: Places) => Promise<ByPlace<Readonly<Record<Column, number | null>>>>,
  none: Readonly<Record<Column, number | null>>,
  more: object = {},
): Promise<Reply> {
  const {
    from,
    to,
    area,
    format = ctx.header('accept')?.includes('text/csv') === true ? 'csv' : 'json',
  } = ctx.query;
  const districts = area === undefined ? [] : await districtsIn(ctx, area);
  const figures = await read({ within: area ?? '', digits: area === undefined ? 4 : 7 });
  const at = (place: string) => figures.get(place) ?? none;
  const rowsOf = <P extends Place>(places: readonly P[]) =>
    places.map((place) => ({ ...place, ...at(place.soato) }));
  if (area === undefined) {
    const rows = rowsOf(regions);
    return format === 'csv'
      ? csvOf(['soato', 'region', ...columns], rows)
      : ok({ from, to, regions: rows, republic: at(''), ...more });
  }
  const rows = rowsOf(districts);
  return format === 'csv'
    ? csvOf(['soato', 'district', ...columns], rows)
    : ok({ from, to, area, districts: rows, whole: at(''), ...more });
}

/**
 * The districts of a region, or the district itself.
 *
 * @throws Problem 403 for an area outside the caller's, 404 where none is recorded
 */
async function districtsIn({ actor, records }: Asked, area: string) {
  if (!contains(actor.area, area))
    throw new Problem(403, 'not_yours', 'That place lies outside your area. Give one inside it.');
  const districts = await records.db.territory.findMany({
    where: { kind: 'district', code: { startsWith: area } },
    orderBy: { code: 'asc' },
  });
  if (districts.length === 0) throw notFound();
  return districts.map(({ code, nameLatn }) => ({ soato: code, district: nameLatn }));
}

const pathwayColumns = Object.keys(figures.shape) as (keyof PathwayFigures)[];

const programmeReport = route({
  method: 'get',
  path: '/reports/programme',
  tag,
  summary: 'The programme by region: one count per person and measure, on the day of hire or entry',
  description: `The columns of the 2023 table, and \`self_employment\`. Both days are included. ${programmeNotes.join(' ')}`,
  who,
  query,
  errors: [404],
  answers: { 200: { json: reportOf(counts), csv: ['soato', 'region', ...programmeColumns].join(',') } },
  handle(ctx) {
    const read = (places: Places) => readProgramme(ctx.records.db, ctx.query, places);
    return byPlace(ctx, programmeColumns, read, noProgramme, { notes: programmeNotes });
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
  errors: [404],
  answers: { 200: { json: reportOf(figures), csv: ['soato', 'region', ...pathwayColumns].join(',') } },
  handle(ctx) {
    const { records, now, query } = ctx;
    const read = async (places: Places) => {
      const counts = await readPathway(records.db, { ...query, now }, places);
      return new Map([...counts].map(([place, each]) => [place, figuresOf(each)]));
    };
    return byPlace(ctx, pathwayColumns, read, figuresOf(noPathway));
  },
});

export const reportRoutes = [programmeReport, pathwayReport];
