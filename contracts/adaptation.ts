import { z } from 'zod';
import type { Day } from '../domain/day';
import {
  common,
  documents,
  isNamedOnce,
  namedOnce,
  names,
  onPaper,
  proposedAccount,
  reviewOf,
  SAY_SOMETHING,
  saysSomething,
} from './application';
import type { Contracts } from './contract';
import { accepted, inTiyin, proved } from './costs';
import { day, idOf, line, pinfl, received } from './fields';

const cost = z.strictObject({ workplace: line, what: line, ...proved }).transform(inTiyin);
const costs = z.array(cost).min(1).max(200);

const worker = z
  .strictObject({
    person: z.exactOptional(idOf('P')),
    pinfl: z.exactOptional(pinfl),
    name: z.exactOptional(line),
    hiredOn: day,
  })
  .refine(isNamedOnce, namedOnce)
  .meta({ example: { person: 'P-000003', hiredOn: '2026-03-16' } });

export const adaptationApplication = z.strictObject({
  workers: z.array(worker).min(1).max(100),
  costs,
  documents,
  entrepreneur: z.boolean(),
  account: z.exactOptional(proposedAccount),
  ...onPaper,
});

/** Each field that is given replaces the earlier one. */
const completion = z
  .strictObject({
    costs: z.exactOptional(costs),
    documents: z.exactOptional(documents),
    account: z.exactOptional(proposedAccount),
    received,
  })
  .refine(saysSomething, SAY_SOMETHING);

const review = reviewOf({ names, accepted });

export type Cost = z.output<typeof cost>;
/** As the record keeps it: workers by their numbers. The row itself names the employer. */
export type AdaptationApplication = Omit<z.output<typeof adaptationApplication>, 'workers' | 'employer'> & {
  programme: 'workplace_adaptation';
  workers: { person: string; hiredOn: Day }[];
};
export type AdaptationReview = z.output<typeof review>;
export type AdaptationCompletion = z.output<typeof completion>;

export const adaptationContracts = {
  ...common,
  review: { name: 'Review the application', body: review },
  completion: { name: 'Complete the application', body: completion },
} satisfies Contracts<'adaptation'>;
