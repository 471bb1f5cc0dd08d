import type { Day } from './day';
import type { CaseOutcome, MeasureKind, serviceKinds } from './pathways/case';
import type { EndReason } from './pathways/employment';
import type { UnjustifiedCode } from './pathways/inspection';
import type { RejectionCode } from './pathways/referral';

/** The bodies of the commands, as the API has validated them and the record keeps them. */

/** A paper or a certificate: files come later, number, date and issuer now. */
export type Document = {
  number: string;
  date: Day;
  issuer: string;
};

export type Consent = {
  by: 'person' | 'parent' | 'guardian';
  /** For a parent or guardian: who, and on what ground they speak for the person. */
  name?: string;
  ground?: string;
  on?: Day;
  purpose?: string;
};

export type Assessment = {
  capabilities: string;
  needs: string;
  wishes: string;
  conditions: string;
  barriers: string;
};

export type PlannedMeasure = {
  kind: MeasureKind;
  subsidised?: boolean;
  provider?: string;
  dueOn?: Day;
  startedOn?: Day;
  endedOn?: Day;
  outcome?: string;
};

export type Service = {
  kind: (typeof serviceKinds)[number];
  provider: string;
  dueOn?: Day;
  outcome?: string;
};

export type Plan = {
  measures: PlannedMeasure[];
  services: Service[];
};

/** What the case manager does about eligibility: one of the three. */
export type EligibilityStep =
  | { step: 'certificate'; certificate: Document & { validUntil: Day; group: 1 | 2 | 3 } }
  | { step: 'ask_again' }
  | { step: 'new_examination'; on: Day };

/**
 * `exception`: the job is called not suitable; the person's wish and what will be adapted, and the supervisor's yes.
 * `declined`: the supervisor's no to a referral that was asked for, with the reason.
 */
export type NewReferral = {
  vacancy: string;
  exception?: { wish: string; adaptation: string };
  declined?: string;
};

export type Reasoned = {
  reason: string;
};

/**
 * The person moved: to the mahalla given; to the case's own mahalla means that the person stays after all. The new case
 * manager, or supervisor, takes over with `takeOver`.
 */
export type Transfer = { to: string; reason: string } | { takeOver: true };

/** Another mahalla's case manager asks for the case of a person who is theirs now. */
export type TransferRequest = {
  to: string;
};

export type Closure = {
  outcome: CaseOutcome;
  summary: string;
  personAgrees: boolean;
  /** For `died`. */
  on?: Day;
};

/** The supervisor's no to a closure against the person's wish. */
export type ClosureDeclined = {
  declined: string;
};

export type FoundAlone = {
  stir: string;
  since: Day;
  contract?: string;
  /** Instead of asking YAMMT. */
  document?: Document;
  /** Whether the person agrees to six monthly checks. */
  checks: boolean;
};

/** What was said of work found alone was a mistake: nothing is asked any more. */
export type FoundAloneTakenBack = {
  takenBack: true;
  words: string;
};

export type Delivery =
  | { manner: 'phone' | 'in_person'; on: Day; to: string }
  | { correctedContact: { phone?: string; email?: string } }
  | { undeliverable: true; reason: string };

/** An answer on paper or by phone is entered by an official, with its date and manner. */
export type Decision = (
  | { decision: 'accept'; startOn: Day }
  | { decision: 'reject'; code: RejectionCode; grounds: string }
) & { received?: { manner: 'paper' | 'phone'; on: Day } };

/** The person's own words on the employer's claim that they did not come or declined. */
export type Hearing = {
  confirmed: boolean;
  words: string;
};

export type Contract = {
  contract: string;
  since?: Day;
};

/** A document in place of a silent register's answer. */
export type ContractEvidence = {
  inForce: boolean;
  since?: Day;
  contract?: string;
  document: Document;
};

/** What the employment officer found where the person worked for the employer already. */
export type ReferralFinding = {
  words: string;
};

export type ReferralWithdrawal = {
  reason: 'person_declined' | 'person_ill' | 'job_unsuitable' | 'issued_by_mistake' | 'other';
  words: string;
};

export type Resolution =
  | { resolution: 'settled'; startOn: Day; grounds?: string }
  | { resolution: 'directed'; number: string; grounds: string }
  | { resolution: 'justified'; grounds: string }
  | { resolution: 'unjustified'; code: UnjustifiedCode; grounds: string };

export type Extension = {
  /** Working days, at most the setting `inspectionExtensionMax`. */
  days: number;
  reason: string;
};

export type MeasureTaken = { kind: string; number: string; on: Day } | { none: true; reason: string };

/** For a check of the labour register that stayed unknown, or an end that waits to be confirmed. */
export type RetentionEvidence = {
  inForce: boolean;
  /** The last day, when not in force. */
  on?: Day;
  reason?: EndReason;
  document: Document;
};

export type Conversation = {
  check: number;
  reached: boolean;
  works?: boolean;
  paid?: boolean;
  conditionsKept?: boolean;
  wantsHelp?: boolean;
  words?: string;
};

export type Separation = { on: Day; reason: EndReason } | { takenBack: true; words: string };
