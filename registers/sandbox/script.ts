import { z } from 'zod';
import {
  account,
  code,
  contractNumber,
  day,
  endReason,
  instant,
  mfo,
  month,
  orderKey,
  pinfl,
  reference,
  soum,
  stir,
  words,
} from '../fields';
import { registerNames } from '../news';
import { isDuration } from './duration';

/*
 * What the registers can be told to do, one action at a time: by `POST /script`, by `script()` of a sandbox in the same
 * process, and by the `register:` step of a scenario. Every action is an object with a single key.
 */

const duration = z.string().refine(isDuration, 'a duration such as 30m, 3h, 7d or 6mo');

/** An object with exactly one of these keys. */
const oneOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine((said) => Object.keys(said).length === 1, `exactly one of: ${Object.keys(shape).join(', ')}`);

/**
 * How a piece of news is pushed: `times` one after another with the same event id; signed with the `right` secret, a
 * `wrong` one, an hour ago (`stale`) or not at all (`missing`); `reliable`: tried up to five times until answered with 2xx.
 */
const manner = {
  times: z.number().int().min(1).max(20).optional(),
  signature: z.enum(['right', 'wrong', 'stale', 'missing']).optional(),
  reliable: z.boolean().optional(),
};

/** Whether the register tells us at once. By default it does not: we learn it when we ask. */
const push = z
  .union([z.boolean(), z.strictObject({ event: z.string().optional(), at: instant.optional(), ...manner })])
  .default(false);

/**
 * How a register misbehaves, for so long on the clock, or until `up`. A new one replaces the one before.
 *
 * - `{ yammt: { down: { for: '7d' } } }` every connection breaks before anything is done
 * - `{ tiek: { slow: { ms: 20000, for: '1h' } } }` does what it is asked and answers so much later, in real milliseconds
 * - `{ notifications: { refuses: { status: 429, for: '3h' } } }` does nothing and answers with this status
 * - `{ yammt: { garbage: { for: '1d', body: '{"pinfl":' } } }` does what it is asked and answers with this text
 * - `{ yammt: { up: {} } }` back to good behaviour
 */
const faults = {
  down: z.strictObject({ for: duration.optional() }),
  slow: z.strictObject({ ms: z.number().int().min(1).max(600_000), for: duration.optional() }),
  refuses: z.strictObject({
    status: z.number().int().min(400).max(599).default(500),
    for: duration.optional(),
  }),
  garbage: z.strictObject({ body: z.string().default('<html>It works!</html>'), for: duration.optional() }),
  up: z.strictObject({}),
};

const person = { pinfl };
const parties = { pinfl, stir };

/** Days default to today on the clock. */
const on = day.optional();

/**
 * - `{ yammt: { hires: { pinfl: '…', stir: '…', on: '2023-03-15', contract: 'K-17', until: '2023-12-31' } } }` a contract is
 *   registered; with `until`, for a fixed term that runs out on that day
 * - `{ yammt: { ends: { pinfl: '…', stir: '…', on: '2023-06-15', reason: 'resigned', push: true } } }` the contract ends on
 *   that day; before it, still in force
 * - `{ yammt: { takes_back: { pinfl: '…', stir: '…', push: true } } }` the last end was a mistake and never happened
 * - `{ yammt: { contradicts: { pinfl: '…', stir: '…', first: 'ended', times: 1 } } }` says the untruth `first` so many times,
 *   or `for: '1d'`, and the truth afterwards
 * - `{ yammt: { liquidates: { stir: '…', on: '2023-06-01', push: true } } }` every contract of the employer ends
 * - `{ yammt: { reorganises: { stir: '…', successorStir: '…', on: '2023-06-01', push: true } } }` every contract of the
 *   employer goes on with the successor
 */
