import type { Logger } from 'pino';
import type { Records } from '../../records/kernel/transaction';
import type { SignIn } from './auth';
import type { Previewer } from './try-out';
import type { Workflows } from './workflows';

/** Everything that the API needs. */
export interface Deps extends Previewer {
  records: Records;
  workflows: Workflows;
  signIn: SignIn;
  log: Logger;
  webhookSecret: string;
  limits?: {
    /** Requests a minute from one address. 0 means no limit. */
    perMinute?: number;
    /** The same for a route that everybody may ask without a token. */
    narrowPerMinute?: number;
    /** The time limit of an answer, except of an import, in milliseconds. */
    answerWithinMs?: number;
    /** The time limit of a body, or of the next piece of an upload, in milliseconds. */
    bodyWithinMs?: number;
  };
  /** The number of proxies in front of the API. Their X-Forwarded-For is trusted. */
  proxies?: number;
  /** Aborted once the process ends. It still answers, but proxies must send requests elsewhere. */
  ending?: AbortSignal;
}
