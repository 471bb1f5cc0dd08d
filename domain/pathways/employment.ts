import { caseWorkers } from '../roles';
import type { Pathway } from '../transitions';

export type EmploymentState = 'in_force' | 'ending' | 'retained' | 'ended' | 'unmonitored';

/** The employment and its monthly checks [pathway §7, S step 8]. */
export const employmentPathway = {
  open: ['in_force', 'ending'],
  closed: ['retained', 'ended', 'unmonitored'],
  commands: {
    evidence: {
      from: ['in_force', 'ending'],
      by: caseWorkers,
      to: ['in_force', 'retained', 'ended'],
    },
    conversation: {
      from: ['in_force', 'ending', 'retained'],
      by: caseWorkers,
      to: ['in_force', 'ending', 'retained'],
    },
    separation: {
      from: ['in_force', 'ending', 'retained', 'ended', 'unmonitored'],
      by: ['employer', 'case_manager', 'supervisor'],
      to: ['ending', 'ended', 'in_force', 'retained', 'unmonitored'],
    },
    hearing: { from: ['ending'], by: caseWorkers, to: ['ending', 'ended'] },
  },
  steps: {
    checkFallsDue: [],
    evidenceOfCheck: [],
    unconfirmed: ['retained'],
    notDone: [],
    evidenceOfEnd: [],
    unheardOfEnd: [],
  },
  events: {
    endReported: { from: ['in_force', 'retained', 'unmonitored'], to: ['ending'] },
    endConfirmed: { from: ['in_force', 'ending'], to: ['ended'] },
    takenBack: { from: ['ending', 'ended'], to: ['in_force', 'retained', 'unmonitored'] },
    sixPassed: { from: ['in_force', 'ending'], to: ['retained'] },
    monitoringResumed: { from: ['unmonitored'], to: ['in_force'] },
    monitoringStopped: { from: ['in_force', 'ending'], to: ['unmonitored', 'retained', 'ended'] },
  },
} as const satisfies Pathway<EmploymentState>;

/** A reported end that only the employer has reported: it waits for a confirmation; undefined for every other end [pathway §7]. */
export const claimOfEmployer = <End extends { source: string }>(
  state: string,
  reported: End | null,
): End | undefined => (state === 'ending' && reported?.source === 'employer' ? reported : undefined);

/** The states of a monthly check, of an employment or of an own business [pathway §7, measures §3]. */
export const checkStates = [
  'ahead',
  'asking',
  'evidence',
  'passed',
  'unconfirmed',
  'ended',
  'dropped',
] as const;
export type CheckState = (typeof checkStates)[number];

/** Whether a check's day has come and the check has no result yet [pathway §7]. */
export const isWaiting = ({ state }: { state: string }): boolean =>
  state === 'asking' || state === 'evidence';

export const endReasons = [
  'resigned',
  'dismissed',
  'contract_expired',
  'liquidated',
  'died',
  'by_agreement',
  'other',
] as const;
export type EndReason = (typeof endReasons)[number];
