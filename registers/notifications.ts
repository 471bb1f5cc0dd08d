import { z } from 'zod';
import type { Connection, Unknown } from './answer';
import { ask } from './ask';
import { instant } from './fields';

/** The gateway that sends SMS and e-mail and brings delivery receipts. */
export interface Notifications {
  /** Sends a message. The same key never delivers twice, so after `unknown` send it again. */
  send(message: Message): Promise<Sending>;
}

export interface Message {
  /** The idempotency key, which the gateway honours. The delivery receipt names it. It holds no personal data. */
  readonly key: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
}

/**
 * - `delivered`: it arrived, at this instant
 * - `accepted`: on its way, the receipt follows as news of type `receipt`
 * - `failed`: it did not arrive; when `permanent`, it never will at this address
 * - `unknown`: the message may have been sent or not
 */
export type Sending =
  | { answer: 'delivered'; at: Date; receipt: string; raw: string }
  | { answer: 'accepted'; raw: string }
  | { answer: 'failed'; why: string; permanent: boolean; raw: string }
  | Unknown;

/** @returns the adapter; sending never throws, an answer that does not come or makes no sense is `unknown` */
export const createNotifications = (connection: Connection): Notifications => ({
  async send({ key, channel, to, text }) {
    const about = sendingSaid.refine((said) => said.key === key);
    const body = { key, channel, to, text };
    const reply = await ask(
      connection,
      { path: '/messages', body, headers: { 'idempotency-key': key } },
      about,
    );
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.status === 'delivered')
      return { answer: 'delivered', at: new Date(said.at), receipt: said.receipt, raw };
    if (said.status === 'failed') return { answer: 'failed', why: said.why, permanent: said.permanent, raw };
    return { answer: 'accepted', raw };
  },
});

const key = z.string();

const sendingSaid = z.discriminatedUnion('status', [
  z.object({ key, status: z.literal('delivered'), at: instant, receipt: z.string().min(1).max(100) }),
  z.object({ key, status: z.literal('accepted') }),
  z.object({ key, status: z.literal('failed'), why: z.string().min(1).max(200), permanent: z.boolean() }),
]);
