import { z } from 'zod';
import { endReasons } from '../domain/pathways/employment';
import type { Contracts } from './contract';
import { day, document, text } from './fields';

/** For a check of the labour register that stayed unknown, or an end that waits to be confirmed. */
const evidence = z.strictObject({
  inForce: z.boolean(),
  /** The last day, when not in force. */
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
