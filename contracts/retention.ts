import { z } from 'zod';
import { endReasons } from '../domain/pathways/employment';
import type { Contracts } from './contract';
import { day, document, text } from './fields';

/** For a monthly check that the labour register did not answer, or for an end that is not confirmed. */
const evidence = z.strictObject({
  inForce: z.boolean(),
  /** The last day, when the contract is not in force. */
  on: z.exactOptional(day),
  reason: z.exactOptional(z.enum(endReasons)),
  document,
});

const conversation = z.strictObject({
  check: z.int().min(1).max(24),
  reached: z.boolean(),
  works: z.exactOptional(z.boolean()),
  paid: z.exactOptional(z.boolean()),
  conditionsKept: z.exactOptional(z.boolean()),
  wantsHelp: z.exactOptional(z.boolean()),
  words: z.exactOptional(text),
});

const separation = z.union([
  z.strictObject({ on: day, reason: z.enum(endReasons) }),
  z.strictObject({ takenBack: z.literal(true), words: text }),
]);

export type RetentionEvidence = z.output<typeof evidence>;
export type Conversation = z.output<typeof conversation>;
export type Separation = z.output<typeof separation>;

export const retentionContracts = {
  evidence: { name: 'Enter a document about the employment', body: evidence },
  conversation: { name: 'Record the conversation with the person', body: conversation },
  separation: { name: 'Report the end of the employment, or take it back', body: separation },
} satisfies Contracts<'retention'>;
