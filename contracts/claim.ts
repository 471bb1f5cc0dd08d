import { z } from 'zod';
import type { Resolution } from '../domain/money/mismatch';
import { correctionReasons, returnCodes } from '../domain/pathways/claim';
import type { Contracts } from './contract';
import { day, document, som, text } from './fields';

const declaration = z.strictObject({ accrued: som, tax: som });

/** Which side of a mismatch stands, by a document; never an amount. Which one is possible: `resolutionsOf`. */
const resolution = z.union([
  z.strictObject({
    resolution: z.enum(['register_stands', 'declaration_stands'] satisfies Resolution[]),
    document,
  }),
  /** The register stayed silent: what a document says. */
  z.strictObject({
    resolution: z.literal('evidence' satisfies Resolution),
    inForce: z.boolean(),
    until: z.exactOptional(day),
    document,
  }),
  /** After a return: calculated anew as it stands. */
  z.strictObject({ resolution: z.literal('answered' satisfies Resolution), words: text }),
]);

const dispute = z.union([
  z.strictObject({ outcome: z.enum(['settled', 'returned']), on: day, document }),
  z.strictObject({ outcome: z.literal('ask_again'), words: text }),
]);

const unpayable = z.strictObject({ unpayable: z.literal(true), reason: text });

/** What was seen is what is approved. */
const approval = z.strictObject({ revision: z.int().min(0), amount: som });

const returned = z.strictObject({ code: z.enum(returnCodes), words: text });

/**
 * The amount follows from the rule: with this contract, or nothing where nothing was worked. Empty: what news made the service
 * draft is proposed, calculated anew.
 */
export const correction = z.strictObject({
  reason: z.exactOptional(z.enum(correctionReasons)),
  words: z.exactOptional(text),
  contract: z.exactOptional(z.strictObject({ since: day, until: z.exactOptional(day) })),
  nothingWorked: z.exactOptional(z.literal(true)),
  document: z.exactOptional(document),
});

export type Declaration = z.output<typeof declaration>;
export type MismatchResolution = z.output<typeof resolution>;
export type Dispute = z.output<typeof dispute>;
export type Unpayable = z.output<typeof unpayable>;
export type ClaimApproval = z.output<typeof approval>;
export type ClaimReturn = z.output<typeof returned>;
export type Correction = z.output<typeof correction>;

export const claimContracts = {
  declaration: { name: 'Declare wages and income tax', body: declaration },
  resolution: { name: 'Resolve the mismatch', body: resolution },
  approval: { name: 'Approve the claim', body: approval },
  return: { name: 'Return the claim', body: returned },
  dispute: { name: 'Resolve the disputed payment', body: dispute },
  correction: { name: 'Propose a correction', body: correction, answers: { 201: 'approval' } },
  unpayable: { name: 'Close the payment as one that nobody can be paid', body: unpayable },
} satisfies Contracts<'claim'>;
