import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import {
  courseLanguages,
  courseLevels,
  courseStates,
  ENTREPRENEURSHIP,
  hoursPerWeek,
  type Weekday,
  weekdays,
} from '../../domain/training/course';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Language } from '../../domain/words/languages';
import { codeInWords } from '../../domain/words/values';
import type { Tx } from '../../prisma/db';
import type { Course } from '../../prisma/generated/client';
import { withRevision } from '../../records/kernel/revisions';
import { withPlaces } from '../../records/reads/beside';
import { languageOf } from '../../records/reads/reader';
import { coded, day, idOf, line, lines, revision } from '../http/fields';

/** A course as the API shows it. */

export const tag = 'courses';
export const params = z.strictObject({ id: idOf('CO') });
export const states = z.enum(courseStates);
const fieldOfCourse = line.meta({
  description: `A kind of work: a minor group of ISCO-08 by its code, name or synonym. Or \`${ENTREPRENEURSHIP}\`.`,
});

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, coded('time', 'Write the time as 09:00').message)
  .meta({ example: '09:00' });

/** The fields that can be changed. */
export const fields = {
  title: line,
  level: z.enum(courseLevels).meta({ description: 'The level of the lessons.' }),
  language: z.enum(courseLanguages).meta({ description: 'The language of the lessons.' }),
  places: z.int().min(1).max(10_000),
  weeks: z.int().min(1).max(260).nullable().meta({ description: 'The length of a rolling course.' }),
  firstDay: day.nullable().meta({ description: 'Of a course that is not rolling.' }),
  lastDay: day.nullable().meta({ description: 'Of a course that is not rolling.' }),
  heldOn: z.array(z.enum(weekdays)).min(1).max(7).meta({ description: 'The days of the week with lessons.' }),
  startsAt: time,
  endsAt: time,
  skills: lines.meta({
    description: 'Skills asked at the entry: codes, names or synonyms. See GET /vocabularies/skill/terms.',
  }),
  entryConditions: line.nullable().meta({ description: 'Other entry conditions, in words.' }),
  conditions: lines.meta({
    description:
      'Conditions of the building and the lessons, beside the centre’s accessibility: codes, names or synonyms. See GET /vocabularies/condition/terms.',
  }),
};

export const course = {
  ...fields,
  field: fieldOfCourse,
  rolling: z.boolean().default(false).meta({
    description: 'Held all the time: each person begins on a day of their own.',
  }),
  weeks: fields.weeks.default(null),
  firstDay: fields.firstDay.default(null),
  lastDay: fields.lastDay.default(null),
  skills: fields.skills.default([]),
  entryConditions: fields.entryConditions.default(null),
  conditions: fields.conditions.default([]),
};
export type NewCourse = z.output<z.ZodObject<typeof course>>;

export const shape = z
  .object({
    id: z.string(),
    centreId: z.string(),
    centre: z.string().meta({ description: 'The centre’s name.' }),
    district: z.string().meta({ description: 'The centre’s district.' }),
    districtName: z.string().optional(),
    field: z.string(),
    fieldName: z.string(),
    title: z.string(),
    level: fields.level,
    language: fields.language,
    places: z.int(),
    rolling: z.boolean(),
    weeks: z.int().nullable(),
    firstDay: z.string().nullable(),
    lastDay: z.string().nullable(),
    heldOn: z.array(z.enum(weekdays)),
    startsAt: z.string(),
    endsAt: z.string(),
    hoursPerWeek: z.number().meta({ description: 'Half an hour is 0.5.' }),
    skills: z.array(z.string()),
    skillNames: z.array(z.string()),
    entryConditions: z.string().nullable(),
    conditions: z.array(z.string()),
    conditionNames: z.array(z.string()),
    state: states,
  })
  .meta({ id: 'Course' });
export const edited = shape.extend({ revision }).meta({ id: 'CourseEdited' });

export const withCentre = { centre: { select: { name: true, district: true } } } as const;
type Shown = Course & { centre: { name: string; district: string } };

export const shown = (
  { centre, titleKey: _, freedAt: _freed, heldOn, ...row }: Shown,
  vocabulary: Vocabulary,
  reader: Pick<Actor, 'language'>,
) => {
  const language = languageOf(reader);
  return {
    ...row,
    heldOn,
    centre: centre.name,
    district: centre.district,
    fieldName: fieldName(row.field, vocabulary, language),
    hoursPerWeek: hoursPerWeek({ ...row, heldOn: heldOn as Weekday[] }),
    skillNames: row.skills.map((code) => vocabulary.nameOf('skill', code, language)),
    conditionNames: row.conditions.map((code) => vocabulary.nameOf('condition', code, language)),
  };
};

/** The name of a course's field: of its kind of work, or of entrepreneurship. */
export const fieldName = (field: string, vocabulary: Vocabulary, language: Language): string =>
  vocabulary.term('occupation', field)
    ? vocabulary.nameOf('occupation', field, language)
    : codeInWords(language, 'course_field', field);

export const edit = async (tx: Tx, row: Shown, vocabulary: Vocabulary, reader: Pick<Actor, 'language'>) =>
  withPlaces(tx, await withRevision(tx, `course/${row.id}`, shown(row, vocabulary, reader)));
