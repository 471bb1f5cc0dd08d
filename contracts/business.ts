import { z } from 'zod';
import { goods } from '../domain/marks';
import { businessForms } from '../domain/business';
import { businessHelp } from '../domain/pathways/case';
import type { Contracts } from './contract';
import { day, document, line, text } from './fields';
import { check, notReached } from './monitoring';
import { startApplication } from './start-subsidy';

/** What the case manager agrees with the person. Each help becomes a service of the plan. */
const preparation = z.strictObject({
  form: z.enum(businessForms),
  trade: line.meta({ description: 'What the person makes, sells or does.' }),
  help: z
    .array(z.strictObject({ kind: z.enum(businessHelp), provider: line, dueOn: z.exactOptional(day) }))
    .max(20)
    .default([])
    .meta({ description: 'The help that the person needs. Each becomes a service of the plan.' }),
});

const withdrawal = z.strictObject({ words: text.meta({ description: 'The person’s own words.' }) });

/** An extract of the register, in place of its answer. */
const evidence = z.discriminatedUnion('registered', [
  z.strictObject({
    registered: z.literal(true),
    since: day.meta({ description: 'The first day of the registration.' }),
    number: z.exactOptional(line).meta({ description: 'The number of the registration.' }),
    document,
  }),
  z.strictObject({
    registered: z.literal(false),
    on: z.exactOptional(day).meta({ description: 'The day of the deregistration; today unless given.' }),
    document,
  }),
]);

const conversation = z.discriminatedUnion('reached', [
  z.strictObject({
    check,
    reached: z.literal(true),
    sells: z.exactOptional(z.boolean()),
    earns: z.exactOptional(z.boolean()),
    wantsHelp: z.exactOptional(z.boolean()),
    words: z.exactOptional(text),
  }),
  notReached,
]);

/** What the person says of a reported deregistration. */
const hearing = z.strictObject({ confirmed: z.boolean(), words: text });

const ending = z.union([
  z.strictObject({
    on: day.meta({ description: 'The last day.' }),
    words: text.meta({ description: 'The person’s own words.' }),
  }),
  z.strictObject({ takenBack: z.literal(true), words: text }),
]);

/** A mark is for hand-made goods only. Its consent is written, and can be taken back any day. */
const mark = z.strictObject({
  goods: z.enum(goods),
  consent: z.strictObject({
    by: z.enum(['person', 'parent', 'guardian']),
    on: day.meta({ description: 'The day on which the consent was signed.' }),
  }),
});

/** The consent is taken back, for one kind of goods or for all. No reason is asked for. */
const markRevocation = z.strictObject({
  goods: z.exactOptional(z.enum(goods)).meta({ description: 'The kind of goods; all of them unless given.' }),
});

export type NewMark = z.output<typeof mark>;
export type MarkRevocation = z.output<typeof markRevocation>;
export type Preparation = z.output<typeof preparation>;
export type BusinessWithdrawal = z.output<typeof withdrawal>;
export type RegistrationEvidence = z.output<typeof evidence>;
export type BusinessConversation = z.output<typeof conversation>;
export type BusinessHearing = z.output<typeof hearing>;
export type BusinessEnding = z.output<typeof ending>;

export const businessContracts = {
  preparation: { name: 'Enter form, trade and help', body: preparation },
  withdrawal: { name: 'Record that the person gives the business up', body: withdrawal },
  evidence: { name: 'Enter an extract of the register', body: evidence },
  conversation: { name: 'Record the conversation with the person', body: conversation },
  hearing: { name: 'Hear the person about the deregistration', body: hearing },
  mark: { name: 'Give a mark for hand-made goods', body: mark },
  markRevocation: { name: 'Record that the consent to a mark is taken back', body: markRevocation },
  startSubsidy: {
    name: 'Enter the application for the start subsidy',
    body: startApplication,
    answers: { 201: 'start-subsidy' },
  },
  ending: { name: 'Record that the business ended, or take the end back', body: ending },
} satisfies Contracts<'business'>;
