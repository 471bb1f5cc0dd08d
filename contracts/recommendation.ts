import { z } from 'zod';
import { day, lines } from './fields';

/**
 * A work recommendation of TIEK, as a person enters or imports it.
 *
 * @param kept says of its words that they are kept, and which words are taken
 */
export const recommendation = (kept: string) =>
  z.strictObject({
    group: z.literal([1, 2, 3]),
    validUntil: day,
    suitableKinds: lines.default([]).meta({ description: kept }),
    unsuitableKinds: lines.default([]).meta({ description: kept }),
    conditions: lines.default([]).meta({ description: kept }),
    maxHoursPerWeek: z.exactOptional(z.int().min(1).max(48)),
    words: z.string().max(2000).default('').meta({ description: 'The recommendation in its own words.' }),
  });
