import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Tx } from '../../prisma/db';
import type { Vacancy } from '../../prisma/generated/client';
import { withPlaces } from '../../records/reads/beside';
import { withRevision } from '../../records/kernel/revisions';
import { district, idOf, instant, line, lines, revision, som } from '../http/fields';

/** A job as the API shows it, and the checks of its routes. */

export const tag = 'vacancies';
export const keepers = ['employer', 'employment_officer', 'administrator'] as const;
export const params = z.strictObject({ id: idOf('V') });
export const kind = z.enum(['vacant', 'reserved']);
export const states = ['open', 'filled', 'withdrawn'] as const;
/** The longest working week of the Labour Code, in hours. */
export const MOST_HOURS = 40;

export const fields = {
  work: line.meta({
    description:
      'The kind of work: a minor group of ISCO-08 by its code (`933`), name or synonym. The code is kept. See GET /vocabularies/occupation/terms.',
  }),
  title: line,
  places: z.int().min(1).max(10_000),
  conditions: lines.meta({ description: 'Codes, names or synonyms. See GET /vocabularies/condition/terms.' }),
  skills: lines.meta({ description: 'Codes, names or synonyms. See GET /vocabularies/skill/terms.' }),
  hoursPerWeek: z.int().min(1).max(MOST_HOURS),
  wage: som.meta({
    description:
      'The wage in so’m a month: at least the minimum wage, for part time its share by the hours of a 40-hour week.',
  }),
  district,
};

export const job = {
  ...fields,
  kind,
  conditions: fields.conditions.default([]),
  skills: fields.skills.default([]),
  hoursPerWeek: fields.hoursPerWeek.default(MOST_HOURS),
};

export const newVacancy = z.strictObject({
  employer: idOf('E')
    .optional()
    .meta({ description: 'The employer of the job. An employer that records its own job may leave it out.' }),
  ...job,
});
export type Job = z.output<z.ZodObject<typeof job>>;

export const vacancy = z
  .object({
    id: z.string(),
    employerId: z.string(),
    employer: z.string().meta({ description: 'The employer’s name.' }),
    kind,
    work: z.string(),
    workName: z.string(),
    title: z.string(),
    places: z.int(),
    taken: z.int(),
    conditions: z.array(z.string()),
    conditionNames: z.array(z.string()),
    skills: z.array(z.string()),
    skillNames: z.array(z.string()),
    hoursPerWeek: z.int(),
    wage: z.int(),
    district: z.string(),
    districtName: z.string().optional(),
    state: z.enum(states),
    filledAt: instant.nullable(),
    filledHow: z.enum(['referral', 'otherwise', 'withdrawn']).nullable(),
    filledBy: z.string().nullable().meta({
      description: 'The account of the person who filled or withdrew it. Employers read no officials.',
    }),
    filledByRole: z.string().nullable(),
  })
  .meta({ id: 'Vacancy' });

type Shown = Vacancy & { employer: { name: string } };

export const shown = (
  { employer, titleKey: _key, employerElsewhere: _region, ...row }: Shown,
  vocabulary: Vocabulary,
  { language = 'en', role }: Pick<Actor, 'language' | 'role'>,
) => ({
  ...row,
  filledBy: role === 'employer' && row.filledByRole !== 'employer' ? null : row.filledBy,
  workName: vocabulary.nameOf('occupation', row.work, language),
  conditionNames: row.conditions.map((code) => vocabulary.nameOf('condition', code, language)),
  skillNames: row.skills.map((code) => vocabulary.nameOf('skill', code, language)),
  employer: employer.name,
  wage: Number(row.wage),
  filledAt: row.filledAt?.toISOString() ?? null,
});
export const edited = vacancy.extend({ revision }).meta({ id: 'VacancyEdited' });
export const edit = async (
  tx: Tx,
  row: Shown,
  vocabulary: Vocabulary,
  reader: Pick<Actor, 'language' | 'role'>,
) => withPlaces(tx, await withRevision(tx, `vacancy/${row.id}`, shown(row, vocabulary, reader)), reader);
export const withEmployer = { employer: { select: { name: true } } } as const;

/** The employers that a caller may act for: their own, or those of the office's area. */
export const theirs = (actor: Actor) =>
  actor.role === 'employer' ? { id: actor.employerId ?? '' } : { district: { startsWith: actor.area } };
