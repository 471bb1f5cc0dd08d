import { z } from 'zod';
import type { StaffSnapshot } from '../domain/money/above-quota';
import { refusalCodes, stopCodes } from '../domain/pathways/subsidy';
import { coded, day, document, type Fields, idOf, line, received, stir, text } from './fields';

/** The parts that wage subsidies and adaptations share: of their applications and of their commands. */

/** A bank account of 20 digits, in so'm, or a treasury account of 27 [domain §8]. */
export const account = z
  .string()
  .regex(/^(\d{20}|\d{27})$/, 'Give the account’s 20 digits, or 27 of a treasury account')
  .refine(
    (digits) => digits.length !== 20 || digits.slice(5, 8) === '000',
    coded('not_in_soum', 'Give an account in so’m: its digits 6 to 8 are 000'),
  )
  .meta({ example: '20208000900123456001' });

/** The code of a bank. */
export const mfo = z
  .string()
  .regex(/^\d{5}$/, 'Give all 5 digits')
  .meta({ description: 'The bank’s code.', example: '00014' });

/** An account as it is proposed, with an application or alone. */
export const proposedAccount = z.strictObject({ account, mfo, holderStir: stir });

/** Papers by the name of the attachment. */
export const documents = z.record(
  z.string().regex(/^[a-z_]{1,40}$/, 'Name the attachment with at most 40 small letters and _'),
  document,
);

/** The staff list of a day before the hire, for `above_quota`. */
export const snapshot = z.strictObject({
  listedStaff: z.int().min(0).max(1_000_000),
  filledReserved: z.int().min(0).max(1_000_000),
  on: day,
} satisfies Fields<StaffSnapshot>);

/** An employment officer adds these when an employer applies on paper. */
export const onPaper = {
  employer: z
    .exactOptional(stir)
    .meta({ description: 'The employer’s STIR, when an employment officer enters the application.' }),
  receivedOn: z
    .exactOptional(day)
    .meta({ description: 'The day on which a paper application was handed in.' }),
};

/** A worker is named by the person’s number or by the PINFL, not by both. */
export const isNamedOnce = ({ person, pinfl }: { person?: string; pinfl?: string }): boolean =>
  (person === undefined) !== (pinfl === undefined);
export const namedOnce = { path: ['pinfl'], message: 'Give either pinfl or person' };

/** Whether a completion has any field. */
export const saysSomething = ({ received: _, ...said }: { received?: unknown }): boolean =>
  Object.keys(said).length > 0;
export const SAY_SOMETHING = 'Give at least one field';

/** The outcomes of a review. @param proposal the fields that a proposal has, of a wage subsidy or of an adaptation */
export const reviewOf = <P extends z.ZodRawShape>(proposal: P) =>
  z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('propose'), ...proposal, words: z.exactOptional(text) }),
    z.strictObject({
      outcome: z.literal('return'),
      missing: z
        .array(z.strictObject({ field: line, detail: text }))
        .min(1)
        .max(50),
    }),
    z.strictObject({ outcome: z.literal('refuse'), code: z.enum(refusalCodes), grounds: text }),
  ]);

/** The names of the workers that are missing in the application. */
export const names = z
  .exactOptional(z.record(idOf('P'), line))
  .meta({ description: 'Names of workers without one, by the person’s number, as in the hiring order.' });

/** A document in place of YAMMT's answer about the job. */
const evidence = z.strictObject({
  inForce: z.boolean(),
  /** The last day, when the contract is not in force. */
  until: z.exactOptional(day),
  document,
});

/** An order is signed with its number and date. */
const order = z.strictObject({ number: line, date: day });

const objection = z.strictObject({ words: text, received });

const objectionDecision = z.strictObject({ upheld: z.boolean(), grounds: text });

/** The employer waives from a day to come, or the employment officer stops with a code. */
const stop = z.strictObject({ from: day, code: z.enum(stopCodes), words: text, received });

export type ProposedAccount = z.output<typeof proposedAccount>;
export type EmploymentEvidence = z.output<typeof evidence>;
export type Order = z.output<typeof order>;
export type Objection = z.output<typeof objection>;
export type ObjectionDecision = z.output<typeof objectionDecision>;
export type Stop = z.output<typeof stop>;

/** The commands with the same body for both. */
export const common = {
  evidence: { name: 'Enter a document about the employment', body: evidence },
  order: { name: 'Sign the order', body: order },
  objection: { name: 'Object to the refusal', body: objection },
  objectionDecision: { name: 'Decide on the objection', body: objectionDecision },
  stop: { name: 'Waive or stop it', body: stop },
};
