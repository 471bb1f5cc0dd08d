import { z } from 'zod';
import type { FieldError, FieldValue } from '../domain/field-error';

export type Issue = z.core.$ZodIssue;

/** Where a schema is: the field that it is about, and itself, so that an unknown field is answered with the known ones. */
interface Place {
  under?: readonly string[];
  schema?: z.core.$ZodType;
}

/** The errors, one for each field. The schema was tried with `reportInput`, which tells a wrong value from a missing one. */
export const errorsOf = (error: z.ZodError, { under = [], schema }: Place = {}): FieldError[] =>
  onePerField(flat(error.issues).flatMap((issue) => errorsOfIssue(issue, under, schema)));

/**
 * Of a union that matched nowhere: the issues of the branch that knows the most of the given fields, and of those the one with the
 * fewest issues. A choice of values is one issue.
 */
export function flat(issues: readonly Issue[], path: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const here = [...path, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const values = choiceOf(issue.errors);
      if (values) return [{ code: 'invalid_value', values, path: here, message: '', input: issue.input }];
      const [nearest = []] = issue.errors.toSorted(
        (a, b) => unknownIn(a) - unknownIn(b) || a.length - b.length,
      );
      return flat(nearest, here);
    }
    return [{ ...issue, path: here }];
  });
}

/** The number of given fields that a branch does not know. */
const unknownIn = (branch: readonly Issue[]): number =>
  branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);

/** The values of a union of values; undefined for a union with other branches. */
function choiceOf(branches: readonly (readonly Issue[])[]): FieldValue[] | undefined {
  const found = branches.map(([issue, ...more]) =>
    issue?.code === 'invalid_value' && issue.path.length === 0 && more.length === 0
      ? possibleOf(issue)
      : undefined,
  );
  return found.includes(undefined) ? undefined : found.flatMap((values) => values ?? []);
}

/** The values that an issue's field can have. The kinds of a body with several kinds are such values, too. */
function possibleOf(issue: Issue): FieldValue[] | undefined {
  const values: readonly unknown[] =
    issue.code === 'invalid_value'
      ? issue.values
      : issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
        ? issue.options
        : [];
  const possible = values.filter((value) => ['string', 'number', 'boolean'].includes(typeof value));
  return possible.length > 0 ? (possible as FieldValue[]) : undefined;
}

function onePerField(all: readonly FieldError[]): FieldError[] {
  const errors = new Map<string, FieldError>();
  for (const error of all) if (!errors.has(error.field)) errors.set(error.field, error);
  return [...errors.values()];
}

function errorsOfIssue(issue: Issue, under: readonly string[], schema?: z.core.$ZodType): FieldError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: nameOf([...under, ...issue.path, key]),
      detail: unknownField(fieldsAt(schema, issue.path)),
    }));
  const possible = possibleOf(issue);
  const field = nameOf([...under, ...issue.path]);
  return [{ field, detail: detailOf(issue, possible), ...(possible && { possible }) }];
}

const unknownField = (known: readonly PropertyKey[]): string =>
  known.length === 0
    ? 'Leave this field out: it is unknown.'
    : `Is not a known field. Known are: ${known.join(', ')}.`;

/** The names that a schema knows at a place; none where several kinds of body are possible. */
function fieldsAt(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): readonly PropertyKey[] {
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options;
  if (schema instanceof z.ZodArray) return fieldsAt(schema.element, path.slice(1));
  if (!(schema instanceof z.ZodObject)) {
    const { innerType } = (schema?._zod.def ?? {}) as { innerType?: z.core.$ZodType };
    return innerType ? fieldsAt(innerType, path) : [];
  }
  const [name, ...rest] = path;
  const fields = schema.shape as Readonly<Record<PropertyKey, z.core.$ZodType>>;
  return name === undefined ? Object.keys(fields) : fieldsAt(fields[name], rest);
}

function detailOf(issue: Issue, possible: readonly FieldValue[] | undefined): string {
  const isGiven = issue.code === 'invalid_union' ? isNamed(issue) : issue.input !== undefined;
  const choice = possible && `Choose one of: ${possible.join(', ')}.`;
  if (!isGiven && (choice || issue.code === 'invalid_type'))
    return ['Is required.', choice].filter(Boolean).join(' ');
  if (choice) return choice;
  if (issue.code === 'invalid_type') return `Must be ${kinds[issue.expected] ?? issue.expected}.`;
  return `${issue.message}.`.replace(/\.+$/, '.');
}

/** Whether a body with several kinds names its kind. */
const isNamed = ({ input, path }: Issue): boolean =>
  typeof input === 'object' && input !== null && String(path.at(-1)) in input;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** A field's name, e.g. `plan.measures.0.kind`. An unknown name is shown only when it looks like the name of a field. */
export const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (/^(\d{1,4}|[A-Za-z_][A-Za-z_-]{0,63})$/.test(String(part)) ? String(part) : '?'))
    .join('.') || '(body)';