const yammt = oneOf({
  hires: z.strictObject({
    ...parties,
    on,
    contract: contractNumber.optional(),
    position: words.optional(),
    until: day.optional(),
    push,
  }),
  ends: z.strictObject({ ...parties, on, reason: endReason.default('other'), push }),
  takes_back: z.strictObject({ ...parties, push }),
  contradicts: z.strictObject({
    ...parties,
    first: z.enum(['in_force', 'ended', 'none']),
    on,
    reason: endReason.default('other'),
    times: z.number().int().min(1).optional(),
    for: duration.optional(),
  }),
  liquidates: z.strictObject({ stir, on, push }),
  reorganises: z.strictObject({ stir, successorStir: stir, on, push }),
  ...faults,
});

const knows = {
  ...person,
  group: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  validUntil: day,
  suitableKinds: z.array(z.string()).default([]),
  unsuitableKinds: z.array(z.string()).default([]),
  conditions: z.array(z.string()).default([]),
  maxHoursPerWeek: z.number().int().min(1).max(48).optional(),
  words: words.default(''),
};

/**
 * - `{ tiek: { knows: { pinfl: '…', group: 2, validUntil: '2024-05-31', suitableKinds: ['office'], conditions: ['ramp'],
 *   maxHoursPerWeek: 36, words: '…', push: true } } }` the person has this work recommendation, until that day inclusive
 * - `{ tiek: { says_no: { pinfl: '…', reason: 'work_not_recommended' } } }` the person has none, for this reason
 * - `{ tiek: { dies: { pinfl: '…', on: '2023-05-02', push: true } } }`
 */
const tiek = oneOf({
  knows: z.strictObject({ ...knows, push }),
  says_no: z.strictObject({ ...person, reason: z.string().min(1).max(200), push }),
  dies: z.strictObject({ ...person, on, push }),
  ...faults,
});

const sums = { accrued: soum.min(1), tax: soum };

const standingWage = {
  ...parties,
  from: month,
  until: month.optional(),
  ...sums,
  enteredOn: z.number().int().min(1).max(28).default(15),
};

/**
 * Nothing was accrued unless said so. Sums are so'm.
 *
 * - `{ tax: { accrues: { pinfl: '…', stir: '…', month: '2023-03', accrued: 2000000, tax: 240000, on: '2023-04-14' } } }` a
 *   month's wage, which the register has from that day on; a second one for the month corrects the first
 * - `{ tax: { nothing: { pinfl: '…', stir: '…', month: '2023-03', push: true } } }` nothing was accrued after all
 * - `{ tax: { earns: { pinfl: '…', stir: '…', from: '2023-03', until: '2023-08', accrued: 2000000, tax: 240000,
 *   enteredOn: 15 } } }` the same every month, entered on that day of the month after; what is said of a month outranks it
 * - `{ tax: { contradicts: { pinfl: '…', stir: '…', month: '2023-03', first: 'nothing', times: 1 } } }` says the untruth
 *   `first` (or `{ accrued: 1900000, tax: 228000 }`) so many times, or `for: '1d'`, and the truth afterwards
 */
const tax = oneOf({
  accrues: z.strictObject({ ...parties, month, ...sums, on, push }),
  nothing: z.strictObject({ ...parties, month, on, push }),
  earns: z.strictObject(standingWage),
  contradicts: z.strictObject({
    ...parties,
    month,
    first: z.union([z.literal('nothing'), z.strictObject(sums)]),
    times: z.number().int().min(1).optional(),
    for: duration.optional(),
  }),
  ...faults,
});

/** Which orders: one, those to an account, or without either all of them. */
const which = { key: orderKey.optional(), account: account.optional() };
const amount = soum.min(1);
const entry = { key: orderKey.optional(), reference: reference.optional() };
const held = { account, mfo, stir, name: z.string().max(300).optional() };

