import { z } from 'zod';
import type { Contracts } from './contract';
import { document, line, text } from './fields';

/** Explains one difference between ledger and statement, named by its `ref`. */
const explanation = z.strictObject({
  ref: line.meta({
    description:
      'The reference of the line, or `opening`, `balance` or `next_opening`. `statement`: the statement did not come.',
  }),
  words: text,
  document: z.exactOptional(document),
});

export type Explanation = z.output<typeof explanation>;

export const statementContracts = {
  explanation: { name: 'Explain the difference', body: explanation },
} satisfies Contracts<'statement'>;
