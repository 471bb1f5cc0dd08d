import { z } from 'zod';
import { caseOutcomes, measureKinds, serviceKinds } from '../domain/pathways/case';
import type { PlannedMeasure, PlannedService } from '../domain/plan';
import type { Contracts } from './contract';
import { day, document, type Fields, idOf, line, mahalla, pinfl, stir, text } from './fields';
import { recommendation } from './recommendation';

const consent = z.strictObject({
  by: z.enum(['person', 'parent', 'guardian']),
  /** Of a parent or guardian: the name, and the ground on which they act for the person. */
  name: z.exactOptional(line),
  ground: z.exactOptional(line),
  on: z.exactOptional(day),
  purpose: z.exactOptional(text),
});

/** A case is opened for a person on record, or by the PINFL of a person who has come to the case manager. */
export const opening = z
  .strictObject({
    person: z.exactOptional(idOf('P')),
    pinfl: z.exactOptional(pinfl),
    consent,
    personsWish: z.exactOptional(text),
  })
  .refine(({ person, pinfl: number }) => (person === undefined) !== (number === undefined), {
    path: ['person'],
    message: 'Give either person or pinfl',
  })
  .meta({
    example: { person: 'P-000003', consent: { by: 'person' }, personsWish: 'Sewing, near home.' },
  });

const assessment = z.strictObject({
  capabilities: text,
  needs: text,
  wishes: text,
  conditions: text,
  barriers: text,
});

const measure = z.strictObject({
  kind: z.enum(measureKinds),
  provider: z.exactOptional(line),
  dueOn: z.exactOptional(day),
  startedOn: z.exactOptional(day),
  endedOn: z.exactOptional(day),
  outcome: z.exactOptional(line),
  dropped: z.exactOptional(text).meta({ description: 'The reason to drop a measure that has begun.' }),
} satisfies Fields<PlannedMeasure>);

const service = z.strictObject({
  kind: z.enum(serviceKinds),
  provider: line,
  dueOn: z.exactOptional(day),
  dropped: z.exactOptional(text).meta({ description: 'The reason to drop a service that is under way.' }),
} satisfies Fields<PlannedService>);

const plan = z
  .strictObject({
    measures: z.array(measure).max(20),
    services: z.array(service).max(50).default([]),
  })
  .meta({
    example: {
      measures: [{ kind: 'job' }],
      services: [
        { kind: 'documents', provider: 'Mirzo Ulugʻbek tumani adliya boʻlimi', dueOn: '2026-04-01' },
      ],
    },
  });

/** The certificate of the work recommendation in place of TIEK's answer, with what it says about work [pathway §3, §4]. */
const certificate = document.extend(
  recommendation(
    'The words of the certificate. They are kept. A word that no vocabulary has becomes a task of the employment office.',
  ).shape,
);
export type Certificate = z.output<typeof certificate>;

/** The case manager's step to settle eligibility. */
const eligibility = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('certificate'), certificate }),
  z.strictObject({ step: z.literal('ask_again') }),
  z.strictObject({ step: z.literal('new_examination'), on: day }),
]);

const vacancy = idOf('V');

/** `exception`: for a job that the work recommendation calls not suitable. It needs the supervisor's consent. */
const newReferral = z
  .strictObject({
    vacancy,
    exception: z.exactOptional(z.strictObject({ wish: text, adaptation: text })),
  })
  .meta({ title: 'Refer', example: { vacancy: 'V-000001' } });
/** The supervisor declines a referral that needed consent, with the reason. */
const referralDeclined = z.strictObject({ vacancy, declined: text });

/**
 * `exception`: for work that the work recommendation calls not suitable, or that is not known to be suitable. Only the supervisor
 * gives it.
 */
const newPublicWorks = z
  .strictObject({
    wish: z.exactOptional(text).meta({ description: 'What the person wishes of the work.' }),
    exception: z.exactOptional(z.strictObject({ wish: text, adaptation: text })),
  })
  .meta({ example: { wish: 'Work outdoors, near home.' } });

const newTraining = z
  .strictObject({
    course: idOf('CO').meta({ description: 'The course; see GET /cases/{id}/courses.' }),
    wish: z.exactOptional(text).meta({ description: 'What the person wishes of the course.' }),
    exception: z.exactOptional(z.strictObject({ wish: text, adaptation: text })),
  })
  .meta({ example: { course: 'CO-000001', wish: 'Lessons in the morning.' } });

