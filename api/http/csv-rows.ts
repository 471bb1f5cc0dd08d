import { z } from 'zod';
import { errorsOf } from '../../contracts/errors';
import type { FieldError } from '../../domain/field-error';
import { cellsOf, type Separator, separatorOf } from './csv-line';
import { Problem } from './problem';

/** The lines of a CSV file as rows. */

/** The columns that a file must have, and those that it may have. */
export interface Wanted {
  needed: readonly string[];
  possible: readonly string[];
}

/** The columns that a file has, in its order. */
export interface Columns {
  names: readonly string[];
  separator: Separator;
}

/** A line as a row, or its errors. */
export function readLine<Row>(
  schema: z.ZodType<Row>,
  { names, separator }: Columns,
  text: string,
): { row: Row } | { errors: readonly FieldError[] } {
  const cells = cellsOf(text, separator);
  if (cells === undefined)
    return {
      errors: [
        {
          field: '(line)',
          detail: 'Close each quote in the line that opens it, and double the quotes inside a cell.',
        },
      ],
    };
  if (cells.length !== names.length)
    return {
      errors: [
        {
          field: '(line)',
          detail: `Has ${cells.length} cells. Give ${names.length}, as the first line does.`,
        },
      ],
    };
  const fields = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  const unreadable = textErrors(fields);
  if (unreadable.length > 0) return { errors: unreadable };
  const read = schema.safeParse(withoutEmpty(fields), { reportInput: true });
  return read.success ? { row: read.data } : { errors: errorsOf(read.error) };
}

/** The columns that the first line names. @throws Problem 422 for a missing, unknown or repeated column */
export function columnsOf(text: string, { needed, possible }: Wanted): Columns {
  const separator = separatorOf(text);
  const names = cellsOf(text, separator) ?? [];
  const known = new Set([...needed, ...possible]);
  const errors = [
    ...needed
      .filter((name) => !names.includes(name))
      .map((name) => ({ field: name, detail: 'Add this column.' })),
    ...names
      .filter((name, index) => !known.has(name) || names.indexOf(name) !== index)
      .map((name) => ({
        field: /^\w{1,40}$/.test(name) ? name : '?',
        detail: 'Remove this column: it is unknown, or named twice.',
      })),
  ];
  if (errors.length > 0)
    throw wrongColumns(
      'Name the documented columns in the first line, separated by commas or semicolons.',
      errors,
    );
  return { names, separator };
}

export const wrongColumns = (detail: string, errors: readonly FieldError[]): Problem =>
  new Problem(422, 'wrong_columns', detail, { errors });

/** An empty cell gives no value. */
const withoutEmpty = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** Cells with bytes that are no text in the file's charset, or with a NUL. */
const textErrors = (fields: Record<string, string>): FieldError[] =>
  Object.entries(fields)
    .filter(([, value]) => /[\0\uFFFD]/.test(value))
    .map(([field]) => ({
      field,
      detail:
        'Has characters that cannot be read. Save the file as UTF-8, or name its charset in Content-Type.',
    }));

/** A cell with several words, separated by semicolons. */
export const cellOfWords = z.string().transform((cell) =>
  cell
    .split(';')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
