import { z } from 'zod';
import { day, text } from './fields';

/** The number of a monthly check. */
export const check = z.int().min(1).max(24);

/** What the case manager enters after trying to reach the person for a check: each try with its day and manner. */
export const notReached = z.strictObject({
  check,
  reached: z.literal(false),
  tries: z
    .array(z.strictObject({ on: day, manner: z.enum(['phone', 'visit', 'message']) }))
    .min(1, 'Enter when and how you tried to reach the person')
    .max(30),
  words: z.exactOptional(text),
});
