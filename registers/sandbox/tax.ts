import { z } from 'zod';
import { addMonths, dayOf, type Day } from '../../domain/day';
import { month, pinfl, stir } from '../fields';
import type { FilledAction, Push, TaxAction } from './script';
import type { Side } from './side';
import { saidFor, saidNow } from './untruth';
import type { StandingWage, Wage, World } from './world';

const work = z.object({ pinfl, stir, month });
type Work = z.infer<typeof work>;

/** The tax authority's part of the sandbox: the wages that employers reported. */
export const createTaxSide = (world: World) => {
  const wagesOf = (person: string) => {
    const known = world.wages.get(person);
    if (known) return known;
    const none = { single: [], standing: [] };
    world.wages.set(person, none);
    return none;
  };

  const truthAbout = (asked: Work, today: Day): Omit<Wage, 'stir' | 'month'> | undefined => {
    const { single, standing } = world.wages.get(asked.pinfl) ?? { single: [], standing: [] };
    const reported = single.findLast(
      (wage) => wage.stir === asked.stir && wage.month === asked.month && wage.on <= today,
    );
    if (reported) return reported;
    const every = standing.findLast((wage) => wage.stir === asked.stir && isFor(wage, asked.month));
    if (every === undefined) return undefined;
    const on = entryDay(asked.month, every.enteredOn);
    return on <= today ? { accrued: every.accrued, tax: every.tax, on } : undefined;
  };

  const enter = (person: string, wage: Wage): void => void wagesOf(person).single.push(wage);

  return {
    questions: {
      '/wages/query': (body: unknown, now: Date) => {
        const asked = work.parse(body);
        const untruth = saidNow(
          world.wageUntruths,
          now,
          (said) => said.pinfl === asked.pinfl && said.stir === asked.stir && said.month === asked.month,
        );
        const wage = untruth ?? truthAbout(asked, dayOf(now));
        if (wage === undefined || wage.accrued === 0) return { ...asked, state: 'nothing' };
        return { ...asked, state: 'accrued', accrued: wage.accrued, tax: wage.tax, on: wage.on };
      },
    },

    act(action: TaxAction, now: Date) {
      const today = dayOf(now);
      if (action.accrues) {
        const { push, on = today, pinfl: person, ...wage } = action.accrues;
        enter(person, { ...wage, on });
        return [corrected({ ...wage, pinfl: person }, push)];
      }
      if (action.nothing) {
        const { push, on = today, pinfl: person, ...wage } = action.nothing;
        enter(person, { ...wage, accrued: 0, tax: 0, on });
        return [corrected({ ...wage, pinfl: person }, push)];
      }
      if (action.earns) {
        const { pinfl: person, ...standing } = action.earns;
        wagesOf(person).standing.push(standing);
      }
      if (action.contradicts) {
        const { first, times, for: length, ...asked } = action.contradicts;
        const sums = first === 'nothing' ? { accrued: 0, tax: 0 } : first;
        world.wageUntruths.push({ ...asked, ...sums, on: today, ...saidFor({ times, for: length }, now) });
      }
      return [];
    },

    load(wages: NonNullable<FilledAction['load']>['wages']): void {
      for (const { pinfl: person, ...wage } of wages) {
        const { standing } = wagesOf(person);
        const known = standing.some(
          ({ stir: employer, from }) => employer === wage.stir && from === wage.from,
        );
        if (!known) standing.push(wage);
      }
    },
  } satisfies Side<TaxAction> & Record<string, unknown>;
};

const corrected = ({ pinfl: person, stir: employer, month: of }: Work, push: Push) => ({
  told: { type: 'wages_corrected', pinfl: person, stir: employer, month: of },
  push,
});

const isFor = ({ from, until }: StandingWage, of: string): boolean =>
  from <= of && (until === undefined || of <= until);

const entryDay = (of: string, enteredOn: number): Day =>
  addMonths(`${of}-01`, 1).slice(0, 8) + String(enteredOn).padStart(2, '0');
