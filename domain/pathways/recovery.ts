import { caseWorkers } from '../roles';
import type { Pathway } from '../transitions';

export type RecoveryState = 'demanded' | 'partly_repaid' | 'repaid' | 'handed_over' | 'written_off';

/**
 * An overpayment that is demanded back. The employer has 30 days; then the chief finance officer decides [money §6]. A person owes only
 * what rests on their own false word, in monthly parts. All else the chief writes off [measures §4].
 */
export const recoveryPathway = {
  open: ['demanded', 'partly_repaid'],
  closed: ['repaid', 'handed_over', 'written_off'],
  commands: {
    /** The chief extends the time once, goes to a court, or writes the sum off. */
    decision: {
      from: ['demanded', 'partly_repaid'],
      by: ['finance_officer'],
      rank: 'head',
      to: ['demanded', 'partly_repaid', 'handed_over', 'written_off'],
    },
    /** The person lets a part of later payables be kept back towards the debt, or takes that back [measures §4]. */
    setOffConsent: {
      from: ['demanded', 'partly_repaid'],
      by: caseWorkers,
      to: ['demanded', 'partly_repaid'],
    },
  },
  steps: { remindInstalment: [], instalmentOver: [] },
  events: {
    repaid: {
      from: ['demanded', 'partly_repaid', 'handed_over'],
      to: ['partly_repaid', 'repaid', 'handed_over'],
    },
    /** A person has died: their debt ends, also one at a court [measures §4]. */
    died: { from: ['demanded', 'partly_repaid', 'handed_over'], to: ['written_off'] },
  },
} as const satisfies Pathway<RecoveryState>;
