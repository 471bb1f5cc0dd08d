import { z } from 'zod';
import type { Resolution } from '../domain/money/mismatch';
import { causes, correctionReasons, returnCodes } from '../domain/pathways/claim';
import type { Contracts } from './contract';
import { day, document, received, som, text } from './fields';

const declaration = z.strictObject({ accrued: som, tax: som, received });

/** A document decides which side of a mismatch is right. Nobody enters an amount. `resolutionsOf` says which answers are possible. */
const resolution = z.union([
  z.strictObject({
    resolution: z.enum(['register_stands', 'declaration_stands'] satisfies Resolution[]),
    document,
  }),
  /** The register did not answer: a document answers in its place. */
  z.strictObject({
    resolution: z.literal('evidence' satisfies Resolution),
    inForce: z.boolean(),
    until: z.exactOptional(day),
    document,
  }),
  /** After a return: the claim is calculated again, with an explanation. */
  z.strictObject({ resolution: z.literal('answered' satisfies Resolution), words: text }),
]);

const dispute = z.union([
  z.strictObject({ outcome: z.enum(['settled', 'returned']), on: day, document }),
  z.strictObject({ outcome: z.literal('ask_again'), words: text }),
]);

const unpayable = z.strictObject({ unpayable: z.literal(true), reason: text });

/** Revision and amount as the officer saw them: nothing else is approved. */
const approval = z.strictObject({ revision: z.int().min(0), amount: som });

const returned = z.strictObject({ code: z.enum(returnCodes), words: text });

/**
 * Says which contract holds, or that nobody worked in the month. The rule gives the amount. An empty body proposes the
 * draft that a register's news made, calculated again.
 */
export const correction = z
  .strictObject({
    reason: z.exactOptional(z.enum(correctionReasons)),
    words: z.exactOptional(text),
    contract: z.exactOptional(z.strictObject({ since: day, until: z.exactOptional(day) })),
    nothingWorked: z.exactOptional(z.literal(true)),
    causedBy: z.exactOptional(z.enum(causes)).meta({
      description:
        'Of a person’s month that was overpaid, and not because of the person’s own false word: against which office it is counted.',
    }),
    document: z.exactOptional(document),
  })
  .meta({
    title: 'correction',
    example: {
      reason: 'facts_changed',
      words: 'The contract ended on 25 March.',
      contract: { since: '2026-03-16', until: '2026-03-25' },
      document: { number: '18', date: '2026-03-25', issuer: 'Oq Oltin' },
    },
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