/**
 * An order is accepted, and settled at 9:00 of the next working day. Sums are so'm.
 *
 * - `{ treasury: { holds: { account: '2020…', mfo: '00014', stir: '…', name: '…' } } }` whose an account is; any other
 *   does not exist, but orders to it are executed all the same
 * - `{ treasury: { not_said: { account: '2020…', mfo: '00014' } } }` cannot say whose it is, until `holds`
 * - `{ treasury: { treats: { account: '2020…', times: 1, refuses: 'account_closed' } } }` what is done with orders still to
 *   come (those with `key`, to `account`, or any), so many times or always; the latest such rule that fits holds. `settles:
 *   '3h'` (`next_morning`, `never`), `returns: { after: '2d', code: 'wrong_account' }` so long after it is settled,
 *   `loses_answer: { ms: 20000 }` does it and answers so much later in real milliseconds, without `ms` never;
 *   `news_first: true` settles at once, and pushes the news of it before it answers
 * - `{ treasury: { settles: { key: 'S-000001-2023-03/1', on: '2023-04-10', push: true } } }` settles what is accepted
 * - `{ treasury: { returns: { key: 'S-000001-2023-03/1', code: 'account_closed', push: true } } }` the money comes back
 * - `{ treasury: { forgets: { key: 'S-000001-2023-03/1' } } }` knows nothing of the order, as if it had never come
 * - `{ treasury: { contradicts: { key: 'S-000001-2023-03/1', first: { state: 'none' }, times: 1 } } }` asked about the order,
 *   says the untruth (a `state` with its `on` and `code`, another `amount` or `account`) so many times, or `for: '1d'`
 * - `{ treasury: { receives: { reference: 'RC-000001', amount: 279677, account: '2020…', push: true } } }` money comes in
 * - `{ treasury: { funds: { amount: 5000000000 } } }` the balance before anything moved
 *
 * The statement of a day is ready when the day is over, and says what moved on it, unless:
 *
 * - `{ treasury: { not_ready: { day: '2023-04-10', for: '1d' } } }` is not ready for so long from now, or until `ready`
 * - `{ treasury: { ready: { day: '2023-04-10' } } }`
 * - `{ treasury: { misstates: { day: '2023-04-10', key: '…', amount: 1, account: '2020…' } } }` says another amount or account
 * - `{ treasury: { omits: { day: '2023-04-10', key: '…', until: '2023-04-14' } } }` leaves it out, or states it on that later day
 * - `{ treasury: { invents: { day: '2023-04-10', kind: 'settled', key: 'X-1', amount: 1, account: '2020…' } } }` states what
 *   never was; for `incoming` with `reference` in place of `key`
 * - `{ treasury: { balances: { day: '2023-04-10', opening: 0, closing: 1 } } }` states other balances
 */
const treasury = oneOf({
  holds: z.strictObject(held),
  not_said: z.strictObject({ account, mfo }),
  treats: z.strictObject({
    ...which,
    times: z.number().int().min(1).optional(),
    refuses: code.optional(),
    settles: z.union([z.enum(['next_morning', 'never']), duration]).default('next_morning'),
    returns: z.strictObject({ after: duration, code }).optional(),
    loses_answer: z.strictObject({ ms: z.number().int().min(1).max(600_000).optional() }).optional(),
    news_first: z.boolean().default(false),
  }),
  settles: z.strictObject({ ...which, on, push }),
  returns: z.strictObject({ ...which, on, code, push }),
  forgets: z.strictObject({ key: orderKey }),
  contradicts: z.strictObject({
    key: orderKey,
    first: z.strictObject({
      state: z.enum(['none', 'accepted', 'settled', 'returned', 'refused']).optional(),
      on: day.optional(),
      code: code.optional(),
      amount: amount.optional(),
      account: account.optional(),
    }),
    times: z.number().int().min(1).optional(),
    for: duration.optional(),
  }),
  receives: z.strictObject({ reference, amount, account, on, push }),
  funds: z.strictObject({ amount: soum }),
  not_ready: z.strictObject({ day, for: duration.optional() }),
  ready: z.strictObject({ day }),
  misstates: z.strictObject({ day, ...entry, amount: amount.optional(), account: account.optional() }),
  omits: z.strictObject({ day, ...entry, until: day.optional() }),
  invents: z.strictObject({
    day,
    ...entry,
    kind: z.enum(['settled', 'returned', 'incoming']),
    amount,
    account,
  }),
  balances: z.strictObject({ day, opening: z.int().optional(), closing: z.int().optional() }),
  ...faults,
});

