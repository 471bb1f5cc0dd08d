import { z } from 'zod';
import { unjustifiedCodes } from '../domain/pathways/inspection';
import type { Contracts } from './contract';
import { day, document, line, text } from './fields';
import { contract, decision, evidence, hearing } from './referral';

const resolution = z.discriminatedUnion('resolution', [
  z.strictObject({ resolution: z.literal('settled'), startOn: day, grounds: z.exactOptional(text) }),
  z.strictObject({ resolution: z.literal('directed'), number: line, grounds: text }),
  z.strictObject({ resolution: z.literal('justified'), grounds: text }),
  z.strictObject({ resolution: z.literal('unjustified'), code: z.enum(unjustifiedCodes), grounds: text }),
]);

/** What the inspector does while examining. */
const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('explanation'), question: text }),
  z.strictObject({ kind: z.enum(['visit', 'call']), on: day, words: text }),
  z.strictObject({ kind: z.literal('document'), document, words: z.exactOptional(text) }),
]);

/** The employer's answer to the inspector's question. */
const explanation = z.strictObject({ words: text, document: z.exactOptional(document) });

/** Why the resolution was a mistake. */
const resolutionWithdrawal = z.strictObject({ reason: text });

/** In working days. The policy's number `inspectionExtensionMax` is the most. */
const extension = z.strictObject({ days: z.int().min(1).max(1000), reason: text });

const measure = z.union([
  z.strictObject({ kind: line, number: line, on: day }),
  z.strictObject({ none: z.literal(true), reason: text }),
]);

/** The person declines what a settlement or a directive brings. */
const personDeclines = z.strictObject({ reason: z.literal('person_declined'), words: text });

export type PersonDeclines = z.output<typeof personDeclines>;
export type Resolution = z.output<typeof resolution>;
export type InspectionStep = z.output<typeof step>;
export type Explanation = z.output<typeof explanation>;
export type ResolutionWithdrawal = z.output<typeof resolutionWithdrawal>;
export type Extension = z.output<typeof extension>;
export type MeasureTaken = z.output<typeof measure>;

export const inspectionContracts = {
  resolution: { name: 'Resolve the inspection', body: resolution },
  step: { name: 'Record a step of the examination', body: step },
  explanation: { name: 'Explain to the inspector', body: explanation },
  resolutionWithdrawal: {
    name: 'Propose to withdraw the resolution',
    body: resolutionWithdrawal,
    answers: { 201: 'approval' },
  },
  extension: { name: 'Extend the inspection', body: extension },
  measure: { name: 'Enter the measure taken, or why none', body: measure },
  hearing: { name: 'Hear the person', body: hearing },
  evidence: { name: 'Enter a document about the contract or the conditions', body: evidence },
  // The referral's routes pass these on to the inspection, too.
  lateDecision: { name: 'Accept or reject the referral, late', body: decision },
  contract: { name: 'Tell the contract', body: contract },
  personDeclines: { name: 'Record that the person declines', body: personDeclines },
} satisfies Contracts<'inspection'>;
