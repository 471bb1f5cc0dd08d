import type { Actor } from '../roles';
import { contains } from '../soato';
import type { Pathway } from '../transitions';

export type CaseState =
  | 'assessment'
  | 'planning'
  | 'referred'
  | 'in_measure'
  | 'employed'
  | 'retained'
  | 'closed';

const worked = ['planning', 'referred', 'in_measure', 'employed', 'retained'] as const;
const open = ['assessment', ...worked] as const;
const caseWorkers = ['case_manager', 'supervisor'] as const;

/** The case, from assessment to closure [pathway §3]. Every open state can be planned anew, withdrawn from and closed. */
export const casePathway = {
  open,
  closed: ['closed'],
  commands: {
    assessment: { from: open, by: caseWorkers, to: ['planning'] },
    plan: { from: worked, by: caseWorkers, to: ['planning', 'in_measure'] },
    eligibility: { from: open, by: caseWorkers, to: open },
    referral: { from: ['planning', 'referred', 'in_measure'], by: caseWorkers, to: ['referred'] },
    foundAlone: { from: open, by: caseWorkers, to: ['employed'] },
    transfer: { from: open, by: caseWorkers, to: open },
    askTransfer: { from: open, by: caseWorkers, to: open },
    withdrawal: { from: open, by: caseWorkers, to: ['closed'] },
    closure: { from: open, by: caseWorkers, to: ['closed'] },
    reopening: { from: ['closed'], by: caseWorkers, to: ['assessment', 'planning'] },
  },
  events: {
    referralsEnded: { from: ['referred'], to: ['planning', 'in_measure'] },
    hired: { from: ['assessment', 'planning', 'referred', 'in_measure', 'retained'], to: ['employed'] },
    jobEnded: { from: ['employed', 'retained'], to: ['planning', 'assessment'] },
    retained: { from: ['employed'], to: ['retained'] },
    died: { from: open, to: ['closed'] },
  },
} as const satisfies Pathway<CaseState>;

/**
 * Whether the case is the caller's to work on: of their area, or theirs by name. Whoever it is only offered to sees it, and
 * takes it over first [pathway §3, moves].
 */
export const hasCase = (row: { area: string; managerId: string | null }, actor: Actor): boolean =>
  contains(actor.area, row.area) || row.managerId === actor.id;

/** What another area may do with a case before it is theirs. */
export const fromElsewhere: readonly string[] = ['transfer', 'askTransfer'];

/** How a case may end [pathway §3]. `died` and `withdrew` have their own ways in, too. */
export const caseOutcomes = [
  'retained',
  'found_work_alone',
  'in_training',
  'in_business',
  'in_public_works',
  'withdrew',
  'not_eligible',
  'left_the_country',
  'died',
  'no_suitable_job',
  'other',
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export const measureKinds = ['job', 'training', 'self_employment', 'public_works'] as const;
export type MeasureKind = (typeof measureKinds)[number];

export const serviceKinds = [
  'assistive_device',
  'rehabilitation',
  'escort',
  'documents',
  'legal',
  'psychological',
  'other',
] as const;
