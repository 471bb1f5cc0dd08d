import { z } from 'zod';
import { figuresOf, noPathway, type PathwayFigures } from '../../domain/reports/pathway';
import { noProgramme, programmeColumns, programmeNotes } from '../../domain/reports/programme';
import { noTraining, trainingColumns, trainingGroups } from '../../domain/reports/training';
import { type Place, regions } from '../../domain/reports/regions';
import { contains } from '../../domain/soato';
import { readPathway } from '../../records/reads/reports/pathway';
import type { ByPlace, Places } from '../../records/reads/reports/places';
import { readProgramme } from '../../records/reads/reports/programme';
import { readTrainings, readTrainingsBy } from '../../records/reads/reports/training';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { languageOf } from '../../records/reads/reader';
import { fieldName } from '../training/course-shape';
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

const trainingQuery = query.safeExtend({
  by: z.enum(trainingGroups).default('place').meta({
    description: 'By the place of the centre, by centre, or by the field of the course.',
  }),
});
const trainingCounts = z.object(Object.fromEntries(trainingColumns.map((column) => [column, count])));
const named = trainingCounts.extend({ name: z.string() });
const trainingReportOf = z.union([
  reportOf(trainingCounts),
  z.object({
    from: z.string(),
    to: z.string(),
    area: z.string().optional(),
    centres: z.array(named.extend({ centre: z.string() })),
    whole: trainingCounts,
  }),
  z.object({
    from: z.string(),
    to: z.string(),
    area: z.string().optional(),
    fields: z.array(named.extend({ field: z.string() })),
    whole: trainingCounts,
  }),
]);

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
  const { from, to, area } = ctx.query;
  const format = formatOf(ctx);
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

/** The format that is asked for: in the query, else in the Accept header. */
const formatOf = (ctx: Asked): 'json' | 'csv' =>
  ctx.query.format ?? (ctx.header('accept')?.includes('text/csv') === true ? 'csv' : 'json');

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

const trainingReport = route({
  method: 'get',
  path: '/reports/training',
  tag,
  summary: 'Trainings by region, centre or field: admitted, refused, completed, in work afterwards',
  description:
    'It counts the trainings that were referred from `from` to `to`, both included, in their present state, in the district of their centre. The registers are asked 28 days, 3 and 6 months after the last day whether the person works.',
  who,
  query: trainingQuery,
  errors: [404],
  answers: { 200: { json: trainingReportOf, csv: ['soato', 'region', ...trainingColumns].join(',') } },
  handle(ctx) {
    const { records, query: asked } = ctx;
    const { by } = asked;
    if (by !== 'place') return trainingsBy(ctx, by);
    const read = (places: Places) => readTrainings(records.db, asked, places);
    return byPlace(ctx, trainingColumns, read, noTraining);
  },
});

/** The trainings by centre or by field, each with its name. A centre or field without trainings is left out. */
async function trainingsBy(
  ctx: Ctx<unknown, z.output<typeof trainingQuery>>,
  by: 'centre' | 'field',
): Promise<Reply> {
  const { records, query: asked } = ctx;
  const { from, to, area } = asked;
  if (area !== undefined) await districtsIn(ctx, area);
  const places: Places = { within: area ?? '', digits: 4 };
  const figures = await readTrainingsBy(records.db, by, asked, places);
  const keys = [...figures.keys()].filter((key) => key !== '');
  const names = await (by === 'centre' ? namesOfCentres(ctx, keys) : namesOfFields(ctx, keys));
  const rows = keys
    .map((key) => ({ key, name: names.get(key) ?? key, ...(figures.get(key) ?? noTraining) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  if (formatOf(ctx) === 'csv') return csvOf(['key', 'name', ...trainingColumns], rows);
  const of = area === undefined ? {} : { area };
  const shown = rows.map(({ key, ...row }) => ({ [by]: key, ...row }));
  return ok({ from, to, ...of, [`${by}s`]: shown, whole: figures.get('') ?? noTraining });
}

const namesOfCentres = async ({ records: { db } }: Ctx, ids: string[]) =>
  new Map(
    (await db.centre.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })).map(
      ({ id, name }) => [id, name],
    ),
  );

async function namesOfFields({ records: { db }, actor }: Ctx, fields: string[]) {
  const vocabulary = await readVocabulary(db, db);
  return new Map(fields.map((field) => [field, fieldName(field, vocabulary, languageOf(actor))]));
}

export const reportRoutes = [programmeReport, pathwayReport, trainingReport];
