import { at, addDays, dayOf, type Day } from '../../domain/day';
import type { Fund } from '../../domain/fund';
import { statementId } from '../../domain/money/funds';
import { later } from './duration';
import type { TreasuryAction } from './script';
import type { World } from './world';

interface Entry {
  readonly fund: Fund;
  readonly kind: 'settled' | 'returned' | 'incoming';
  readonly key?: string | undefined;
  readonly reference?: string | undefined;
  readonly amount: number;
  readonly account: string;
  readonly on: Day;
}

/**
 * The treasury's statements: the movements of each day, with the mistakes of scripts. The balances follow from the stated movements,
 * from day to day.
 */
export const createStatements = (treasury: World['treasury']) => {
  const truth = (): Entry[] => [
    ...[...treasury.orders.values()].flatMap(({ fund, key, amount, account, settlesAt, returnsAt }) => [
      ...movedAt('settled', { fund, key, amount, account }, settlesAt),
      ...movedAt('returned', { fund, key, amount, account }, returnsAt),
    ]),
    ...treasury.incoming.map((money) => ({ ...money, kind: 'incoming' as const })),
  ];

  const stated = (): Entry[] => [
    ...truth().flatMap((entry) => {
      const omitted = treasury.omitted.find((said) => isAbout(said, entry));
      if (omitted && omitted.until === undefined) return [];
      const { amount, account } = treasury.misstated.findLast((said) => isAbout(said, entry)) ?? {};
      return [
        {
          ...entry,
          amount: amount ?? entry.amount,
          account: account ?? entry.account,
          on: omitted?.until ?? entry.on,
        },
      ];
    }),
    ...treasury.invented.map(({ day, ...entry }) => ({ ...entry, on: day })),
  ];

  const isReady = (fund: Fund, day: Day, now: Date): boolean => {
    if (now < at(addDays(day, 1), '00:00')) return false;
    const until = treasury.notReady.get(statementId(fund, day));
    return until === undefined || (until !== '' && now.getTime() >= Date.parse(until));
  };

  return {
    /** The treasury's statement of a fund's day. */
    of(fund: Fund, day: Day, now: Date) {
      if (!isReady(fund, day, now)) return { fund, day, state: 'not_ready' };
      const upToDay = stated().filter((entry) => entry.fund === fund && entry.on <= day);
      const entries = upToDay.filter((entry) => entry.on === day);
      const closing = treasury.funds + sum(upToDay);
      const balances = {
        opening: closing - sum(entries),
        closing,
        ...treasury.balances.get(statementId(fund, day)),
      };
      return { fund, day, state: 'ready', ...balances, entries: entries.map(written) };
    },

    act(action: TreasuryAction, now: Date): void {
      if (action.not_ready) {
        const { fund, day, for: length } = action.not_ready;
        treasury.notReady.set(
          statementId(fund, day),
          length === undefined ? '' : later(now, length).toISOString(),
        );
      }
      if (action.ready) treasury.notReady.delete(statementId(action.ready.fund, action.ready.day));
      if (action.misstates) treasury.misstated.push(action.misstates);
      if (action.omits) treasury.omitted.push(action.omits);
      if (action.invents) treasury.invented.push(action.invents);
      if (action.balances) {
        const { fund, day, ...balances } = action.balances;
        treasury.balances.set(statementId(fund, day), balances);
      }
    },
  };
};

const movedAt = (
  kind: Entry['kind'],
  moved: Omit<Entry, 'kind' | 'on'>,
  instant: string | undefined,
): Entry[] => (instant === undefined ? [] : [{ ...moved, kind, on: dayOf(new Date(instant)) }]);

const isAbout = (
  said: { fund: Fund; day: Day; key?: string | undefined; reference?: string | undefined },
  entry: Entry,
): boolean =>
  said.fund === entry.fund &&
  said.day === entry.on &&
  said.key === entry.key &&
  said.reference === entry.reference;

const directionOf = { settled: 'out', returned: 'in', incoming: 'in' } as const;

const sum = (entries: Entry[]): number =>
  entries.reduce((total, { kind, amount }) => total + (directionOf[kind] === 'in' ? amount : -amount), 0);

const written = ({ fund: _fund, key, reference, ...entry }: Entry) => ({
  ...entry,
  direction: directionOf[entry.kind],
  ...(entry.kind === 'incoming' ? { reference } : { key }),
});
