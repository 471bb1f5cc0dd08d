import { z } from 'zod';
import type { BusinessForm } from '../../domain/business';
import { dayOf, type Day } from '../../domain/day';
import { pinfl } from '../fields';
import { Impossible } from './impossible';
import type { BusinessAction, FilledAction } from './script';
import type { Side } from './side';
import { saidFor, saidNow } from './untruth';
import type { Registration, World } from './world';

/** A register of business: the registrations of one form, in the order of their beginning. */
export const createBusinessSide = (world: World, form: BusinessForm) => {
  const of = (person: string): Registration[] =>
    (world.registrations.get(person) ?? []).filter((one) => one.form === form);

  const lastOf = (person: string, today: Day): Registration | undefined =>
    of(person).findLast((one) => isInForce(one, today)) ?? of(person).at(-1);

  const register = ({ number, ...said }: Omit<Registration, 'form' | 'number'> & { number?: string }) => {
    const known = world.registrations.get(said.pinfl) ?? [];
    const count = [...world.registrations.values()].flat().length + 1;
    const made = { ...said, form, number: number ?? `B-${String(count).padStart(6, '0')}` };
    world.registrations.set(said.pinfl, [...known, made]);
  };

  const untruthAbout = (person: string, now: Date) => {
    const untruth = saidNow(
      world.registrationUntruths,
      now,
      (said) => said.pinfl === person && said.form === form,
    );
    if (untruth === undefined) return undefined;
    if (untruth.first === 'none') return { pinfl: person, state: 'none' };
    const { number, since } = of(person).at(-1) ?? { number: 'B-000000', since: untruth.on };
    if (untruth.first === 'registered')
      return { pinfl: person, state: 'registered', terms: { number, since } };
    const until = untruth.on > since ? untruth.on : since;
    return { pinfl: person, state: 'ended', terms: { number, since, until } };
  };

  return {
    questions: {
      '/registrations/query': (body: unknown, now: Date) => {
        const person = z.object({ pinfl }).parse(body).pinfl;
        const today = dayOf(now);
        return untruthAbout(person, now) ?? described(person, lastOf(person, today), today);
      },
    },

    /** @throws Impossible if there is no such registration */
    act(action: BusinessAction, now: Date) {
      const today = dayOf(now);
      if (action.registers) {
        const { on = today, pinfl: person, number } = action.registers;
        register({ pinfl: person, since: on, ...(number && { number }) });
      }
      if (action.ends) {
        const { pinfl: person, on = today } = action.ends;
        const running = of(person).findLast((one) => isInForce(one, on));
        if (running === undefined) throw new Impossible('the person is not registered on that day');
        if (on < running.since) throw new Impossible(`the registration began later, on ${running.since}`);
        running.until = on;
      }
      if (action.takes_back) {
        const ended = of(action.takes_back.pinfl).findLast(({ until }) => until !== undefined);
        if (ended === undefined) throw new Impossible('no registration of theirs has ended');
        delete ended.until;
      }
      if (action.corrects) {
        const last = of(action.corrects.pinfl).at(-1);
        if (last === undefined) throw new Impossible('the person was never registered');
        last.since = action.corrects.since;
      }
      if (action.contradicts) {
        const { on = today, times, for: length, ...untruth } = action.contradicts;
        world.registrationUntruths.push({ ...untruth, form, on, ...saidFor({ times, for: length }, now) });
      }
      return [];
    },

    load({ number, ...said }: Omit<NonNullable<FilledAction['load']>['businesses'][number], 'form'>): void {
      if (!of(said.pinfl).some(({ since }) => since === said.since))
        register({ ...said, ...(number && { number }) });
    },
  } satisfies Side<BusinessAction> & Record<string, unknown>;
};

const isInForce = ({ until }: Registration, today: Day): boolean => until === undefined || until > today;

const described = (person: string, registration: Registration | undefined, today: Day) => {
  if (registration === undefined) return { pinfl: person, state: 'none' };
  const { number, since, until } = registration;
  return isInForce(registration, today)
    ? { pinfl: person, state: 'registered', terms: { number, since } }
    : { pinfl: person, state: 'ended', terms: { number, since, until } };
};
