import type { z } from 'zod';
import { type FieldError, malformed, Problem } from './problem';

type Issue = z.core.$ZodIssue;

/**
 * Validates one part of a request. A wrong query or path is malformed (400). A wrong body in well-formed JSON is 422. The
 * errors have one entry for each field, and repeat no value.
 *
 * @throws Problem
 */
export function validated<S extends z.ZodType>(
  schema: S,
  input: unknown,
  part: 'path' | 'query' | 'body',
): z.output<S> {
  const refused = (code: string, errors: readonly FieldError[]): Problem =>
    part === 'body' ? wrongFields(code, errors) : malformed(part, errors);
  const unusable = unusableText(input);
  if (unusable !== undefined)
    throw refused('unusable_text', [{ field: unusable, detail: 'Remove the characters that are no text.' }]);
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw refused(codeOf(flat(result.error.issues)), errorsOf(result.error));
}

/** The errors, one for each field. The schema was tried with `reportInput`, which tells a wrong value from a missing one. */
export const errorsOf = (error: z.ZodError): FieldError[] => onePerField(flat(error.issues));

/** 422 with one entry for each field. */
export const wrongFields = (code: string, errors: readonly FieldError[]): Problem =>
  new Problem(422, code, 'Some fields are wrong. Correct the fields below.', { errors });

/** The code of the error in one field; a general code for several errors. */
function codeOf(issues: readonly Issue[]): string {
  if (issues.some((issue) => issue.code === 'unrecognized_keys')) return 'unknown_field';
  const codes = new Set(
    issues.map((issue) =>
      issue.code === 'custom' ? (issue.params?.['code'] as string | undefined) : undefined,
    ),
  );
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? only : 'wrong_fields';
}

/** Of a union that matched nowhere: the issues of the branch with the fewest. */
function flat(issues: readonly Issue[], path: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const here = [...path, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const [nearest = []] = issue.errors.toSorted((a, b) => a.length - b.length);
      return flat(nearest, here);
    }
    return [{ ...issue, path: here }];
  });
}

function onePerField(issues: readonly Issue[]): FieldError[] {
  const errors = new Map<string, string>();
  for (const issue of issues) {
    const fields =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(
            (key) => [nameOf([...issue.path, key]), 'Leave this field out: it is unknown.'] as const,
          )
        : [[nameOf(issue.path), detailOf(issue)] as const];
    for (const [field, detail] of fields) if (!errors.has(field)) errors.set(field, detail);
  }
  return [...errors].map(([field, detail]) => ({ field, detail }));
}

function detailOf(issue: Issue): string {
  const isGiven = issue.input !== undefined;
  if (!isGiven && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'Is required.';
  if (issue.code === 'invalid_type') return `Must be ${kinds[issue.expected] ?? issue.expected}.`;
  return `${issue.message}.`.replace(/\.+$/, '.');
}

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
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (/^(\d{1,4}|[A-Za-z_][A-Za-z_-]{0,63})$/.test(String(part)) ? String(part) : '?'))
    .join('.') || '(body)';

/** Whether PostgreSQL can keep a text: it holds no NUL and no half of a character. */
export const isText = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

/** The first field whose name or text PostgreSQL cannot keep. */
function unusableText(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === 'string') return isText(value) ? undefined : nameOf(path);
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = isText(key) ? unusableText(inner, [...path, key]) : nameOf([...path, '?']);
    if (found !== undefined) return found;
  }
  return undefined;
}
