import { z } from 'zod';
import { dayOf } from '../../domain/day';
import { pinfl } from '../fields';
import type { FilledAction, TiekAction } from './script';
import type { Side } from './side';
import type { World } from './world';

/** TIEK's part of the sandbox: the examined people and their results. */
export const createTiekSide = (world: World) =>
  ({
    questions: {
      '/recommendations/query': (body: unknown, now: Date) => {
        const person = z.object({ pinfl }).parse(body).pinfl;
        const { recommendation, refusal, diedOn } = world.examined.get(person) ?? {};
        const no = (reason: string) => ({ pinfl: person, recommended: false, reason });
        if (diedOn !== undefined) return no('died');
        if (recommendation === undefined) return no(refusal ?? 'not_examined');
        if (recommendation.validUntil < dayOf(now)) return no('expired');
        return { pinfl: person, recommended: true, recommendation };
      },
    },

    act(action: TiekAction, now: Date) {
      if (action.knows) {
        const { push, pinfl: person, ...recommendation } = action.knows;
        world.examined.set(person, { recommendation });
        return [{ told: { type: 'recommendation_changed', pinfl: person }, push }];
      }
      if (action.says_no) {
        const { push, pinfl: person, reason } = action.says_no;
        world.examined.set(person, { refusal: reason });
        return [{ told: { type: 'recommendation_changed', pinfl: person }, push }];
      }
      if (action.dies) {
        const { push, pinfl: person, on = dayOf(now) } = action.dies;
        world.examined.set(person, { ...world.examined.get(person), diedOn: on });
        return [{ told: { type: 'person_died', pinfl: person, on }, push }];
      }
      return [];
    },

    load(people: NonNullable<FilledAction['load']>['people']): void {
      for (const { pinfl: person, ...recommendation } of people)
        if (!world.examined.has(person)) world.examined.set(person, { recommendation });
    },
  }) satisfies Side<TiekAction> & Record<string, unknown>;
