import { z } from 'zod';
import { FIRST_DAY, isPossibleDay, LAST_DAY } from '../domain/day';
import { MOST_SOUM } from '../domain/money/soum';
import { pinflProblem, type PinflProblem } from '../domain/pinfl';
import { isStir } from '../domain/stir';

/** For own checks in schemas: `.refine(…, coded('pinfl_check_digit', 'Its last digit …'))`. */
export const coded = (code: string, message: string) => ({ message, params: { code } });

/** A calendar day that exists, in Asia/Tashkent; the one bound for days that come in. */
export const day = z
  .string()
  .refine(
    isPossibleDay,
    coded(
      'impossible_date',
      `Is not a day of the calendar, YYYY-MM-DD, between ${FIRST_DAY} and ${LAST_DAY}`,
    ),
  )
  .meta({ format: 'date', example: '2026-03-02' });

const pinflWords: Record<PinflProblem, string> = {
  length: 'Has not 14 digits',
  first_digit: 'Its first digit is not one of 1 to 6',
  birth_date: 'Holds no day of birth',
  check_digit: 'Its last digit does not check the others',
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
    example: '31210632040244',
  });

export const stir = z
  .string()
  .refine(isStir, coded('stir', 'Has not 9 digits'))
  .meta({
    description: "An organisation's tax number: 9 digits.",
    pattern: String.raw`^\d{9}$`,
    example: '200000001',
  });

/** The code of an area at one of the levels: 0 republic, 4 region, 7 district, 10 mahalla. */
const soatoOf = (lengths: readonly number[], what: string) =>
  z
    .string()
    .refine(
      (code) => /^\d*$/.test(code) && lengths.includes(code.length),
      coded('soato', `Is not the code of ${what}`),
    )
    .meta({ pattern: `^(${lengths.map((n) => (n === 0 ? '' : `\\d{${n}}`)).join('|')})$` });

export const mahalla = soatoOf([10], 'a mahalla: 10 digits').meta({ example: '1703202001' });
export const district = soatoOf([7], 'a district: 7 digits').meta({ example: '1703202' });
export const area = soatoOf([0, 4, 7, 10], 'an area: 4, 7 or 10 digits').meta({ example: '1703' });
export const officeArea = area;

export const phone = z
  .string()
  .regex(/^\+998\d{9}$/, coded('phone', 'Is not a number of the form +998901234567').message)
  .meta({ example: '+998901234567' });

export const email = z.email('Is not an e-mail address').max(254);

/** Whole so'm that come in, with the one bound for sums. */
export const som = z
  .int('Is not a whole number of so’m')
  .min(0, 'Is below 0')
  .max(MOST_SOUM, `Is more than ${MOST_SOUM} so’m`)
  .meta({ description: 'Whole so’m.' });

/** Words: what a person writes in a line, or in a paragraph. */
export const line = z.string().trim().min(1, 'Is empty').max(200, 'Is longer than 200 characters');
export const text = z.string().trim().min(1, 'Is empty').max(4000, 'Is longer than 4000 characters');

/** A short list of words or codes. */
export const lines = z.array(line).max(100);

/** A business key such as `C-000001`. */
export const idOf = (letter: string) => idLike(new RegExp(`^${letter}-\\d{6,12}$`), `${letter}-000001`);

/** A business number of a form of its own. */
export const idLike = (form: RegExp, example: string) =>
  z.string().regex(form, `Is not of the form ${example}`).meta({ example });

/** A paper or a certificate: files come later, number, date and issuer now. */
export const document = z.strictObject({ number: line, date: day, issuer: line });
export type Document = z.output<typeof document>;

/** The fields of a schema for a type that a rule of `domain` reads: each of them, and no others. */
export type Fields<T> = { readonly [F in keyof T]-?: z.ZodType<T[F]> };