/** Nothing else is known yet. The case manager prepares the business with the person. */
const newBusiness = z
  .strictObject({ wish: z.exactOptional(text).meta({ description: 'What the person wishes to do.' }) })
  .meta({ example: { wish: 'Sewing dresses at home, and selling them.' } });

export const foundAlone = z.strictObject({
  stir,
  since: day,
  contract: z.exactOptional(line),
  /** In place of YAMMT's answer. */
  document: z.exactOptional(document),
  checks: z.boolean().meta({ description: 'Whether the person agrees to monthly checks.' }),
});
/** The report of work found alone was a mistake: YAMMT is not asked any more. */
export const foundAloneTakenBack = z.strictObject({ takenBack: z.literal(true), words: text });

/**
 * The person moved to another mahalla. The case's own mahalla means that the person stays after all. The new case
 * manager, or supervisor, takes the case over with `takeOver`.
 */
const transfer = z.union([
  z.strictObject({ to: mahalla, reason: text }),
  z.strictObject({ takeOver: z.literal(true) }),
]);

/** Another mahalla's case manager asks for the case of a person who lives there now. */
const transferRequest = z.strictObject({ to: mahalla });

const closure = z.strictObject({
  outcome: z.enum(caseOutcomes),
  summary: text,
  personAgrees: z.boolean(),
  /** The day of death, for `died`. */
  on: z.exactOptional(day),
});
/** The supervisor declines a closure against the person's wish. */
const closureDeclined = z.strictObject({ declined: text });
/** The supervisor agrees to the closure as it was asked for. */
const closureAgreed = z.strictObject({ agreed: z.literal(true) });

const serviceEnd = z.strictObject({
  service: z.int().min(1).meta({ description: 'The number of the service, as the case shows it.' }),
  outcome: line,
  /** The day of the outcome; today unless given. */
  on: z.exactOptional(day),
});

const reasoned = z.strictObject({ reason: text });

export type Consent = z.output<typeof consent>;
export type Opening = z.output<typeof opening>;
export type Assessment = z.output<typeof assessment>;
export type Plan = z.output<typeof plan>;
export type ServiceEnd = z.output<typeof serviceEnd>;
export type EligibilityStep = z.output<typeof eligibility>;
export type NewReferral = z.output<typeof newReferral>;
export type ReferralDeclined = z.output<typeof referralDeclined>;
export type NewPublicWorks = z.output<typeof newPublicWorks>;
export type NewTraining = z.output<typeof newTraining>;
export type NewBusiness = z.output<typeof newBusiness>;
export type FoundAlone = z.output<typeof foundAlone>;
export type FoundAloneTakenBack = z.output<typeof foundAloneTakenBack>;
export type Transfer = z.output<typeof transfer>;
export type TransferRequest = z.output<typeof transferRequest>;
export type Closure = z.output<typeof closure>;
export type ClosureDeclined = z.output<typeof closureDeclined>;
export type ClosureAgreed = z.output<typeof closureAgreed>;
export type Reasoned = z.output<typeof reasoned>;

export const caseContracts = {
  assessment: { name: 'Record the assessment', body: assessment },
  plan: { name: 'Write the plan', body: plan },
  service: { name: 'Record the outcome of a service', body: serviceEnd },
  eligibility: { name: 'Settle whether the person may seek work', body: eligibility },
  referral: {
    name: 'Refer the person to a job',
    body: z.union([newReferral, referralDeclined]),
    answers: { 200: 'case', 201: 'referral' },
  },
  publicWorks: {
    name: 'Refer the person to public works',
    body: newPublicWorks,
    answers: { 201: 'public-works' },
  },
  training: {
    name: 'Refer the person to a course',
    body: newTraining,
    answers: { 201: 'training' },
  },
  business: {
    name: 'Begin to prepare an own business',
    body: newBusiness,
    answers: { 201: 'business' },
  },
  foundAlone: {
    name: 'Record work that the person found alone',
    body: z.union([foundAlone, foundAloneTakenBack]),
  },
  transfer: { name: 'Hand the case over, or take it over', body: transfer },
  askTransfer: { name: 'Ask for the case', body: transferRequest },
  withdrawal: { name: 'Record that the person withdraws', body: reasoned },
  closure: { name: 'Close the case', body: z.union([closure, closureDeclined, closureAgreed]) },
  reopening: { name: 'Reopen the case', body: reasoned },
} satisfies Contracts<'case'>;
