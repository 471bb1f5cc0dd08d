import { z } from 'zod';
import { startCosts } from '../domain/money/start-subsidy';
import { START } from '../domain/policy';
import { common } from './application';
import type { Contracts } from './contract';
import { accepted, inTiyin, proved } from './costs';
import { day, line, text } from './fields';

const cost = z
  .strictObject({
    kind: z.enum(startCosts),
    what: z.exactOptional(line).meta({ description: 'What was paid for; needed for `other`.' }),
    ...proved,
  })
  .refine(({ kind, what }) => kind !== 'other' || what !== undefined, {
    path: ['what'],
    message: 'Say what was paid for',
  })
  .transform(inTiyin);

/** The person’s application on paper, as the case manager enters it. */
export const startApplication = z.strictObject({
  signedOn: day.meta({ description: 'The day on which the person signed.' }),
  costs: z.array(cost).min(1).max(50),
});

/** The supervisor accepts the costs whole or in part, or refuses them. */
const review = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('propose'), accepted, words: z.exactOptional(text) }),
  z.strictObject({ outcome: z.literal('refuse'), grounds: text }),
]);

export type StartApplication = z.output<typeof startApplication> & { programme: typeof START };
export type StartReview = z.output<typeof review>;

export const startSubsidyContracts = {
  review: { name: 'Accept the costs, or refuse them', body: review },
  order: common.order,
} satisfies Contracts<'start-subsidy'>;
