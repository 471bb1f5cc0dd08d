import { z } from 'zod';
import { type RejectionCode, rejectionCodes } from '../domain/pathways/referral';
import type { Contracts } from './contract';
import { day, document, email, line, phone, received, text } from './fields';

const codes = Object.keys(rejectionCodes) as [RejectionCode, ...RejectionCode[]];

const delivery = z.union([
  z.strictObject({ manner: z.enum(['phone', 'in_person']), on: day, to: line }),
  z.strictObject({
    correctedContact: z
      .strictObject({ phone: z.exactOptional(phone), email: z.exactOptional(email) })
      .refine(
        (contact) => contact.phone !== undefined || contact.email !== undefined,
        'Give a phone number or an e-mail address',
      ),
  }),
  z.strictObject({ undeliverable: z.literal(true), reason: text }),
]);

/** After silence the inspection takes the same body. Within its time the employer replaces a decision by the same. */
export const decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept'), startOn: day, received }),
  z.strictObject({ decision: z.literal('reject'), code: z.enum(codes), grounds: text, received }),
]);

/** The policy's number `employerExtensionMax` is the most. */
const days = z.int().min(1).max(1000);
const extensionRequest = z.strictObject({ days, reason: text });
const extension = z.union([
  z.strictObject({ days, words: z.exactOptional(text) }),
  z.strictObject({ declined: z.literal(true), words: text }),
]);

const start = z.strictObject({ startOn: day, reason: text });
const startAnswer = z.strictObject({ agrees: z.boolean(), words: text });

/** The person's answer to the employer's claim that they did not come, or declined. */
export const hearing = z.strictObject({ confirmed: z.boolean(), words: text });

export const contract = z.strictObject({ contract: line, since: z.exactOptional(day) });

/** A document in place of a silent register's answer. */
export const evidence = z.strictObject({
  inForce: z.boolean(),
  since: z.exactOptional(day),
  contract: z.exactOptional(line),
  document,
});

/** The employment officer's finding about a person who worked for the employer before the referral. */
const finding = z.strictObject({ words: text });

export const withdrawal = z.strictObject({
  reason: z.enum(['person_declined', 'person_ill', 'job_unsuitable', 'issued_by_mistake', 'other']),
  words: text,
});

export type Delivery = z.output<typeof delivery>;
export type Decision = z.output<typeof decision>;
export type ExtensionRequest = z.output<typeof extensionRequest>;
export type TimeExtension = z.output<typeof extension>;
export type NewStart = z.output<typeof start>;
export type StartAnswer = z.output<typeof startAnswer>;
export type Hearing = z.output<typeof hearing>;
export type Contract = z.output<typeof contract>;
export type ContractEvidence = z.output<typeof evidence>;
export type ReferralFinding = z.output<typeof finding>;
export type ReferralWithdrawal = z.output<typeof withdrawal>;

export const referralContracts = {
  delivery: { name: 'Deliver the referral, correct the contact, or end it as undeliverable', body: delivery },
  decision: { name: 'Accept or reject the referral', body: decision },
  extensionRequest: { name: 'Ask for more time to answer', body: extensionRequest },
  extension: { name: 'Extend the employer’s time, or decline', body: extension },
  start: { name: 'Propose another start day', body: start },
  startAnswer: { name: 'Enter the person’s answer to another start day', body: startAnswer },
  hearing: { name: 'Hear the person', body: hearing },
  contract: { name: 'Tell the contract', body: contract },
  evidence: { name: 'Enter a document about the contract', body: evidence },
  finding: { name: 'Close the referral with a finding', body: finding },
  withdrawal: { name: 'Withdraw the referral', body: withdrawal },
} satisfies Contracts<'referral'>;
