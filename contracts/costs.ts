import { z } from 'zod';
import type { Invoice } from '../domain/money/costs';
import { MOST_SOUM } from '../domain/money/soum';
import { sumInWords } from '../domain/words/values';
import { day, type Fields, line, stir } from './fields';

/* Costs that documents prove, as applications and reviews name them. */

/** So'm with at most two decimals. The record keeps tiyin, hundredths of a so'm. */
const tiyin = z
  .number()
  .min(0)
  .max(MOST_SOUM, `Give at most ${sumInWords(MOST_SOUM)}`)
  .refine((amount) => /^\d+(\.\d\d?)?$/.test(String(amount)), 'Give at most two decimals')
  .transform((amount) => Math.round(amount * 100))
  .meta({ description: 'So’m, with at most two decimals.', example: 1250000.5 });

const invoice = z.strictObject({ issuerStir: stir, number: line, date: day } satisfies Fields<Invoice>);

/** The sum and the document of a cost. */
export const proved = { amount: tiyin, document: invoice };

/** A cost as the record keeps it: its sum in tiyin. */
export const inTiyin = <C extends { amount: number }>({ amount, ...rest }: C) => ({ ...rest, tiyin: amount });

export const accepted = z.exactOptional(z.array(tiyin).max(200)).meta({
  description:
    'The accepted so’m of each cost, in the order of the costs. Without the list each cost is accepted whole.',
});

/** A cost as every application has it. */
export interface ProvedCost {
  tiyin: number;
  document: Invoice;
}
