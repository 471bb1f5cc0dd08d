import { z } from 'zod';
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
  snapshot,
} from './application';
import type { Contracts } from './contract';
import { day, document, idOf, line, pinfl, som } from './fields';

export const wagePrograms = z.enum(['hire_pwd', 'above_quota']);

const said = {
  group: z.exactOptional(z.literal([1, 2, 3])).meta({ description: 'Disability group.' }),
  category: z
    .exactOptional(line)
    .meta({ description: 'Category of the vulnerable group, for `above_quota`.' }),
  wage: z.exactOptional(som).meta({ description: 'So’m a month, by the contract.' }),
  snapshot: z.exactOptional(snapshot),
  account: z.exactOptional(proposedAccount),
};

export const wageApplication = z
  .strictObject({
    programme: wagePrograms,
    person: z.exactOptional(idOf('P')),
    pinfl: z.exactOptional(pinfl),
    name: z
      .exactOptional(line)
      .meta({ description: 'Without a name here, the review enters the name from the hiring order.' }),
    hiredOn: day,
    contract: line,
    documents,
    ...said,
    ...onPaper,
  })
  .refine(isNamedOnce, namedOnce);

/** Each field that is given replaces the earlier one. */
const completion = z
  .strictObject({ ...said, documents: z.exactOptional(documents) })
  .refine(saysSomething, SAY_SOMETHING);

const review = reviewOf({
  snapshot: z.exactOptional(snapshot),
  names,
  group: z.exactOptional(z.strictObject({ stands: z.literal([1, 2, 3]), document })).meta({
    description:
      'Where TIEK names another disability group than the application: which stands, by a document.',
  }),
});

/** As the record keeps it. The row itself names employer and worker. */
export type WageApplication = Omit<
  z.output<typeof wageApplication>,
  'person' | 'pinfl' | 'name' | 'employer'
>;
export type WageReview = z.output<typeof review>;
export type WageCompletion = z.output<typeof completion>;

export const subsidyContracts = {
  ...common,
  review: { name: 'Review the application', body: review },
  completion: { name: 'Complete the application', body: completion },
} satisfies Contracts<'subsidy'>;