const to = z.string().min(1).max(200);

/**
 * - `{ notifications: { undeliverable: { to: '+998…', permanent: false, why: 'switched off' } } }` messages to it fail
 * - `{ notifications: { accepts_only: { to: '+998…' } } }` messages to it (without `to`: all) wait for a receipt
 * - `{ notifications: { delivers: { to: '+998…' } } }` delivered at once again (without `to`: all, as in the beginning)
 * - `{ notifications: { receipt: { to: '+998…', status: 'delivered' } } }` receipts for every message to it that waits, or
 *   with `key` in place of `to` for that one message whatever was said of it before; pushed unless `push: false`
 */
const notifications = oneOf({
  undeliverable: z.strictObject({
    to,
    permanent: z.boolean().default(true),
    why: z.string().min(1).max(200).default('no such address'),
  }),
  accepts_only: z.strictObject({ to: to.optional() }),
  delivers: z.strictObject({ to: to.optional() }),
  receipt: z
    .strictObject({
      key: z.string().optional(),
      to: to.optional(),
      status: z.enum(['delivered', 'failed']),
      why: z.string().max(200).optional(),
      push: push.unwrap().default(true),
    })
    .refine(
      ({ key, to: address }) => (key === undefined) !== (address === undefined),
      'exactly one of: key, to',
    ),
  ...faults,
});

/**
 * - `{ load: { people: [<as tiek knows>], contracts: [{ pinfl, stir, since, contract, position, until, reason }],
 *   wages: [<as tax earns>], accounts: [<as treasury holds>] } }` much at once; what is known of them already stays as it is
 * - `{ push: { register: 'yammt', type: 'contract_ended', …, times: 2 } }` news as it stands here, true or not, valid or
 *   not; `event` and `at` are filled in where missing
 * - `{ hold: {} }` news is kept back until `{ release: { order: 'reversed' } }` (or `'as_happened'`) pushes it
 */
export const action = oneOf({
  yammt,
  tiek,
  tax,
  treasury,
  notifications,
  load: z.strictObject({
    people: z.array(z.strictObject(knows)).default([]),
    contracts: z
      .array(
        z.strictObject({
          ...parties,
          since: day,
          contract: contractNumber.optional(),
          position: words.optional(),
          until: day.optional(),
          reason: endReason.optional(),
        }),
      )
      .default([]),
    wages: z.array(z.strictObject(standingWage)).default([]),
    accounts: z.array(z.strictObject(held)).default([]),
  }),
  push: z.looseObject({
    register: z.enum(registerNames),
    event: z.string().optional(),
    at: z.string().optional(),
    ...manner,
  }),
  hold: z.strictObject({}),
  release: z.strictObject({ order: z.enum(['as_happened', 'reversed']).default('as_happened') }),
});

/** An action as it is written, and with its defaults filled in. */
export type Action = z.input<typeof action>;
export type FilledAction = z.infer<typeof action>;
export type YammtAction = z.infer<typeof yammt>;
export type TiekAction = z.infer<typeof tiek>;
export type TaxAction = z.infer<typeof tax>;
export type TreasuryAction = z.infer<typeof treasury>;
export type NotificationsAction = z.infer<typeof notifications>;
export type FaultAction = Pick<YammtAction, keyof typeof faults>;
export type Push = z.infer<typeof push>;
export type Manner = Pick<Exclude<Push, boolean>, keyof typeof manner>;
