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
  registrationNumber,
  soum,
  stir,
  words,
} from '../fields';
import { EMPLOYMENT, funds } from '../../domain/fund';
import { businessForms } from '../../domain/business';
import { registerNames } from '../../domain/registers';
import { isDuration } from './duration';

/*
 * The actions of the registers, one at a time: by `POST /script`, by `script()` of a sandbox in the same process, and by the
 * `register:` step of a scenario. Every action is an object with a single key.
 */

const duration = z.string().refine(isDuration, 'a duration such as 30m, 3h, 7d or 6mo');

/** An object with exactly one of these keys. */
const oneOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine((said) => Object.keys(said).length === 1, `exactly one of: ${Object.keys(shape).join(', ')}`);

/**
 * The way in which news is pushed. `times`: this many times with the same event id. `signature`: with the `right` secret, a `wrong`
 * secret, an hour ago (`stale`) or without a signature (`missing`). `reliable`: up to five tries until the answer is 2xx.
 */
const manner = {
  times: z.number().int().min(1).max(20).optional(),
  signature: z.enum(['right', 'wrong', 'stale', 'missing']).optional(),
  reliable: z.boolean().optional(),
};

/** Whether the register sends news at once. By default it does not, and the service learns the fact when it asks. */
const push = z
  .union([z.boolean(), z.strictObject({ event: z.string().optional(), at: instant.optional(), ...manner })])
  .default(false);

/**
 * A failure of a register, for this time on the clock, or until `up`. A new failure replaces the one before.
 *
 * - `{ yammt: { down: { for: '7d' } } }` every connection breaks before the request is carried out
 * - `{ tiek: { slow: { ms: 20000, for: '1h' } } }` carries the request out and answers this many real milliseconds later
 * - `{ notifications: { refuses: { status: 429, for: '3h' } } }` does nothing and answers with this status
 * - `{ yammt: { garbage: { for: '1d', body: '{"pinfl":' } } }` carries the request out and answers with this text
 * - `{ yammt: { up: {} } }` ends the failure
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
 *   registered; with `until`, for a fixed term that ends on that day
 * - `{ yammt: { ends: { pinfl: '…', stir: '…', on: '2023-06-15', reason: 'resigned', push: true } } }` the contract ends on
 *   that day and is in force before
 * - `{ yammt: { takes_back: { pinfl: '…', stir: '…', push: true } } }` the last end was a mistake and is taken back
 * - `{ yammt: { contradicts: { pinfl: '…', stir: '…', first: 'ended', times: 1 } } }` gives the untrue answer `first` this many
 *   times, or `for: '1d'`, and the true answer afterwards
 * - `{ yammt: { liquidates: { stir: '…', on: '2023-06-01', push: true } } }` every contract of the employer ends
 * - `{ yammt: { reorganises: { stir: '…', successorStir: '…', on: '2023-06-01', push: true } } }` every contract of the
 *   employer continues with the successor
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
 * Without an action nothing was accrued. Sums are so'm.
 *
 * - `{ tax: { accrues: { pinfl: '…', stir: '…', month: '2023-03', accrued: 2000000, tax: 240000, on: '2023-04-14' } } }` a
 *   month's wage, which the register has from that day; a second action for the month corrects the first
 * - `{ tax: { nothing: { pinfl: '…', stir: '…', month: '2023-03', push: true } } }` nothing was accrued after all
 * - `{ tax: { earns: { pinfl: '…', stir: '…', from: '2023-03', until: '2023-08', accrued: 2000000, tax: 240000,
 *   enteredOn: 15 } } }` the same wage every month, entered on that day of the next month; the wage of a single month comes first
 * - `{ tax: { contradicts: { pinfl: '…', stir: '…', month: '2023-03', first: 'nothing', times: 1 } } }` gives the untrue answer
 *   `first` (or `{ accrued: 1900000, tax: 228000 }`) this many times, or `for: '1d'`, and the true answer afterwards
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

/**
 * For each register of business: `self_employed`, `entrepreneur` and `farm`. A register of business pushes no news.
 *
 * - `{ farm: { registers: { pinfl: '…', on: '2023-03-15', number: 'F-17' } } }` a business is registered
 * - `{ farm: { ends: { pinfl: '…', on: '2023-06-15' } } }` it is deregistered, and no longer registered from that day
 * - `{ farm: { takes_back: { pinfl: '…' } } }` the last deregistration was a mistake and is taken back
 * - `{ farm: { corrects: { pinfl: '…', since: '2023-03-01' } } }` the last registration began on another day
 * - `{ farm: { contradicts: { pinfl: '…', first: 'ended', on: '2023-05-02', times: 1 } } }` gives the untrue answer `first` this
 *   many times, or `for: '1d'`, and the true answer afterwards
 */
const business = oneOf({
  registers: z.strictObject({ ...person, on, number: registrationNumber.optional() }),
  ends: z.strictObject({ ...person, on }),
  takes_back: z.strictObject(person),
  corrects: z.strictObject({ ...person, since: day }),
  contradicts: z.strictObject({
    ...person,
    first: z.enum(['registered', 'ended', 'none']),
    on,
    times: z.number().int().min(1).optional(),
    for: duration.optional(),
  }),
  ...faults,
});

/** The orders of an action: one by its key, the orders to an account, or without either all orders. */
const which = { key: orderKey.optional(), account: account.optional() };
const amount = soum.min(1);
const entry = { key: orderKey.optional(), reference: reference.optional() };
const held = {
  account,
  mfo,
  stir: stir.optional(),
  pinfl: pinfl.optional(),
  name: z.string().max(300).optional(),
};

const fund = z.enum(funds).default(EMPLOYMENT);

