import type { Document } from '../commands';
import type { Day } from '../day';
import type { StopCode } from '../pathways/subsidy';
import type { ReturnCode } from '../pathways/claim';
import type { WageProgramme } from '../policy';
import type { StaffSnapshot } from './above-quota';
import type { Invoice } from './adaptation';

/** The bodies of the money's commands, as the API has validated them and the record keeps them. Amounts are whole so'm. */

export type ProposedAccount = {
  /** 20 digits, or 27 for a treasury account. */
  account: string;
  mfo: string;
  holderStir: string;
};

export type WageApplication = {
  programme: WageProgramme;
  /** Disability group. */
  group?: 1 | 2 | 3;
  /** Category of vulnerable group. */
  category?: string;
  hiredOn: Day;
  contract: string;
  /** By contract, a month. */
  wage?: number;
  /** By the name of the attachment. */
  documents: Record<string, Document>;
  /** The staff list before the hire. */
  snapshot?: StaffSnapshot;
  account?: ProposedAccount;
  /** On paper: the day it was handed in. */
  receivedOn?: Day;
};

export type Cost = {
  workplace: string;
  what: string;
  /** In hundredths of a so'm. */
  tiyin: number;
  document: Invoice;
};

export type AdaptationApplication = {
  programme: 'workplace_adaptation';
  /** Numbers of the people hired. */
  workers: { person: string; hiredOn: Day }[];
  costs: Cost[];
  documents: Record<string, Document>;
  account?: ProposedAccount;
  receivedOn?: Day;
};

export type Application = WageApplication | AdaptationApplication;

export type Review =
  | {
      outcome: 'propose';
      snapshot?: StaffSnapshot;
      /** For an adaptation: what of each cost is accepted, in tiyin, in the order of the costs; all of it unless given. */
      accepted?: number[];
      /** Of workers whose name the application did not tell, by the person's number. */
      names?: Record<string, string>;
      words?: string;
    }
  | { outcome: 'return'; missing: { field: string; detail: string }[] }
  | { outcome: 'refuse'; code: string; grounds: string };

/** What is completed replaces what was there. */
export type Completion = Partial<Omit<WageApplication, 'programme' | 'receivedOn'>> &
  Partial<Pick<AdaptationApplication, 'workers' | 'costs'>>;

export type Objection = {
  words: string;
};

export type ObjectionDecision = { upheld: boolean; grounds: string };

/** An order is signed with its number and date. */
export type Order = {
  number: string;
  date: Day;
};

/** The employer waives from a day to come, or the employment officer stops with a code. */
export type Stop = {
  from: Day;
  code: StopCode;
  words: string;
};

/** A document in place of YAMMT's answer. */
export type EmploymentEvidence = {
  inForce: boolean;
  /** The last day, when not in force. */
  until?: Day;
  document: Document;
};

export type Declaration = {
  accrued: number;
  tax: number;
};

/** Which side of a mismatch stands, by a document; never an amount. Which one is possible: `resolutionsOf`. */
export type MismatchResolution =
  | { resolution: 'register_stands' | 'declaration_stands'; document: Document }
  /** The register stayed silent: what a document says. */
  | { resolution: 'evidence'; inForce: boolean; until?: Day; document: Document }
  /** After a return: calculated anew as it stands. */
  | { resolution: 'answered'; words: string };

/** What was seen is what is approved. */
export type ClaimApproval = {
  revision: number;
  amount: number;
};

export type ClaimReturn = {
  code: ReturnCode;
  words: string;
};

export type Dispute =
  | { outcome: 'settled' | 'returned'; on: Day; document: Document }
  | { outcome: 'ask_again'; words: string };

/** Why a month that was decided is corrected. */
export const correctionReasons = [
  'facts_changed',
  'contract_dates',
  'nothing_worked',
  'worked_after_all',
  'policy_changed',
  'false_application',
  'other',
] as const;
export type CorrectionReason = (typeof correctionReasons)[number];

/** The amount follows from the rule: with this contract, or nothing where nothing was worked. */
export type Corrected = {
  reason: CorrectionReason;
  words: string;
  contract?: { since: Day; until?: Day };
  nothingWorked?: true;
  document: Document;
};

/** Empty: what news made the service draft is proposed, calculated anew. */
export type Correction = Partial<Corrected>;

/** The chief finance officer's, once the time to repay is over or the employer asks. */
export type RecoveryDecision =
  | { decision: 'extend'; days: number; reason: string }
  | { decision: 'hand_over'; number: string; court: string }
  | { decision: 'write_off'; order: { number: string; date: Day }; grounds: string };

/** Another enterprise goes on with an employer's contracts. */
export type Succession = {
  /** The successor's STIR. */
  successor: string;
  date: Day;
  document: Document;
};

/** Takes up a drafted succession, or says that there is none: the contracts ended. */
export type SuccessionDraft = { date: Day; document: Document } | { none: true; words: string };

export type Unpayable = {
  reason: string;
};
