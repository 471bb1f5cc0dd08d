import type { z } from 'zod';
import { errorsOf, flat, type Issue, nameOf } from '../../contracts/errors';
import type { FieldError } from '../../domain/field-error';
import { malformed, Problem } from './problem';

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
  throw refused(codeOf(flat(result.error.issues)), errorsOf(result.error, { schema }));
}

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
