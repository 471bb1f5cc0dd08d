import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { businessForms } from '../../domain/business';
import { EMPLOYMENT, funds } from '../../domain/fund';
import {
  account,
  code,
  contractNumber,
  day,
  endReason,
  mfo,
  month,
  pinfl,
  registrationNumber,
  soum,
  stir,
} from '../fields';

const mapOf = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string(), z.unknown())
    .transform((entries) => new Map(Object.entries(entries)))
    .pipe(z.map(z.string(), value));

const contract = z.object({
  pinfl,
  stir,
  contract: contractNumber,
  position: z.string().optional(),
  since: day,
  /** The day from which the contract is no longer in force. It may lie in the future. */
  until: day.optional(),
  endReason: endReason.optional(),
  successorStir: stir.optional(),
});
export type Contract = z.infer<typeof contract>;

const recommendation = z.object({
  group: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  validUntil: day,
  suitableKinds: z.array(z.string()),
  unsuitableKinds: z.array(z.string()),
  conditions: z.array(z.string()),
  maxHoursPerWeek: z.number().optional(),
  words: z.string(),
});

const examined = z.object({
  recommendation: recommendation.optional(),
  /** The reason why there is no recommendation. */
  refusal: z.string().optional(),
  diedOn: day.optional(),
});

const wage = z.object({
  stir,
  month,
  /** 0: nothing. */
  accrued: soum,
  tax: soum,
  /** The day from which the register has it. */
  on: day,
});
export type Wage = z.infer<typeof wage>;

const standingWage = z.object({
  stir,
  from: month,
  until: month.optional(),
  accrued: soum,
  tax: soum,
  /** The day of the next month on which the wage is entered. */
  enteredOn: z.number(),
});
export type StandingWage = z.infer<typeof standingWage>;

const wagesOfPerson = z.object({
  /** In the order of their entry. The last entry of a month applies. */
  single: z.array(wage),
  standing: z.array(standingWage),
});

/** An untrue answer of the tax authority about a month. `accrued` 0: nothing was accrued. */
const wageUntruth = z.object({
  pinfl,
  stir,
  month,
  accrued: soum,
  tax: soum,
  on: day,
  left: z.number().optional(),
  until: z.string().optional(),
});

const holder = z.object({
  account,
  mfo,
  stir: stir.optional(),
  pinfl: pinfl.optional(),
  name: z.string().optional(),
});

/** The treasury's rule for later orders. */
const treatment = z.object({
  key: z.string().optional(),
  account: account.optional(),
  left: z.number().optional(),
  refuses: z.string().optional(),
  settles: z.string(),
  returns: z.object({ after: z.string(), code }).optional(),
  loses_answer: z.object({ ms: z.number().optional() }).optional(),
  news_first: z.boolean(),
});
export type Treatment = z.infer<typeof treatment>;

/** Kept facts without a fund are the employment fund's. */
const fund = z.enum(funds).default(EMPLOYMENT);

const order = z.object({
  key: z.string(),
  amount: z.number(),
  account,
  mfo,
  holderStir: stir.optional(),
  holderPinfl: pinfl.optional(),
  purpose: z.string(),
  fund,
  line: z.string(),
  /** How often the order came, and how often its money was moved: once at most. */
  seen: z.number(),
  executed: z.number(),
  acceptedAt: z.string().optional(),
  /** It may lie in the future. Without it: never. */
  settlesAt: z.string().optional(),
  returnsAt: z.string().optional(),
  /** The code of the refusal or return. */
  code: z.string().optional(),
});
export type Order = z.infer<typeof order>;

/** An untrue answer of the treasury about an order. */
const orderUntruth = z.object({
  key: z.string(),
  first: z.object({
    state: z.string().optional(),
    on: day.optional(),
    code: z.string().optional(),
    amount: z.number().optional(),
    account: account.optional(),
  }),
  left: z.number().optional(),
  until: z.string().optional(),
});

const incoming = z.object({ fund, reference: z.string(), amount: z.number(), account, on: day });

const named = { fund, day, key: z.string().optional(), reference: z.string().optional() };

const treasury = z.object({
  /** The balance of each fund before the first movement. */
  funds: z.number(),
  /** By MFO and account. Without a STIR or PINFL the treasury gives no owner. */
  holders: mapOf(holder),
  treatments: z.array(treatment),
  /** By key, in the order they came. */
  orders: mapOf(order),
  untruths: z.array(orderUntruth),
  incoming: z.array(incoming),
  /** The statements that are late, by number: until an instant, or without end (empty). */
  notReady: mapOf(z.string()),
  misstated: z.array(z.object({ ...named, amount: z.number().optional(), account: account.optional() })),
  omitted: z.array(z.object({ ...named, until: day.optional() })),
  invented: z.array(
    z.object({
      ...named,
      kind: z.enum(['settled', 'returned', 'incoming']),
      amount: z.number(),
      account,
    }),
  ),
  /** By the statement's number, in place of the true balances. */
  balances: mapOf(z.object({ opening: z.number().optional(), closing: z.number().optional() })),
});

