import { notInThisState } from '../../records/kernel/refusal';
import { notFound, notYours } from './problem';

interface Refused {
  /** What the status says. */
  words: string;
  /** The rest is an example. */
  code: string;
  detail: string;
  errors?: readonly { field: string; detail: string }[];
  state?: string;
  allowedActions?: readonly string[];
}

const saidBy = ({ code, detail }: Pick<Refused, 'code' | 'detail'>) => ({ code, detail });

/** The refusals of every route by status. */
export const refusals: Readonly<Record<number, Refused>> = {
  400: {
    words: 'The request is malformed.',
    code: 'malformed_query',
    detail: 'The query is wrong. Correct the fields below.',
    errors: [{ field: 'cursor', detail: 'Send "next" of the previous page of this list.' }],
  },
  401: {
    words: 'The request has no valid token.',
    code: 'expired_token',
    detail: 'The token has expired. Sign in again.',
  },
  403: {
    words: 'The caller may not do this.',
    ...saidBy(notYours(['case_manager', 'supervisor'])),
  },
  404: {
    words: 'The row does not exist, or lies outside the caller’s area.',
    ...saidBy(notFound()),
  },
  408: {
    words: 'The body did not arrive in time.',
    code: 'too_slow',
    detail: 'The body did not arrive within 60 seconds. Send it again.',
  },
  409: {
    words: 'The state of the row does not allow it, or the key was used for another body.',
    ...saidBy(notInThisState('closed')),
    state: 'closed',
    allowedActions: ['reopening'],
  },
  412: {
    words: 'The edited row has changed since the revision in If-Match: one entry for each changed field.',
    code: 'changed_meanwhile',
    detail:
      'It has changed since you read it. Read it again, then decide; send the edit with a new Idempotency-Key.',
    errors: [{ field: 'plan', detail: 'Was changed meanwhile.' }],
  },
  413: {
    words: 'The body is too large.',
    code: 'too_large',
    detail: 'Send at most 256 KiB in one body.',
  },
  415: {
    words: 'The route needs another content type.',
    code: 'wrong_content_type',
    detail: 'Send Content-Type: application/json.',
  },
  422: {
    words: 'The request is well-formed, but fields are wrong: one entry for each field.',
    code: 'wrong_fields',
    detail: 'Some fields are wrong. Correct the fields below.',
    errors: [{ field: 'stir', detail: 'Give all 9 digits.' }],
  },
  429: {
    words: 'Too many requests came from this address.',
    code: 'too_many_requests',
    detail: 'Too many requests came from this address. Wait a minute, then try again.',
  },
  500: {
    words:
      'A fault of the service stopped the command. The command is recorded. An administrator tries it again, and the same key then gives its answer.',
    code: 'defect',
    detail:
      'A defect of the service stopped the request. It is logged: tell an administrator the correlation id.',
  },
  503: {
    words:
      'The service cannot answer now. The outcome of a command is then not known: send it again with the same key.',
    code: 'unavailable',
    detail: 'The service cannot answer now. Try again in a few seconds.',
  },
};