/**
 * An order is accepted, and settled at 9:00 of the next working day. Sums are so'm.
 *
 * - `{ treasury: { holds: { account: '2020…', mfo: '00014', stir: '…', name: '…' } } }` the owner of an account (`pinfl` in
 *   place of `stir` for a person); any other account
 *   does not exist, but orders to it are executed
 * - `{ treasury: { not_said: { account: '2020…', mfo: '00014' } } }` gives no owner of the account, until `holds`
 * - `{ treasury: { treats: { account: '2020…', times: 1, refuses: 'account_closed' } } }` a rule for later orders (with `key`, to
 *   `account`, or all), for this many orders or for all. The latest rule that fits applies. `settles: '3h'` (`next_morning`,
 *   `never`) sets the settlement. `returns: { after: '2d', code: 'wrong_account' }` returns the money this long after it.
 *   `loses_answer: { ms: 20000 }` executes the order and answers this many real milliseconds later, or never without `ms`.
 *   `news_first: true` settles at once, and pushes the news before the answer.
 * - `{ treasury: { settles: { key: 'S-000001-2023-03/1', on: '2023-04-10', push: true } } }` settles accepted orders
 * - `{ treasury: { returns: { key: 'S-000001-2023-03/1', code: 'account_closed', push: true } } }` the money comes back
 * - `{ treasury: { forgets: { key: 'S-000001-2023-03/1' } } }` forgets the order, as if it had never come
 * - `{ treasury: { contradicts: { key: 'S-000001-2023-03/1', first: { state: 'none' }, times: 1 } } }` gives an untrue answer about
 *   the order (a `state` with its `on` and `code`, another `amount` or `account`) this many times, or `for: '1d'`
 * - `{ treasury: { receives: { reference: 'RC-000001', amount: 279677, account: '2020…', push: true } } }` money comes in
 * - `{ treasury: { funds: { amount: 5000000000 } } }` the balance of each fund before the first movement
 *
 * Each fund has a statement of its own: `fund: social_protection` in an action names the fund, else it is employment's.
 * The statement of a day is ready when the day is over, and lists the movements of the day. These actions change it:
 *
 * - `{ treasury: { not_ready: { day: '2023-04-10', for: '1d' } } }` is not ready for this time from now, or until `ready`
 * - `{ treasury: { ready: { day: '2023-04-10' } } }`
 * - `{ treasury: { misstates: { day: '2023-04-10', key: '…', amount: 1, account: '2020…' } } }` states another amount or account
 * - `{ treasury: { omits: { day: '2023-04-10', key: '…', until: '2023-04-14' } } }` leaves a movement out, or states it on that
 *   later day
 * - `{ treasury: { invents: { day: '2023-04-10', kind: 'settled', key: 'X-1', amount: 1, account: '2020…' } } }` states a movement
 *   that never was; for `incoming` with `reference` in place of `key`
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
  receives: z.strictObject({ fund, reference, amount, account, on, push }),
  funds: z.strictObject({ amount: soum }),
  not_ready: z.strictObject({ fund, day, for: duration.optional() }),
  ready: z.strictObject({ fund, day }),
  misstates: z.strictObject({ fund, day, ...entry, amount: amount.optional(), account: account.optional() }),
  omits: z.strictObject({ fund, day, ...entry, until: day.optional() }),
  invents: z.strictObject({
    fund,
    day,
    ...entry,
    kind: z.enum(['settled', 'returned', 'incoming']),
    amount,
    account,
  }),
  balances: z.strictObject({ fund, day, opening: z.int().optional(), closing: z.int().optional() }),
  ...faults,
});

const to = z.string().min(1).max(200);

/**
 * - `{ notifications: { undeliverable: { to: '+998…', permanent: false, why: 'switched off' } } }` messages to the address fail
 * - `{ notifications: { accepts_only: { to: '+998…' } } }` messages to the address (without `to`: all) wait for a receipt
 * - `{ notifications: { delivers: { to: '+998…' } } }` messages are delivered at once again (without `to`: all, as at the start)
 * - `{ notifications: { receipt: { to: '+998…', status: 'delivered' } } }` receipts for every waiting message to the address. With
 *   `key` in place of `to`: for that message, whatever its receipt before. Pushed unless `push: false`.
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
 *   wages: [<as tax earns>], accounts: [<as treasury holds>], businesses: [{ form: 'farm', pinfl, since, number, until }] } }` many facts at once; known facts stay as they are
 * - `{ push: { register: 'yammt', type: 'contract_ended', …, times: 2 } }` exactly this news, true or not, valid or not; missing
 *   `event` and `at` are filled in
 * - `{ hold: {} }` keeps news back until `{ release: { order: 'reversed' } }` (or `'as_happened'`) pushes it
 */
export const action = oneOf({
  yammt,
  tiek,
  tax,
  treasury,
  notifications,
  self_employed: business,
  entrepreneur: business,
  farm: business,
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
    businesses: z
      .array(
        z.strictObject({
          ...person,
          form: z.enum(businessForms),
          since: day,
          number: registrationNumber.optional(),
          until: day.optional(),
        }),
      )
      .default([]),
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

/** An action as written, and an action with its defaults. */
export type Action = z.input<typeof action>;
export type FilledAction = z.infer<typeof action>;
export type YammtAction = z.infer<typeof yammt>;
export type TiekAction = z.infer<typeof tiek>;
export type TaxAction = z.infer<typeof tax>;
export type TreasuryAction = z.infer<typeof treasury>;
export type NotificationsAction = z.infer<typeof notifications>;
export type BusinessAction = z.infer<typeof business>;
export type FaultAction = Pick<YammtAction, keyof typeof faults>;
export type Push = z.infer<typeof push>;
export type Manner = Pick<Exclude<Push, boolean>, keyof typeof manner>;