const emptyTreasury = (): z.infer<typeof treasury> => ({
  funds: 1_000_000_000_000,
  holders: new Map(),
  treatments: [],
  orders: new Map(),
  untruths: [],
  incoming: [],
  notReady: new Map(),
  misstated: [],
  omitted: [],
  invented: [],
  balances: new Map(),
});

const sending = z.discriminatedUnion('status', [
  z.object({ status: z.literal('delivered'), at: z.string(), receipt: z.string() }),
  z.object({ status: z.literal('accepted') }),
  z.object({ status: z.literal('failed'), why: z.string(), permanent: z.boolean() }),
]);
export type Sending = z.infer<typeof sending>;

const message = z.object({
  key: z.string(),
  channel: z.enum(['sms', 'email']),
  to: z.string(),
  text: z.string(),
  sentAt: z.string(),
  sending,
});
export type Message = z.infer<typeof message>;

const delivery = z.discriminatedUnion('policy', [
  z.object({ policy: z.literal('delivers') }),
  z.object({ policy: z.literal('accepts_only') }),
  z.object({ policy: z.literal('undeliverable'), why: z.string(), permanent: z.boolean() }),
]);
export type Delivery = z.infer<typeof delivery>;

const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('down'), until: z.string().optional() }),
  z.object({ kind: z.literal('slow'), until: z.string().optional(), ms: z.number() }),
  z.object({ kind: z.literal('refuses'), until: z.string().optional(), status: z.number() }),
  z.object({ kind: z.literal('garbage'), until: z.string().optional(), body: z.string() }),
]);
export type Fault = z.infer<typeof fault>;

/** An untrue answer of YAMMT about a contract, for `left` more times or until the instant. */
const untruth = z.object({
  pinfl,
  stir,
  first: z.enum(['in_force', 'ended', 'none']),
  on: day,
  reason: endReason,
  left: z.number().optional(),
  until: z.string().optional(),
});

const registration = z.object({
  pinfl,
  form: z.enum(businessForms),
  number: registrationNumber,
  since: day,
  /** The day from which the person is no longer registered. It may lie in the future. */
  until: day.optional(),
});
export type Registration = z.infer<typeof registration>;

/** An untrue answer of a register of business. */
const registrationUntruth = z.object({
  pinfl,
  form: z.enum(businessForms),
  first: z.enum(['registered', 'ended', 'none']),
  on: day,
  left: z.number().optional(),
  until: z.string().optional(),
});

const heldNews = z.object({
  news: z.looseObject({ event: z.string(), register: z.string() }),
  manner: z.object({
    times: z.number().optional(),
    signature: z.enum(['right', 'wrong', 'stale', 'missing']).optional(),
    reliable: z.boolean().optional(),
  }),
});
export type HeldNews = z.infer<typeof heldNews>;

const world = z.object({
  /** The number of contracts that have a number. */
  numbered: z.number(),
  /** By PINFL, in the order of their registration. */
  contracts: mapOf(z.array(contract)),
  untruths: z.array(untruth),
  /** By PINFL. */
  examined: mapOf(examined),
  /** By PINFL. */
  wages: mapOf(wagesOfPerson).default(() => new Map()),
  wageUntruths: z.array(wageUntruth).default(() => []),
  /** Own businesses by PINFL, in the order of their registration. */
  registrations: mapOf(z.array(registration)).default(() => new Map()),
  registrationUntruths: z.array(registrationUntruth).default(() => []),
  treasury: treasury.default(() => emptyTreasury()),
  /** By key, in the order they came. */
  messages: mapOf(message),
  /** By address; `*` is every other address. */
  deliveries: mapOf(delivery),
  /** By register. */
  faults: mapOf(fault),
  holding: z.boolean(),
  held: z.array(heldNews),
});

/** The facts of the outside world, as the sandbox registers know them. */
export type World = z.infer<typeof world>;

export const emptyWorld = (): World => ({
  numbered: 0,
  contracts: new Map(),
  untruths: [],
  examined: new Map(),
  wages: new Map(),
  wageUntruths: [],
  registrations: new Map(),
  registrationUntruths: [],
  treasury: emptyTreasury(),
  messages: new Map(),
  deliveries: new Map(),
  faults: new Map(),
  holding: false,
  held: [],
});

/** @returns the world as JSON text, its maps as objects */
export const asJson = (truth: World): string =>
  JSON.stringify(truth, (_key, value: unknown): unknown =>
    value instanceof Map ? Object.fromEntries<unknown>(value) : value,
  );

/**
 * A world that a file keeps after the process ends.
 *
 * @returns the world of the file, or an empty world if there is no file. `save` resolves once the file has a state at least as new as
 *   at the call. The file is replaced whole.
 * @throws if the file exists but is no world
 */
export const keptWorld = async (file: string): Promise<{ world: World; save: () => Promise<void> }> => {
  const truth = await stored(file);
  await mkdir(dirname(file), { recursive: true });
  const write = async (): Promise<void> => {
    await writeFile(`${file}.new`, asJson(truth));
    await rename(`${file}.new`, file);
  };
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const save = (): Promise<void> => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return (running = write());
      });
    return next;
  };
  return { world: truth, save };
};

const stored = async (file: string): Promise<World> => {
  if (!existsSync(file)) return emptyWorld();
  return world.parse(JSON.parse(await readFile(file, 'utf8')));
};
