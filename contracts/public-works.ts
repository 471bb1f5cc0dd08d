import { z } from 'zod';
import { endCodes } from '../domain/pathways/public-works';
import type { Contracts } from './contract';
import { day, idOf, line, lines, som, text } from './fields';

/** What was agreed with the organiser, which is an employer. */
const agreement = z.strictObject({
  organiser: idOf('E'),
  work: line.meta({ description: 'The kind of work, a code of the vocabulary.' }),
  title: line,
  hoursPerWeek: z.int().min(1).max(60),
  conditions: z.exactOptional(lines).meta({ description: 'The conditions that the organiser provides.' }),
  firstOn: day,
  lastOn: day,
  pay: som.meta({ description: 'Whole so’m a month.' }),
});

const noneFound = z.strictObject({ grounds: text });
const decline = z.strictObject({ words: text.meta({ description: 'The person’s own words.' }) });
const begin = z.strictObject({ on: day.meta({ description: 'The first day worked.' }) });

const month = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM'),
  days: z.int().min(0).max(31).meta({ description: 'The days worked, by the timesheet.' }),
  pay: som.meta({ description: 'The pay that the person received, in whole so’m.' }),
});

const lastDay = z.exactOptional(day).meta({ description: 'The last day worked; today unless given.' });
const ending = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('person'), code: z.enum(endCodes.person), on: lastDay, words: text }),
  z.strictObject({ by: z.literal('organiser'), code: z.enum(endCodes.organiser), on: lastDay, words: text }),
]);

const hearing = z.strictObject({ confirmed: z.boolean(), words: text });
const claimDecision = z.strictObject({ stands: z.boolean(), grounds: text });

export type Agreement = z.output<typeof agreement>;
export type NoneFound = z.output<typeof noneFound>;
export type Decline = z.output<typeof decline>;
export type Begin = z.output<typeof begin>;
export type Month = z.output<typeof month>;
export type Ending = z.output<typeof ending>;
export type WorksHearing = z.output<typeof hearing>;
export type ClaimDecision = z.output<typeof claimDecision>;

export const publicWorksContracts = {
  agreement: { name: 'Enter what was agreed with the organiser', body: agreement },
  noneFound: { name: 'Say that no place was found', body: noneFound },
  decline: { name: 'Record that the person declines', body: decline },
  begin: { name: 'Enter the first day worked', body: begin },
  month: { name: 'Enter a month’s timesheet and pay', body: month },
  ending: { name: 'End the public works early', body: ending },
  hearing: { name: 'Hear the person', body: hearing },
  claimDecision: { name: 'Decide on the organiser’s word', body: claimDecision },
} satisfies Contracts<'public-works'>;
