import { z } from 'zod';
import type { Contracts } from './contract';
import { day, line, text } from './fields';

/** The chief finance officer decides when the time to repay is over, or when the employer asks. */
const decision = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('extend'), days: z.int().min(1).max(30), reason: text }),
  z.strictObject({ decision: z.literal('hand_over'), number: line, court: line }),
  z.strictObject({
    decision: z.literal('write_off'),
    order: z.strictObject({ number: line, date: day }),
    grounds: text,
  }),
]);

/** On paper, signed by the person. It can be taken back. */
const setOffConsent = z.strictObject({ consents: z.boolean(), signedOn: day });

export type SetOffConsent = z.output<typeof setOffConsent>;
export type RecoveryDecision = z.output<typeof decision>;

export const recoveryContracts = {
  setOffConsent: { name: 'Enter whether the person lets a part be kept back', body: setOffConsent },
  decision: { name: 'Extend the time to repay, hand it to a court, or write it off', body: decision },
} satisfies Contracts<'recovery'>;
