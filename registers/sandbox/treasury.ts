import { z } from 'zod';
import { calendarOf, nextWorkingDay } from '../../domain/calendar';
import { addDays, at, dayOf, type Day } from '../../domain/day';
import { EMPLOYMENT, funds } from '../../domain/fund';
import { account, mfo, orderKey, pinfl, soum, stir } from '../fields';
import { later } from './duration';
import { Impossible } from './impossible';
import type { FilledAction, Push, TreasuryAction } from './script';
import type { Happening, Reply, Side } from './side';
import { createStatements } from './statements';
import { saidFor, saidNow } from './untruth';
import type { Order, Treatment, World } from './world';

/** The time at which the treasury settles and returns, in the morning of a working day. */
const MORNING = '09:00';

/** A calendar of weekends and yearly holidays only. */
const CALENDAR = calendarOf([]);

const request = z.object({
  key: orderKey,
  amount: soum.min(1),
  account,
  mfo,
  holderStir: stir.optional(),
  holderPinfl: pinfl.optional(),
  purpose: z.string().min(1).max(500),
  fund: z.enum(funds).default(EMPLOYMENT),
  line: z.string().min(1).max(100),
});

/** The treasury's part of the sandbox. The treasury executes an order once for its key, however often the order comes. */
export const createTreasurySide = (world: World) => {
  const { treasury } = world;
  const statements = createStatements(treasury);

  const matching = ({ key, account: to }: { key?: string | undefined; account?: string | undefined }) =>
    [...treasury.orders.values()].filter(
      (order) => (key === undefined || order.key === key) && (to === undefined || order.account === to),
    );

  const treatmentOf = (order: z.infer<typeof request>): Treatment | undefined => {
    const treatment = treasury.treatments.findLast(
      ({ key, account: to, left }) =>
        (key === undefined || key === order.key) &&
        (to === undefined || to === order.account) &&
        (left === undefined || left > 0),
    );
    if (treatment?.left !== undefined) treatment.left -= 1;
    return treatment;
  };

  const take = (wanted: z.infer<typeof request>, now: Date): Reply => {
    const treatment = treatmentOf(wanted);
    const order: Order = { ...wanted, seen: 1, executed: 0 };
    treasury.orders.set(order.key, order);
    if (treatment?.refuses === undefined) execute(order, treatment, now);
    else order.code = treatment.refuses;
    const news =
      treatment?.news_first === true && order.settlesAt !== undefined
        ? [settled(order, dayOf(now), true)]
        : [];
    const { loses_answer: lost } = treatment ?? {};
    return {
      said: receipt(order),
      news,
      lateMs: lost?.ms,
      lost: lost !== undefined && lost.ms === undefined,
    };
  };

  return {
    orders: {
      '/orders/:key': (body: unknown, now: Date): Reply => {
        const wanted = request.parse(body);
        const known = treasury.orders.get(wanted.key);
        if (known === undefined) return take(wanted, now);
        known.seen += 1;
        if (!isSame(known, wanted)) throw new Impossible('the key belongs to another order');
        return { said: receipt(known), news: [] };
      },
    },

    questions: {
      '/orders/query': (body: unknown, now: Date) => {
        const { key } = z.object({ key: orderKey }).parse(body);
        const order = treasury.orders.get(key);
        const truth = order === undefined ? { key, state: 'none' } : described(order, now);
        const untruth = saidNow(treasury.untruths, now, (said) => said.key === key);
        if (untruth === undefined) return truth;
        const { state } = untruth.first;
        if (state === 'none') return { key, state };
        const made = { on: dayOf(now), code: 'other' };
        const { amount, account: to } = order ?? { amount: 1, account: '0'.repeat(20) };
        const otherwise = state === undefined || state === (truth as { state: string }).state ? truth : made;
        return { key, amount, account: to, ...otherwise, ...given(untruth.first) };
      },
      '/statements/query': (body: unknown, now: Date) => {
        const { fund, day } = z
          .object({ fund: z.enum(funds).default(EMPLOYMENT), day: z.string() })
          .parse(body);
        return statements.of(fund, day, now);
      },
      '/accounts/query': (body: unknown) => {
        const { pinfl: who, ...asked } = z.object({ account, mfo, pinfl: pinfl.optional() }).parse(body);
        const holder = treasury.holders.get(holderKey(asked));
        if (holder === undefined) return { ...asked, state: 'none' };
        const { stir: holderStir, pinfl: holderPinfl, name } = holder;
        if (holderStir === undefined && holderPinfl === undefined) return { ...asked, state: 'not_said' };
        if (who !== undefined && who !== holderPinfl) return { ...asked, state: 'another' };
        return { ...asked, state: 'held', holder: { holderStir, holderPinfl, name } };
      },
    },

    /** @throws Impossible if there is no such order */
    act(action: TreasuryAction, now: Date): Happening[] {
      const today = dayOf(now);
      if (action.holds) treasury.holders.set(holderKey(action.holds), action.holds);
      if (action.not_said) treasury.holders.set(holderKey(action.not_said), action.not_said);
      if (action.treats) {
        const { times, ...treatment } = action.treats;
        treasury.treatments.push({ ...treatment, left: times });
      }
      if (action.settles) {
        const { push, on = today, ...which } = action.settles;
        const waiting = matching(which).filter((order) => stateOf(order, now) === 'accepted');
        if (waiting.length === 0) throw new Impossible('no such order waits to be settled');
        return waiting.map((order) => {
          order.settlesAt = momentOn(on, now).toISOString();
          return settled(order, on, push);
        });
      }
      if (action.returns) {
        const { push, on = today, code, ...which } = action.returns;
        const out = matching(which).filter((order) => ['accepted', 'settled'].includes(stateOf(order, now)));
        if (out.length === 0) throw new Impossible('no such order can be returned');
        return out.map((order) => {
          const moment = momentOn(on, now).toISOString();
          if (stateOf(order, now) === 'accepted') order.settlesAt = moment;
          Object.assign(order, { returnsAt: moment, code });
          return { told: { type: 'payment_returned', key: order.key, on, code }, push };
        });
      }
      if (action.forgets && !treasury.orders.delete(action.forgets.key))
        throw new Impossible('no such order has come');
      if (action.contradicts) {
        const { key, first, ...length } = action.contradicts;
        treasury.untruths.push({ key, first, ...saidFor(length, now) });
      }
      if (action.receives) {
        const { push, on = today, ...money } = action.receives;
        treasury.incoming.push({ ...money, on });
        return [{ told: { type: 'incoming', reference: money.reference, on }, push }];
      }
      if (action.funds) treasury.funds = action.funds.amount;
      statements.act(action, now);
      return [];
    },

    /** Every order that came, with its state now. */
    list: (now: Date) =>
      [...treasury.orders.values()].map((order) => ({ ...order, ...described(order, now) })),

    load(accounts: NonNullable<FilledAction['load']>['accounts']): void {
      for (const held of accounts)
        if (!treasury.holders.has(holderKey(held))) treasury.holders.set(holderKey(held), held);
    },
  } satisfies Side<TreasuryAction> & Record<string, unknown>;
};

