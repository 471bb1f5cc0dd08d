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
import { day, document, idOf, line, pinfl, received, som } from './fields';

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
  .refine(isNamedOnce, namedOnce)
  .meta({
    example: {
      programme: 'above_quota',
      pinfl: '40201902050010',
      name: 'Nigora Yoʻldosheva',
      hiredOn: '2026-03-16',
      contract: 'K-17',
      category: 'disability',
      documents: {
        hiring_order: { number: '17', date: '2026-03-16', issuer: 'Oq Oltin' },
        category_proof: { number: '4411', date: '2026-02-02', issuer: 'TIEK' },
      },
    },
  });

/** Each field that is given replaces the earlier one. */
const completion = z
  .strictObject({ ...said, documents: z.exactOptional(documents), received })
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
