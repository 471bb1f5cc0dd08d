import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { FieldError } from '../../domain/field-error';
import type { Actor } from '../../domain/roles';
import { whyNotInWords } from '../../domain/words/words';
import { isOutOfReach } from '../../records/kernel/faults';
import { Refusal } from '../../records/kernel/refusal';

interface Extras {
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  /** Further members, such as `state` and `allowedActions` of a 409. */
  more?: Readonly<Record<string, unknown>>;
}

/** An error as the API answers it (RFC 9457). Programs read the stable `code`. The words hold no personal data. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extras: Extras = {},
  ) {
    super(code);
  }

  /** The answer's body. */
  body(correlationId: string) {
    const { errors = [], more } = this.extras;
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(errors.length > 0 && { errors }),
      ...more,
      correlationId,
    };
  }
}

/** The shape of every error, for the OpenAPI document. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable, for programs.' }),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          field: z.string().meta({ description: 'As the caller sent it, e.g. `measures.0.kind`.' }),
          detail: z.string(),
          possible: z
            .array(z.union([z.string(), z.number(), z.boolean()]))
            .optional()
            .meta({ description: 'The values that the field can have.' }),
        }),
      )
      .optional(),
    state: z.string().optional().meta({ description: 'Of a 409: the present state of the row.' }),
    allowedActions: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of a 409: the commands that the caller may give now.' }),
    notAllowed: z
      .array(z.object({ action: z.string(), code: z.string(), words: z.string() }))
      .optional()
      .meta({ description: 'Of a 409: the commands that something beside the state forbids, and why.' }),
    waitingFor: z
      .object({
        role: z.string(),
        due: z.string().nullable(),
        dueOn: z.string().nullable(),
        words: z.string(),
      })
      .nullable()
      .optional()
      .meta({ description: 'Of a 409: whom the row waits for, and until when.' }),
    report: z.looseObject({}).optional().meta({
      description: 'Of an import that stopped: the report of its lines until then.',
    }),
    correlationId: z.string(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' });

/** 404. A row outside the caller's area is answered like one that does not exist. */
export const notFound = (): Problem =>
  new Problem(404, 'not_found', 'There is nothing under this number that you may see. Check the number.');

/** 403: another role may do it. The words name the roles to ask. */
export const notYours = (
  roles: readonly string[],
  { language = 'en', role }: Partial<Pick<Actor, 'language' | 'role'>> = {},
): Problem => {
  const words = whyNotInWords(
    { language, today: '' },
    { code: 'not_yours', params: { roles: roles.join(', '), by: role } },
  );
  return new Problem(403, 'not_yours', words);
};

/** 499, as proxies count it: the caller went away before the answer. The service is not at fault. */
export const clientGone = (): Problem => new Problem(499, 'client_gone', 'The caller has gone.');

/** The database, Temporal or the issuer's keys do not answer. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

const NOT_KNOWN = 'It is not known whether it was carried out: send the same key again.';

/** 503. The outcome of a command is then not known: the same key tells it, or carries the command out. */
export const unavailable = (isCommand: boolean, headers: Readonly<Record<string, string>> = {}): Problem =>
  new Problem(
    503,
    'unavailable',
    isCommand
      ? `The service cannot answer now. ${NOT_KNOWN}`
      : 'The service cannot answer now. Try again in a few seconds.',
    { headers: { 'Retry-After': '5', ...headers } },
  );

/** An error as a problem, or undefined for a defect of the service. */
export function problemOf(error: unknown, isCommand: boolean): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal)
    return new Problem(error.status, error.code, error.detail, { errors: error.errors });
  if ((error as { type?: unknown } | null)?.type === 'request.aborted') return clientGone();
  if (isUnavailable(error)) return unavailable(isCommand);
  return ofExpress(error);
}

/** Whether an error means that something the API needs is away for now. */
export const isUnavailable = (error: unknown): boolean => error instanceof Unavailable || isOutOfReach(error);

/** The problem of a path or a body that express cannot read. */
function ofExpress(error: unknown): Problem | undefined {
  const { type, status } = error as { type?: string; status?: number };
  if (error instanceof URIError)
    return new Problem(
      400,
      'malformed_path',
      'The path cannot be decoded. Encode it as UTF-8 with percent signs.',
    );
  if (type === undefined && status !== 400) return undefined;
  if (type === 'entity.too.large') return tooLarge('256 KiB');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return unsupportedEncoding();
  return new Problem(
    400,
    'malformed_body',
    'The body cannot be read as its Content-Encoding says. Compress it that way, or leave the header out.',
  );
}

/** 400 for a wrong query or path, with one entry for each field. */
export const malformed = (part: 'path' | 'query', errors: readonly FieldError[]): Problem =>
  new Problem(400, `malformed_${part}`, `The ${part} is wrong. Correct the fields below.`, { errors });

export const unsupportedEncoding = (): Problem =>
  new Problem(
    415,
    'unsupported_encoding',
    'Send the body in UTF-8, plain or compressed with gzip or deflate.',
  );

export const malformedJson = (): Problem =>
  new Problem(400, 'malformed_json', 'Send a JSON object as the body.');

export const tooLarge = (limit: string): Problem =>
  new Problem(413, 'too_large', `Send at most ${limit} in one body.`);
