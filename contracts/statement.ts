import { z } from 'zod';
import type { Contracts } from './contract';
import { document, line, text } from './fields';

/** A difference between ledger and statement is explained in words, by its ref, and with a document where there is one. */
const explanation = z.strictObject({
  ref: line.meta({
    description:
      'The line’s reference, or `opening`, `balance`, `next_opening`, `statement` (it did not come).',
  }),
  words: text,
  document: z.exactOptional(document),
});

export type Explanation = z.output<typeof explanation>;

export const statementContracts = {
  explanation: { name: 'Explain the difference', body: explanation },
} satisfies Contracts<'statement'>;
