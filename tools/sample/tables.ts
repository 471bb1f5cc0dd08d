import { EMPLOYMENT, funds } from '../../domain/fund';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { addDays, addMonths, type Day } from '../../domain/day';
import { centreKinds, courseLanguages, courseLevels, weekdays } from '../../domain/training/course';

const folder = path.resolve(__dirname);
const reference = path.resolve(__dirname, '../../prisma/data');

/** The age in days, on the first day, of the jobs that people already have. */
const SOME_MONTHS = 200;

const list = z.string().transform((text) => text.split(';').filter((word) => word !== ''));
const optional = z.string().transform((text) => text || null);
const number = z.string().regex(/^\d+$/).transform(Number);
const optionalNumber = z.union([z.literal('').transform(() => null), number]);

/** A table of a CSV file whose lines that begin with # are comments. */
export function table<S extends z.ZodType>(file: string, row: S): z.output<S>[] {
  const lines: unknown = parse(readFileSync(file, 'utf8'), {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
  });
  return z.array(row).parse(lines);
}

const inSample = (name: string) => path.join(folder, name);
const inReference = (name: string) => path.join(reference, name);

/** The 14 regions. */
export const regions = () =>
  table(
    inReference('regions.csv'),
    z.object({ soato: z.string(), name_latn: z.string(), name_cyrl: z.string() }),
  );

/** The calendar: the days of each year that differ from weekends and fixed holidays. */
export const calendar = () =>
  table(
    inReference('non-working-days.csv'),
    z.object({ date: z.string(), kind: z.string(), week: z.string(), status: z.string() }),
  );

/** Districts and mahallas of two regions. */
export const territories = () =>
  table(inSample('territories.csv'), z.object({ code: z.string(), name_latn: z.string() }));

/** Officials. In a scenario the name of a role means its first official. */
export const officials = () =>
  table(
    inSample('officials.csv'),
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.string(),
      rank: z.enum(['officer', 'head']),
      area: z.string(),
      phone: z.string(),
      email: z.string(),
      person: optional,
      centre: optional,
      fund: z.enum(funds).or(z.literal('').transform(() => EMPLOYMENT)),
    }),
  );

export const centres = () =>
  table(
    inSample('centres.csv'),
    z.object({
      stir: z.string(),
      kind: z.enum(centreKinds),
      name: z.string(),
      district: z.string(),
      address: z.string(),
      phone: z.string(),
      email: z.string(),
      accessibility: list,
    }),
  );

export const courses = () =>
  table(
    inSample('courses.csv'),
    z.object({
      stir: z.string(),
      field: z.string(),
      title: z.string(),
      level: z.enum(courseLevels),
      language: z.enum(courseLanguages),
      places: number,
      begins: optionalNumber,
      ends: optionalNumber,
      weeks: optionalNumber,
      held_on: list.pipe(z.array(z.enum(weekdays))),
      starts_at: z.string(),
      ends_at: z.string(),
      skills: list,
      entry_conditions: optional,
      conditions: list,
    }),
  );

export const employers = () =>
  table(
    inSample('employers.csv'),
    z.object({
      stir: z.string(),
      name: z.string(),
      district: z.string(),
      phone: z.string(),
      email: z.string(),
      ownership: z.string(),
      stateShare: optionalNumber,
      employees: number,
      week: z.string(),
    }),
  );

export const vacancies = () =>
  table(
    inSample('vacancies.csv'),
    z.object({
      stir: z.string(),
      kind: z.string(),
      work: z.string(),
      title: z.string(),
      places: number,
      conditions: list,
      skills: list,
      hours_per_week: number,
      wage: z.string().transform(BigInt),
      district: z.string(),
    }),
  );

export const people = () =>
  table(
    inSample('people.csv'),
    z.object({
      pinfl: z.string(),
      name: z.string(),
      mahalla: z.string(),
      phone: z.string(),
      email: optional,
      skills: list,
      wishes: list,
      group: optionalNumber,
      recommended_months: optionalNumber,
      suitable: list,
      unsuitable: list,
      conditions: list,
      max_hours: optionalNumber,
      words: z.string(),
      works_for: optional,
    }),
  );
export type SamplePerson = ReturnType<typeof people>[number];

/**
 * TIEK's recommendation for a sample person on a day, or undefined for a person who was never examined.
 *
 * @param from the first day of the sample world; the months of a recommendation count from it
 */
export function recommendationOf(person: SamplePerson, from: Day) {
  if (person.recommended_months === null) return undefined;
  return {
    group: z.union([z.literal(1), z.literal(2), z.literal(3)]).parse(person.group),
    validUntil: addMonths(from, person.recommended_months),
    suitableKinds: person.suitable,
    unsuitableKinds: person.unsuitable,
    conditions: person.conditions,
    ...(person.max_hours !== null && { maxHoursPerWeek: person.max_hours }),
    words: person.words,
  };
}

/**
 * The registers' data on the first day: the body of the sandbox's action `load`. TIEK has the people's work recommendations, YAMMT
 * has two contracts in force.
 */
export function sampleRegisterWorld(startDay: Day) {
  const known = people();
  return {
    people: known.flatMap((person) => {
      const recommendation = recommendationOf(person, startDay);
      return recommendation ? [{ pinfl: person.pinfl, ...recommendation }] : [];
    }),
    contracts: known.flatMap(({ pinfl, works_for: stir }) =>
      stir === null ? [] : [{ pinfl, stir, since: addDays(startDay, -SOME_MONTHS) }],
    ),
  };
}
