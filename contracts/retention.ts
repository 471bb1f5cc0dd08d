import { z } from 'zod';
import { endReasons } from '../domain/pathways/employment';
import type { Contracts } from './contract';
import { day, document, text } from './fields';
import { check, notReached } from './monitoring';

/** For a monthly check that the labour register did not answer, or for an end that is not confirmed. */
const evidence = z.strictObject({
  inForce: z.boolean(),
  /** The last day, when the contract is not in force. */
  on: z.exactOptional(day),
  reason: z.exactOptional(z.enum(endReasons)),
  document,
});

const conversation = z.discriminatedUnion('reached', [
  z.strictObject({
    check,
    reached: z.literal(true),
    works: z.exactOptional(z.boolean()),
    paid: z.exactOptional(z.boolean()),
    conditionsKept: z.exactOptional(z.boolean()),
    wantsHelp: z.exactOptional(z.boolean()),
    words: z.exactOptional(text),
  }),
  notReached,
]);

/** An employer's word leaves `wished` and `words` out. An official enters them: the person's word ends the employment. */
const separation = z.union([
  z.strictObject({
    on: day,
    reason: z.enum(endReasons),
    wished: z
      .exactOptional(z.boolean())
      .meta({ description: 'Whether the person wished the end, as the person says. For officials.' }),
    words: z.exactOptional(text).meta({ description: 'The person’s own words. For officials.' }),
  }),
  z.strictObject({ takenBack: z.literal(true), words: text }),
]);

/** What the person says of a reported end: whether it is so, and whether they wished it. */
const hearing = z.discriminatedUnion('confirmed', [
  z.strictObject({ confirmed: z.literal(true), wished: z.boolean(), words: text }),
  z.strictObject({ confirmed: z.literal(false), words: text }),
]);

export type RetentionEvidence = z.output<typeof evidence>;
export type Conversation = z.output<typeof conversation>;
export type Separation = z.output<typeof separation>;
export type EndHearing = z.output<typeof hearing>;

export const retentionContracts = {
  evidence: { name: 'Enter a document about the employment', body: evidence },
  conversation: { name: 'Record the conversation with the person', body: conversation },
  hearing: { name: 'Hear the person about the end', body: hearing },
  separation: { name: 'Report the end of the employment, or take it back', body: separation },
} satisfies Contracts<'retention'>;
