import { sumInWords } from '../domain/words/values';
import { z } from 'zod';
import { FIRST_DAY, isPossibleDay, LAST_DAY } from '../domain/day';
import { MOST_SOUM } from '../domain/money/soum';
import { pinflProblem, type PinflProblem } from '../domain/pinfl';
import { isStir } from '../domain/stir';

/** Message and code of an own check in a schema: `.refine(…, coded('stir', 'Give all 9 digits'))`. */
export const coded = (code: string, message: string) => ({ message, params: { code } });

/** A calendar day that exists, in Asia/Tashkent. All days that come in have this bound. */
export const day = z
  .string()
  .refine(
    isPossibleDay,
    coded('impossible_date', `Give a day of the calendar as YYYY-MM-DD, from ${FIRST_DAY} to ${LAST_DAY}`),
  )
  .meta({ format: 'date' });

const pinflWords: Record<PinflProblem, string> = {
  length: 'Give all 14 digits',
  first_digit: 'The first digit must be 1 to 6: check the number',
  birth_date: 'Digits 2 to 7 are no day of birth: check the number',
  check_digit: 'The last digit does not fit the others: check the number',
};

/** A personal number with its check digit. */
export const pinfl = z
  .string()
  .superRefine((text, context) => {
    const problem = pinflProblem(text);
    if (problem) context.addIssue({ code: 'custom', ...coded(`pinfl_${problem}`, pinflWords[problem]) });
  })
  .meta({
    description: 'PINFL (JSHSHIR): 14 digits.',
    pattern: String.raw`^[1-6]\d{13}$`,
    example: '40201902050010',
  });

export const stir = z
  .string()
  .refine(isStir, coded('stir', 'Give all 9 digits'))
  .meta({
    description: "An organisation's tax number: 9 digits.",
    pattern: String.raw`^\d{9}$`,
    example: '300000001',
  });

/** The code of an area at one of the levels: 0 republic, 4 region, 7 district, 10 mahalla. */
const soatoOf = (lengths: readonly number[], what: string) =>
  z
    .string()
    .refine(
      (code) => /^\d*$/.test(code) && lengths.includes(code.length),
      coded('soato', `Give the code of ${what}`),
    )
    .meta({ pattern: `^(${lengths.map((n) => (n === 0 ? '' : `\\d{${n}}`)).join('|')})$` });

export const mahalla = soatoOf([10], 'a mahalla: 10 digits').meta({ example: '1726269001' });
export const district = soatoOf([7], 'a district: 7 digits').meta({ example: '1726269' });
export const area = soatoOf([0, 4, 7, 10], 'an area: 4, 7 or 10 digits').meta({ example: '1726' });
export const officeArea = area;

export const phone = z
  .string()
  .regex(/^\+998\d{9}$/, coded('phone', 'Write the number as +998901234567').message)
  .meta({ example: '+998901234567' });

export const email = z.email('Give an e-mail address, such as name@example.uz').max(254);

/** Whole so'm. All sums that come in have this bound. */
export const som = z
  .int('Give a whole number of so’m')
  .min(0, 'Give 0 or more')
  .max(MOST_SOUM, `Give at most ${sumInWords(MOST_SOUM)}`)
  .meta({ description: 'Whole so’m.' });

/** Words that a person writes: a line, or a paragraph. */
export const line = z
  .string()
  .trim()
  .min(1, 'Write at least one character')
  .max(200, 'Write at most 200 characters');
export const text = z
  .string()
  .trim()
  .min(1, 'Write at least one character')
  .max(4000, 'Write at most 4000 characters');

/** A short list of words or codes. */
export const lines = z.array(line).max(100);

/** A business key such as `C-000001`. */
export const idOf = (letter: string) =>
  idLike(new RegExp(`^${letter}-\\d{6,12}$`), `${letter}-000001`).meta({
    description: `The number of ${numbered[letter] ?? 'the row'}.`,
  });

const numbered: Readonly<Record<string, string>> = {
  A: 'an adaptation',
  AP: 'a proposal',
  B: 'an own business',
  C: 'a case',
  CO: 'a course',
  E: 'an employer',
  I: 'an inspection',
  J: 'an employment',
  P: 'a person',
  R: 'a referral',
  RC: 'a recovery',
  S: 'a wage subsidy',
  ST: 'a stipend',
  SS: 'a start subsidy',
  T: 'a training',
  TC: 'a centre',
  V: 'a job',
  W: 'public works',
};

/** A business number with a form of its own. */
export const idLike = (form: RegExp, example: string) =>
  z.string().regex(form, `Write it in the form ${example}`).meta({ example });

/** A paper or a certificate, by its number, date and issuer. No file comes with it yet. */
export const document = z.strictObject({ number: line, date: day, issuer: line });
export type Document = z.output<typeof document>;

/** An official enters an employer's word on paper or by phone, with the manner and the day of its receipt. */
export const received = z
  .exactOptional(z.strictObject({ manner: z.enum(['paper', 'phone']), on: day }))
  .meta({
    description:
      'How and when the employer’s answer came, when an official enters it. An employer leaves it out.',
  });
export type Received = NonNullable<z.output<typeof received>>;

/** The fields of a schema for a type that a rule of `domain` reads. The schema has each field, and no others. */
export type Fields<T> = { readonly [F in keyof T]-?: z.ZodType<T[F]> };
