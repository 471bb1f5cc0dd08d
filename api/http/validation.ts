import type { z } from 'zod';
import { type FieldError, Problem } from './problem';

type Issue = z.core.$ZodIssue;

/**
 * Validates one part of a request. A query or path that is not as documented is malformed (400); a body that is
 * well-formed JSON but wrong is 422. One entry per field; no value is ever repeated.
 *
 * @throws Problem
 */
export function validated<S extends z.ZodType>(
  schema: S,
  input: unknown,
  part: 'path' | 'query' | 'body',
): z.output<S> {
  const refused = (code: string, errors: readonly FieldError[]): Problem =>
    part === 'body'
      ? wrongFields(code, errors)
      : new Problem(400, `malformed_${part}`, `The ${part} is not as documented.`, { errors });
  const unusable = unusableText(input);
  if (unusable !== undefined)
    throw refused('unusable_text', [{ field: unusable, detail: 'Holds characters that are no text.' }]);
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw refused(codeOf(flat(result.error.issues)), errorsOf(result.error));
}

/** What is wrong, one entry per field; the schema was tried with `reportInput`, which tells a wrong value from a missing one. */
export const errorsOf = (error: z.ZodError): FieldError[] => onePerField(flat(error.issues));

/** 422 with one entry per field. */
export const wrongFields = (code: string, errors: readonly FieldError[]): Problem =>
  new Problem(422, code, 'The request is well-formed, but some fields are wrong.', { errors });

/** One wrong field answers with the code of what is wrong; several with a general one. */
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

/** Of a union that matched nowhere the branch that came nearest speaks. */
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
        ? issue.keys.map((key) => [nameOf([...issue.path, key]), 'Is not a known field.'] as const)
        : [[nameOf(issue.path), detailOf(issue)] as const];
    for (const [field, detail] of fields) if (!errors.has(field)) errors.set(field, detail);
  }
  return [...errors].map(([field, detail]) => ({ field, detail }));
}

function detailOf(issue: Issue): string {
  const isGiven = issue.input !== undefined;
  if (!isGiven && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'Is required.';
  if (issue.code === 'invalid_type') return `Is not ${kinds[issue.expected] ?? issue.expected}.`;
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

/** `plan.measures.0.kind`; a name a caller made up is shown only when it looks like one. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (/^(\d{1,4}|[A-Za-z_][A-Za-z_-]{0,63})$/.test(String(part)) ? String(part) : '?'))
    .join('.') || '(body)';

/** Whether PostgreSQL can keep a text: no NUL, and no half of a character. */
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
