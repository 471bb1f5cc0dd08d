import { caseWorkers, type Actor } from '../roles';
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

/** The case, from assessment to closure [pathway §3]. Every open state can be planned anew, withdrawn from and closed. */
export const casePathway = {
  open,
  closed: ['closed'],
  commands: {
    assessment: { from: open, by: caseWorkers, to: ['planning'] },
    plan: { from: worked, by: caseWorkers, to: ['planning', 'in_measure'] },
    service: { from: worked, by: caseWorkers, to: worked },
    eligibility: { from: open, by: caseWorkers, to: open },
    referral: { from: ['planning', 'referred', 'in_measure'], by: caseWorkers, to: ['referred'] },
    publicWorks: {
      from: ['planning', 'referred', 'in_measure'],
      by: caseWorkers,
      to: ['in_measure', 'referred'],
    },
    training: {
      from: ['planning', 'referred', 'in_measure'],
      by: caseWorkers,
      to: ['in_measure', 'referred'],
    },
    business: { from: open, by: caseWorkers, to: ['in_measure', 'referred'] },
    foundAlone: { from: open, by: caseWorkers, to: ['employed'] },
    transfer: { from: open, by: caseWorkers, to: open },
    askTransfer: { from: open, by: caseWorkers, to: open },
    withdrawal: { from: open, by: caseWorkers, to: ['closed'] },
    closure: { from: open, by: caseWorkers, to: ['closed'] },
    reopening: { from: ['closed'], by: caseWorkers, to: ['assessment', 'planning'] },
  },
  steps: { certificate: [], recommendationEnds: [], presentWorkUnknown: [], evidenceOfFoundAlone: [] },
  events: {
    referralsEnded: { from: ['referred'], to: ['planning', 'in_measure'] },
    hired: { from: ['assessment', 'planning', 'referred', 'in_measure', 'retained'], to: ['employed'] },
    worksEnded: { from: ['in_measure'], to: ['planning'] },
    jobEnded: { from: ['employed', 'retained'], to: ['planning', 'assessment'] },
    retained: { from: ['employed'], to: ['retained'] },
    died: { from: open, to: ['closed'] },
  },
} as const satisfies Pathway<CaseState>;

/**
 * Whether the caller may work on the case: it is of the caller's area, or assigned to the caller by name. An office to which
 * the case is only offered sees the case, and takes it over first [pathway §3, moves].
 */
export const hasCase = (row: { area: string; managerId: string | null }, actor: Actor): boolean =>
  contains(actor.area, row.area) || row.managerId === actor.id;

/** The commands of another area before it has taken over the case. */
export const fromElsewhere: readonly string[] = ['transfer', 'askTransfer'];

/** The outcomes of a case [pathway §3]. `died` and `withdrew` also have commands of their own. */
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

/** The outcomes of a case whose measures go on as they are [measures §1]. */
export const outcomesInMeasure: readonly string[] = [
  'in_training',
  'in_business',
  'in_public_works',
] satisfies CaseOutcome[];

export const measureKinds = ['job', 'training', 'self_employment', 'public_works'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** The help with an own business, as services of the plan [measures §3]. */
export const businessHelp = [
  'business_registration',
  'marketplace_account',
  'online_selling',
  'certification',
  'pick_up',
  'reduced_commission',
] as const;

export const serviceKinds = [
  'assistive_device',
  'rehabilitation',
  'escort',
  'documents',
  'legal',
  'psychological',
  ...businessHelp,
  'other',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];
