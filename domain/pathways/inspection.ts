import { caseWorkers } from '../roles';
import type { Day } from '../day';
import type { Pathway } from '../transitions';
import { jobClosedOf } from '../job-closed';

export type InspectionState =
  | 'hearing'
  | 'examining'
  | 'settled'
  | 'directed'
  | 'confirming'
  | 'breached'
  | 'complied'
  | 'justified'
  | 'unjustified'
  | 'measured'
  | 'ended'
  | 'not_opened';

/** Resolved, and watched until the contract stands. */
export const watched = ['settled', 'directed', 'confirming'] as const satisfies InspectionState[];

/** It is not opened: the person is heard first about the end of the job, or wished that end. No inspection yet, or none. */
export const unopened = ['hearing', 'not_opened'] as const satisfies InspectionState[];

/** The states to which an entered resolution leads at once. Until a contract or a measure it can be withdrawn [pathway §6]. */
const withdrawable = ['settled', 'directed', 'justified', 'unjustified', 'complied'] as const;

/** The inspection of a refused, unanswered or broken referral. It never holds up the person [pathway §6, S step 7]. */
export const inspectionPathway = {
  open: ['hearing', 'examining', ...watched, 'breached'],
  closed: ['complied', 'justified', 'unjustified', 'measured', 'ended', 'not_opened'],
  commands: {
    resolution: {
      from: ['examining'],
      by: ['labour_inspector'],
      to: ['settled', 'directed', 'justified', 'unjustified', 'complied'],
    },
    extension: { from: ['examining'], by: ['labour_inspector'], to: ['examining'] },
    measure: { from: ['breached'], by: ['labour_inspector'], rank: 'head', to: ['measured'] },
    lateDecision: {
      from: ['examining'],
      by: ['employer', 'case_manager', 'supervisor', 'employment_officer'],
      to: ['settled', 'examining'],
    },
    hearing: {
      from: ['hearing', 'examining'],
      by: caseWorkers,
      to: ['examining', 'justified', 'not_opened', 'ended'],
    },
    contract: {
      from: watched,
      by: ['employer', 'case_manager', 'employment_officer'],
      to: ['confirming', 'complied'],
    },
    evidence: { from: ['confirming'], by: caseWorkers, to: ['complied', 'breached'] },
    personDeclines: {
      from: ['examining', ...watched],
      by: caseWorkers,
      to: ['examining', 'ended'],
    },
    /** What the inspector does while examining. None of it stops the clock [pathway §6]. */
    step: { from: ['examining'], by: ['labour_inspector'], to: ['examining'] },
    explanation: { from: ['examining'], by: ['employer'], to: ['examining'] },
    /** Proposed by the chief inspector, and carried out when another inspector approves it [pathway §6]. */
    resolutionWithdrawal: { from: withdrawable, by: ['labour_inspector'], rank: 'head', to: withdrawable },
  },
  steps: {
    unheard: ['examining', 'not_opened'],
    complianceFallsDue: ['confirming'],
    evidenceOfContract: [],
    unexplained: [],
  },
  events: {
    contractConfirmed: { from: ['examining', ...watched], to: ['complied'] },
    noContract: { from: watched, to: ['breached', 'settled', 'directed'] },
    caseEnded: { from: watched, to: ['ended'] },
    employerGone: {
      from: ['hearing', 'examining', ...watched, 'breached'],
      to: ['unjustified', 'ended', 'not_opened'],
    },
    /** The employer answered or the person was heard in time, or the job goes on or is open again: the reason is taken back. */
    takenBack: { from: ['hearing', 'examining'], to: ['ended', 'not_opened'] },
    mended: { from: ['directed', 'confirming'], to: ['complied'] },
    resolutionWithdrawn: { from: withdrawable, to: ['examining'] },
  },
} as const satisfies Pathway<InspectionState>;

type Resolved = { state: string; ground: string; resolution: unknown };

/** Why a resolution cannot be withdrawn as a mistake. */
export type NotWithdrawn = 'not_entered' | 'acted_on' | 'too_late';

/** Whether a contract, a breach or a measure has followed from a resolution [pathway §6]. */
export const hasFollowed = ({ state, ground }: Resolved): boolean =>
  !(withdrawable as readonly string[]).includes(state) || (state === 'complied' && ground !== 'conditions');

/**
 * Why a resolution cannot be withdrawn as a mistake on a day; undefined where it can [pathway §6]. An inspector's resolution
 * names the last day. A contract, a hearing or a late acceptance resolves an inspection without one.
 */
export function whyNotWithdrawn(row: Resolved, on: Day): NotWithdrawn | undefined {
  const { withdrawableUntil } = (row.resolution ?? {}) as { withdrawableUntil?: Day };
  if (hasFollowed(row)) return 'acted_on';
  if (withdrawableUntil === undefined) return 'not_entered';
  return on > withdrawableUntil ? 'too_late' : undefined;
}

/** The finding on the employer's statement about the person. */
export type Claim = 'to_be_heard' | 'confirmed' | 'contradicted' | 'unheard';

/** Whether the person is heard first. Until then there is no resolution [pathway §5]. */
export const isToBeHeard = (facts: unknown): boolean =>
  (facts as { claim?: Claim } | null)?.claim === 'to_be_heard';

/** Whether the inspector has begun to examine. From then on the employer does not replace its answer [pathway §5, a mistake]. */
export const hasBegun = (steps: unknown): boolean => (steps as unknown[]).length > 0;

/** Whether the inspector's last question to the employer has no answer yet [pathway §6]. */
export const isAskedToExplain = (steps: unknown): boolean => {
  const asked = (steps as { kind: string; answer?: object }[]).findLast(({ kind }) => kind === 'explanation');
  return asked !== undefined && asked.answer === undefined;
};

/** Whether the inspector has asked the employer to explain at all. */
export const wasAsked = (steps: unknown): boolean =>
  (steps as { kind: string }[]).some(({ kind }) => kind === 'explanation');

/** The reasons for a finding of an unjustified refusal without a directive [pathway §6]. */
export const unjustifiedCodes = [
  'vacant_job_no_liability',
  'place_gone',
  'employer_liquidated',
  'person_no_longer_wants',
  'person_works_elsewhere',
  'other',
] as const;
export type UnjustifiedCode = (typeof unjustifiedCodes)[number];

export const inspectionGrounds = [
  'rejection',
  'silence',
  'no_contract',
  'conditions',
  'ended_early',
] as const;
export type InspectionGround = (typeof inspectionGrounds)[number];

/** The ground as the words name it: a closed job is no answer of the employer. */
export const groundInWords = ({ ground, facts }: { ground: string; facts: unknown }): string =>
  jobClosedOf(facts) ? 'job_closed' : ground;

/** Grounds whose file holds what the person said of the employer: the employer does not read it. */
export const personsWord: readonly string[] = ['conditions', 'ended_early'] satisfies InspectionGround[];

/**
 * Whether the inspector may direct the employer to hire. The policy in force on the day of the referral names the kinds of
 * jobs. Reserved jobs always allow a directive. Vacant jobs allowed one until administrative liability ended on 01.09.2025
 * [domain §4 L, pathway §6].
 *
 * @param directiveFor the kinds of jobs by the policy on the day of the referral
 */
export function directiveAllowed(
  jobKind: 'vacant' | 'reserved',
  directiveFor: readonly ('vacant' | 'reserved')[],
): boolean {
  return directiveFor.includes(jobKind);
}