const holderKey = (of: { account: string; mfo: string }): string => `${of.mfo} ${of.account}`;

const execute = (order: Order, treatment: Treatment | undefined, now: Date): void => {
  order.executed += 1;
  order.acceptedAt = now.toISOString();
  const settlesAt = treatment?.news_first === true ? now : settling(treatment?.settles, now);
  if (settlesAt === undefined) return;
  order.settlesAt = settlesAt.toISOString();
  if (treatment?.returns === undefined) return;
  order.returnsAt = later(settlesAt, treatment.returns.after).toISOString();
  order.code = treatment.returns.code;
};

const settling = (settles: string | undefined, now: Date): Date | undefined => {
  if (settles === 'never') return undefined;
  if (settles === undefined || settles === 'next_morning')
    return at(nextWorkingDay(CALENDAR, addDays(dayOf(now), 1)), MORNING);
  return later(now, settles);
};

const isSame = (order: Order, wanted: z.infer<typeof request>): boolean =>
  order.amount === wanted.amount &&
  order.account === wanted.account &&
  order.mfo === wanted.mfo &&
  order.holderStir === wanted.holderStir &&
  order.holderPinfl === wanted.holderPinfl &&
  order.fund === wanted.fund;

const momentOn = (on: Day, now: Date): Date => (on === dayOf(now) ? now : at(on, MORNING));

const isPast = (instant: string | undefined, now: Date): instant is string =>
  instant !== undefined && Date.parse(instant) <= now.getTime();

const stateOf = ({ acceptedAt, settlesAt, returnsAt }: Order, now: Date) => {
  if (acceptedAt === undefined) return 'refused';
  if (isPast(returnsAt, now)) return 'returned';
  return isPast(settlesAt, now) ? 'settled' : 'accepted';
};

const described = (order: Order, now: Date) => {
  const { key, amount, account: to, settlesAt, returnsAt, code } = order;
  const state = stateOf(order, now);
  const about = { key, amount, account: to, state };
  if (state === 'settled') return { ...about, on: dayOf(new Date(settlesAt ?? 0)) };
  if (state === 'returned') return { ...about, on: dayOf(new Date(returnsAt ?? 0)), code };
  return state === 'refused' ? { ...about, code } : about;
};

/** The answer to the order itself. Later outcomes are answers to questions. */
const receipt = ({ key, amount, account: to, acceptedAt, code }: Order) =>
  acceptedAt === undefined
    ? { key, amount, account: to, state: 'refused', code }
    : { key, amount, account: to, state: 'accepted' };

const settled = ({ key }: Order, on: Day, push: Push): Happening => ({
  told: { type: 'payment_settled', key, on },
  push,
});

const given = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
