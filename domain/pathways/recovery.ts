import type { Pathway } from '../transitions';

export type RecoveryState = 'demanded' | 'partly_repaid' | 'repaid' | 'handed_over' | 'written_off';

/** An overpayment demanded back: 30 days, then the chief finance officer's [money §6]. */
export const recoveryPathway = {
  open: ['demanded', 'partly_repaid'],
  closed: ['repaid', 'handed_over', 'written_off'],
  commands: {
    /** Extends once, hands it to a court, or writes it off. */
    decision: {
      from: ['demanded', 'partly_repaid'],
      by: ['finance_officer'],
      rank: 'head',
      to: ['demanded', 'partly_repaid', 'handed_over', 'written_off'],
    },
  },
  events: {
    repaid: {
      from: ['demanded', 'partly_repaid', 'handed_over'],
      to: ['partly_repaid', 'repaid', 'handed_over'],
    },
  },
} as const satisfies Pathway<RecoveryState>;
