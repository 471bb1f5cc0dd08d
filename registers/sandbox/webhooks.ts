import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../domain/clock';
import { sign, SIGNATURE_HEADER } from '../signature';
import type { Manner } from './script';

const ANSWER_WITHIN_MS = 15_000;
const RELIABLE_TRIES = 5;
const FIRST_PAUSE_MS = 200;

/** The address of news, `<url>/v1/registers/<register>/events`, and the secret of its signature. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

export interface Delivery {
  readonly event: string;
  readonly register: string;
  /** The answer to each try in turn: an HTTP status, or 0 for no answer. Empty without a webhook. */
  readonly statuses: number[];
}

/** @returns a function that pushes one piece of news and returns the answers */
export const createPush =
  ({ clock, webhook }: { clock: Clock; webhook: Webhook | undefined }) =>
  async (
    news: { event: string; register: string },
    { times = 1, signature = 'right', reliable = false }: Manner,
  ): Promise<Delivery> => {
    const { event, register } = news;
    const statuses: number[] = [];
    if (webhook === undefined) return { event, register, statuses };
    const body = JSON.stringify(news);

    const once = async (): Promise<number> => {
      const seconds = Math.floor((await clock.now()).getTime() / 1000);
      const status = await post(
        `${webhook.url}/v1/registers/${register}/events`,
        body,
        headerOf[signature](webhook.secret, seconds, body),
      );
      statuses.push(status);
      return status;
    };

    const tries = reliable ? RELIABLE_TRIES : 1;
    for (let time = 0; time < times; time++) {
      for (let tried = 1; !isGood(await once()) && tried < tries; tried++)
        await sleep(FIRST_PAUSE_MS * 2 ** (tried - 1), undefined, { ref: false });
    }
    return { event, register, statuses };
  };

const headerOf = {
  right: sign,
  wrong: (secret: string, seconds: number, body: string) => sign(`not ${secret}`, seconds, body),
  stale: (secret: string, seconds: number, body: string) => sign(secret, seconds - 3600, body),
  missing: () => undefined,
};

const isGood = (status: number): boolean => status >= 200 && status <= 299;

const post = async (url: string, body: string, signature: string | undefined): Promise<number> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { [SIGNATURE_HEADER]: signature }),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
};
