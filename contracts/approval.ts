import { z } from 'zod';
import { objection } from './application';
import { correction } from './claim';
import type { Contracts } from './contract';
import { day, document, stir, text } from './fields';

const succession = { date: day, document };

/** Another enterprise goes on with an employer's contracts. */
export const successor = z.strictObject({ successor: stir, ...succession });

const successionDraft = [
  z.strictObject(succession),
  z.strictObject({ none: z.literal(true), words: text }),
] as const;

/** Takes up what the service drafted: a succession, or that there is none and the contracts ended; or a correction. */
const proposal = z.union([...successionDraft, correction]);

/** A second person's word on a proposal; `document`: in place of the treasury's word on whose an account is. */
const decision = z
  .strictObject({ approve: z.boolean(), words: z.exactOptional(text), document: z.exactOptional(document) })
  .refine(({ approve, words }) => approve || words !== undefined, {
    path: ['words'],
    message: 'A rejection says why',
  });

export type Succession = z.output<typeof successor>;
export type SuccessionDraft = z.output<(typeof successionDraft)[number]>;
export type Proposal = z.output<typeof proposal>;
export type ApprovalDecision = z.output<typeof decision>;

export const approvalContracts = {
  proposal: { name: 'Propose what the service drafted', body: proposal },
  objection: { name: 'Object to the correction', body: objection },
  decision: { name: 'Approve or reject the proposal', body: decision },
} satisfies Contracts<'approval'>;
