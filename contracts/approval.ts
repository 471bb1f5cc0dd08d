import { z } from 'zod';
import { correction } from './claim';
import type { Contracts } from './contract';
import { day, document, stir, text } from './fields';

const succession = { date: day, document };

/** Another enterprise continues an employer's contracts. */
export const successor = z.strictObject({ successor: stir, ...succession });

const successionDraft = [
  z.strictObject(succession),
  z.strictObject({ none: z.literal(true), words: text }),
] as const;

/** Completes a draft of the service: a correction, a succession, or the end of the contracts where there is no successor. */
const proposal = z.union([...successionDraft, correction]);

const objection = z.strictObject({ words: text });

/** A second person decides on a proposal. `document` stands in for the treasury's answer about the holder of an account. */
const decision = z
  .strictObject({ approve: z.boolean(), words: z.exactOptional(text), document: z.exactOptional(document) })
  .refine(({ approve, words }) => approve || words !== undefined, {
    path: ['words'],
    message: 'Say why you reject it',
  });

/** The supervisor has spoken to the person: is the account theirs, or do they agree to their parent's or guardian's? */
const conversation = z.strictObject({ confirms: z.boolean(), spokenOn: day, words: text });

export type AccountConversation = z.output<typeof conversation>;
export type Succession = z.output<typeof successor>;
export type SuccessionDraft = z.output<(typeof successionDraft)[number]>;
export type Proposal = z.output<typeof proposal>;
export type CorrectionObjection = z.output<typeof objection>;
export type ApprovalDecision = z.output<typeof decision>;

export const approvalContracts = {
  proposal: { name: 'Propose what the service drafted', body: proposal },
  objection: { name: 'Object to the correction', body: objection },
  conversation: { name: 'Say what the person said about the account', body: conversation },
  decision: { name: 'Approve or reject the proposal', body: decision },
} satisfies Contracts<'approval'>;
