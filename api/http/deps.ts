import type { Logger } from 'pino';
import type { Records } from '../../records/kernel/transaction';
import type { SignIn } from './auth';
import type { Workflows } from './workflows';

/** Everything the API stands on. */
export interface Deps {
  records: Records;
  workflows: Workflows;
  signIn: SignIn;
  log: Logger;
  webhookSecret: string;
  limits?: {
    /** Requests a minute from one address; 0: no limit. */
    perMinute?: number;
    /** The overall time within which every request but an import is answered, in milliseconds. */
    answerWithinMs?: number;
    /** For how long we wait for a body, or for the next piece of an upload, in milliseconds. */
    bodyWithinMs?: number;
  };
  /** How many proxies stand in front, whose X-Forwarded-For is believed. */
  proxies?: number;
}
