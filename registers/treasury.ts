import { z } from 'zod';
import { EMPLOYMENT, type Fund, funds } from '../domain/fund';
import type { Day } from '../domain/day';
import type { Answer, Connection, Unknown } from './answer';
import { ask } from './ask';
import { account, code, day, mfo, orderKey, pinfl, reference, soum, stir } from './fields';

/** The treasury, which pays. It executes an order once for its key, also when the order is sent again. */
export interface Treasury {
  /**
   * Hands over a payment order. After `unknown` the order may still be accepted. Send the same order again, and never an order
   * under a new key.
   *
   * @throws RangeError for an amount above 2^53, before anything is sent
   */
  send(order: Order): Promise<OrderSending>;
  /** The state of an order: `yes` with the state, `no` when the treasury knows no such key. */
  order(key: string): Promise<OrderAnswer>;
  /** The movements of a day on a fund's account: `yes` when the day's statement is made, `no` before. */
  statement(fund: Fund, on: Day): Promise<StatementAnswer>;
  /**
   * The holder of an account: `yes` with the holder, `no` without such an account. A person is asked about by PINFL: `no` says that
   * somebody else holds the account.
   */
  holder(of: { account: string; mfo: string; pinfl?: string }): Promise<HolderAnswer>;
}

export interface Order {
  readonly key: string;
  /** In so'm, above 0. */
  readonly amount: bigint;
  /** 20 or 27 digits. */
  readonly account: string;
  readonly mfo: string;
  /** The holder: an enterprise, or a person. */
  readonly holderStir?: string;
  readonly holderPinfl?: string;
  /** The purpose, in words without personal data. */
  readonly purpose: string;
  /** The fund and the budget line that it is paid from. */
  readonly fund: Fund;
  readonly line: string;
}

/** `accepted`: the order will be settled or returned. `refused`: no money ever moves under this key. */
export type OrderSending =
  | { answer: 'accepted'; raw: string }
  | { answer: 'refused'; code: string; raw: string }
  | Unknown;

export type OrderState =
  | { state: 'accepted' }
  | { state: 'settled'; on: Day }
  | { state: 'returned'; on: Day; code: string }
  | { state: 'refused'; code: string };

/** `amount`, in so'm, and `account` are the treasury's. The caller checks that they are ours. */
export type OrderAnswer = Answer<OrderState & { key: string; amount: bigint; account: string }, object>;

/** Balances in so'm. The balances and the entries may not add up; the caller compares them. */
export type StatementAnswer = Answer<{ opening: bigint; closing: bigint; entries: StatementEntry[] }, object>;

/**
 * A movement of money on the day of its statement. `settled`: an order's money went out. `returned`: it came back. Both have
 * the order's key. `incoming`: money of another payer, under a reference. `account` is the other side's.
 */
export type StatementEntry = {
  /** In so'm, above 0. */
  readonly amount: bigint;
  readonly account: string;
  readonly on: Day;
} & (
  | { readonly kind: 'settled'; readonly direction: 'out'; readonly key: string }
  | { readonly kind: 'returned'; readonly direction: 'in'; readonly key: string }
  | { readonly kind: 'incoming'; readonly direction: 'in'; readonly reference: string }
);

export type HolderAnswer = Answer<{ holderStir?: string; holderPinfl?: string; name?: string }, object>;

/** In characters: some two hundred thousand entries. */
const LARGEST_STATEMENT = 40_000_000;

/** @returns the adapter; an answer that does not come or makes no sense is `unknown`, never an exception */
export const createTreasury = (connection: Connection): Treasury => ({
  async send({ key, amount, account: to, mfo: bank, ...rest }) {
    if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('an amount that JSON cannot carry');
    const body = { key, amount: Number(amount), account: to, mfo: bank, ...rest };
    const about = sendingSaid.refine(
      (said) => said.key === key && said.amount === body.amount && said.account === to,
    );
    const path = `/orders/${encodeURIComponent(key)}`;
    const reply = await ask(connection, { method: 'PUT', path, body }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'refused') return { answer: 'refused', code: said.code, raw };
    return { answer: 'accepted', raw };
  },

  async order(key) {
    const about = orderSaid.refine((said) => said.key === key);
    const reply = await ask(connection, { path: '/orders/query', body: { key } }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'none') return { answer: 'no', raw };
    return { answer: 'yes', ...said, amount: BigInt(said.amount), raw };
  },

  async statement(fund, on) {
    const about = statementSaid.refine(
      (said) =>
        said.fund === fund &&
        said.day === on &&
        (said.state === 'not_ready' || said.entries.every((one) => one.on === on)),
    );
    const reply = await ask(
      connection,
      { path: '/statements/query', body: { fund, day: on }, largestAnswer: LARGEST_STATEMENT },
      about,
    );
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'not_ready') return { answer: 'no', raw };
    const entries = said.entries.map((one) => ({ ...one, amount: BigInt(one.amount) }));
    return { answer: 'yes', opening: BigInt(said.opening), closing: BigInt(said.closing), entries, raw };
  },

  async holder(of) {
    const about = holderSaid.refine((said) => said.account === of.account && said.mfo === of.mfo);
    const body = { account: of.account, mfo: of.mfo, ...(of.pinfl !== undefined && { pinfl: of.pinfl }) };
    const reply = await ask(connection, { path: '/accounts/query', body }, about);
    if (reply.answer === 'unknown') return reply;
    const { said, raw } = reply;
    if (said.state === 'not_said') return { answer: 'unknown', why: 'busy', raw };
    if (said.state !== 'held') return { answer: 'no', raw };
    return { answer: 'yes', ...said.holder, raw };
  },
});

const key = orderKey;
const amount = soum.min(1);
const refused = { state: z.literal('refused'), code };

const sendingSaid = z.discriminatedUnion('state', [
  z.object({ key, amount, account, state: z.literal('accepted') }),
  z.object({ key, amount, account, ...refused }),
]);

const orderSaid = z.discriminatedUnion('state', [
  z.object({ key, state: z.literal('none') }),
  z.object({ key, amount, account, state: z.literal('accepted') }),
  z.object({ key, amount, account, state: z.literal('settled'), on: day }),
  z.object({ key, amount, account, state: z.literal('returned'), on: day, code }),
  z.object({ key, amount, account, ...refused }),
]);

const moved = { amount, account, on: day };

const entry = z.discriminatedUnion('kind', [
  z.object({ ...moved, kind: z.literal('settled'), direction: z.literal('out'), key }),
  z.object({ ...moved, kind: z.literal('returned'), direction: z.literal('in'), key }),
  z.object({ ...moved, kind: z.literal('incoming'), direction: z.literal('in'), reference }),
]);

const fund = z.enum(funds).default(EMPLOYMENT);

const statementSaid = z.discriminatedUnion('state', [
  z.object({ fund, day, state: z.literal('not_ready') }),
  z.object({
    fund,
    day,
    state: z.literal('ready'),
    /** A balance may be below 0 after a mistake of the treasury's. */
    opening: z.int(),
    closing: z.int(),
    entries: z.array(entry),
  }),
]);

const holderSaid = z.discriminatedUnion('state', [
  z.object({ account, mfo, state: z.enum(['none', 'another']) }),
  z.object({ account, mfo, state: z.literal('not_said') }),
  z.object({
    account,
    mfo,
    state: z.literal('held'),
    holder: z.object({
      holderStir: z.exactOptional(stir),
      holderPinfl: z.exactOptional(pinfl),
      name: z.exactOptional(z.string().max(300)),
    }),
  }),
]);
