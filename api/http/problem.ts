import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { isOutOfReach } from '../../records/kernel/faults';
import { Refusal } from '../../records/kernel/refusal';

export interface FieldError {
  field: string;
  detail: string;
}

interface Extras {
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  /** Further members, such as `state` and `allowedActions` of a 409. */
  more?: Readonly<Record<string, unknown>>;
}

/** An error as the API answers it (RFC 9457): `code` is stable, for programs; the words carry no personal data. */
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
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
    state: z.string().optional().meta({ description: 'For 409: the state the object is in.' }),
    allowedActions: z.array(z.string()).optional().meta({ description: 'For 409: what is possible now.' }),
    report: z.looseObject({}).optional().meta({
      description: 'For an import that stopped: what became of its lines until then, as in its report.',
    }),
    correlationId: z.string(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' });

/** 404: it is not there, or outside the caller's area, which is the same to them. */
export const notFound = (): Problem =>
  new Problem(404, 'not_found', 'There is no such thing, or it lies outside your area.');

/** 403: another role's to do. */
export const notYours = (roles: readonly string[]): Problem =>
  new Problem(403, 'not_yours', `This is for: ${roles.join(', ')}.`);

/** The caller went away before the answer: 499, as proxies count it, and no fault of the service. */
export const clientGone = (): Problem => new Problem(499, 'client_gone', 'The caller has gone.');

/** Something the API needs does not answer: the database, Temporal, the issuer's keys. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

const NOT_KNOWN = 'It is not known whether it was carried out: send the same key again.';

/** 503. After a command its outcome is open: the same key finds out, or carries it out. */
export const unavailable = (isCommand: boolean, headers: Readonly<Record<string, string>> = {}): Problem =>
  new Problem(
    503,
    'unavailable',
    isCommand ? `The service cannot answer now. ${NOT_KNOWN}` : 'The service cannot answer now. Try again.',
    { headers: { 'Retry-After': '5', ...headers } },
  );

/** Any error as a problem; undefined for a defect of ours. */
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

/** What express throws for a path or a body that it cannot read. */
function ofExpress(error: unknown): Problem | undefined {
  const { type, status } = error as { type?: string; status?: number };
  if (error instanceof URIError) return new Problem(400, 'malformed_path', 'The path cannot be decoded.');
  if (type === undefined && status !== 400) return undefined;
  if (type === 'entity.too.large') return tooLarge('256 KiB');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return unsupportedEncoding();
  return new Problem(400, 'malformed_body', 'The body is not compressed as its Content-Encoding says.');
}

export const unsupportedEncoding = (): Problem =>
  new Problem(415, 'unsupported_encoding', 'Send UTF-8, plain or compressed with gzip or deflate.');

export const malformedJson = (): Problem =>
  new Problem(400, 'malformed_json', 'The body is not a JSON object.');

export const tooLarge = (limit: string): Problem =>
  new Problem(413, 'too_large', `The body is larger than ${limit}.`);
