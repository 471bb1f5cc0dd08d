import { caseWorkers } from '../roles';
import type { Pathway } from '../transitions';
import type { Claim } from './inspection';

export type BusinessState = 'preparing' | 'registering' | 'active' | 'sustained' | 'ended' | 'withdrawn';

/** A person's own business, from its preparation to its last monthly check [measures §3]. */
export const businessPathway = {
  open: ['preparing', 'registering', 'active'],
  closed: ['sustained', 'ended', 'withdrawn'],
  /** While a mark is valid, the register is asked every month. */
  owing: ['sustained', 'ended'],
  commands: {
    preparation: { from: ['preparing', 'registering'], by: caseWorkers, to: ['registering'] },
    withdrawal: { from: ['preparing', 'registering'], by: caseWorkers, to: ['withdrawn'] },
    evidence: {
      /** A business that was not registered in time goes on where an extract shows that it was. */
      from: ['registering', 'active', 'withdrawn'],
      by: caseWorkers,
      to: ['registering', 'active', 'sustained', 'ended', 'withdrawn'],
    },
    conversation: { from: ['active', 'sustained'], by: caseWorkers, to: ['active', 'sustained'] },
    hearing: { from: ['active'], by: caseWorkers, to: ['active', 'ended'] },
    mark: { from: ['active', 'sustained', 'ended'], by: caseWorkers, to: ['active', 'sustained', 'ended'] },
    markRevocation: {
      from: ['active', 'sustained', 'ended'],
      by: caseWorkers,
      to: ['active', 'sustained', 'ended'],
    },
    /** The costs of the registration, which the person applies for on paper. */
    startSubsidy: {
      from: ['active', 'sustained', 'ended'],
      by: caseWorkers,
      to: ['active', 'sustained', 'ended'],
    },
    ending: {
      from: ['active', 'sustained', 'ended'],
      by: caseWorkers,
      to: ['active', 'sustained', 'ended'],
    },
  },
  steps: {
    registerSilent: [],
    notRegistered: ['withdrawn'],
    checkFallsDue: [],
    unconfirmed: ['sustained'],
    notDone: [],
    unheard: [],
    markFallsDue: [],
  },
  events: {
    registered: { from: ['registering'], to: ['active', 'ended'] },
    /** The register says no after the time for the registration. */
    notRegistered: { from: ['registering'], to: ['withdrawn'] },
    deregistered: { from: ['active'], to: ['ended'] },
    sixPassed: { from: ['active'], to: ['sustained'] },
    left: { from: ['preparing', 'registering', 'active'], to: ['ended'] },
  },
} as const satisfies Pathway<BusinessState>;

/** Why a business ended. `already`: the person worked for themselves before it was prepared. */
export type BusinessEnd = 'not_registered' | 'deregistered' | 'own_word' | 'already' | 'case_closed' | 'died';

/** The ends that can be taken back: one by a death once the person is found to live. */
export const mayBeTakenBack: readonly string[] = ['deregistered', 'own_word', 'died'] satisfies BusinessEnd[];

/** A deregistration that a check or the person has reported. It is provisional until it is confirmed. */
export interface Deregistration {
  on: string;
  /** The monthly check that found it. */
  check?: number;
  claim: Claim;
  /** The person's own words. */
  words?: string;
}
