import type { Day } from '../day';
import type { CommandName } from '../pathways';
import {
  directiveAllowed,
  isAskedToExplain,
  isToBeHeard,
  wasAsked,
  whyNotWithdrawn,
} from '../pathways/inspection';
import type { WhyNot } from '../words/words';
import { gives, lacks, type NotExtended, notExtendedTime, type Preconditions, unless } from './precondition';

/** What decides whether the employer may be directed to hire [pathway §6]. */
export interface DirectiveFacts {
  jobKind: 'vacant' | 'reserved';
  /** The day of the referral, or of the opening where no referral led to it. */
  referredOn: Day;
  hasReferral: boolean;
  /** The kinds of jobs that admit a directive, and the version of the policy that says so. */
  directiveFor: readonly ('vacant' | 'reserved')[];
  version?: string;
  from?: Day;
}

/** The facts of an inspection that its commands depend on, beside its state. */
export interface InspectionFacts {
  state: string;
  ground: string;
  facts: unknown;
  steps: unknown;
  resolution: unknown;
  lateDecision: unknown;
  notExtended: NotExtended;
  /** Why settled and directed are no longer possible; null where they are possible. */
  findingOnly: string | null;
  directive: DirectiveFacts;
  /** The hearing was given in time, though the inspection went on without it. */
  wasHeardInTime: boolean;
  /** The open proposal to withdraw the resolution. */
  proposed: string | null;
  givenOn: Day;
}

const resolves =
  (resolution: string) =>
  (body: object): boolean =>
    'resolution' in body && body.resolution === resolution;
const saysNoLiability = (body: object): boolean => 'code' in body && body.code === 'vacant_job_no_liability';

const untilHeard = ({ facts }: InspectionFacts): WhyNot | undefined =>
  isToBeHeard(facts) ? { code: 'person_to_be_heard' } : undefined;

const onlyFinding = ({ findingOnly, ground }: InspectionFacts): WhyNot | undefined =>
  findingOnly !== null && ground !== 'conditions'
    ? { code: 'finding_only', params: { why: findingOnly } }
    : undefined;

function noDirective({ ground, directive }: InspectionFacts): WhyNot | undefined {
  const { jobKind, referredOn: on, hasReferral, directiveFor, version, from } = directive;
  if (ground === 'conditions') return undefined;
  if (ground === 'ended_early' && !hasReferral)
    return { code: 'directive_not_possible', params: { what: 'no_referral' } };
  return directiveAllowed(jobKind, directiveFor)
    ? undefined
    : { code: 'directive_not_possible', params: { on, version, from } };
}

/** Only a vacant job that admits no directive has no liability [pathway §6]. */
function liability({ ground, directive }: InspectionFacts): WhyNot | undefined {
  const { jobKind, referredOn: on, directiveFor } = directive;
  if (ground === 'conditions') return { code: 'liability', params: { what: 'conditions' } };
  return directiveAllowed(jobKind, directiveFor)
    ? { code: 'liability', params: { what: jobKind, on } }
    : undefined;
}

const aboutConditions = ({ ground }: InspectionFacts): WhyNot | undefined =>
  ground === 'conditions' ? { code: 'about_conditions' } : undefined;

/** The inspection's commands that wait for somebody else first, or come once [pathway §5, §6]. */
export const inspectionPreconditions: Preconditions<CommandName<'inspection'>, InspectionFacts> = {
  resolution: [
    { when: resolves('settled'), whyNot: (row) => untilHeard(row) ?? onlyFinding(row) },
    { when: resolves('directed'), whyNot: (row) => untilHeard(row) ?? onlyFinding(row) ?? noDirective(row) },
    { when: saysNoLiability, whyNot: (row) => untilHeard(row) ?? liability(row) },
    {
      when: (body) => !resolves('settled')(body) && !resolves('directed')(body) && !saysNoLiability(body),
      whyNot: untilHeard,
    },
  ],
  extension: unless(({ notExtended }) => notExtendedTime(notExtended, 'inspection')),
  /** A late decision follows silence, and an acceptance may follow a late rejection. */
  lateDecision: [
    {
      when: gives('startOn'),
      whyNot({ ground, lateDecision }) {
        const late = lateDecision as { decision: string } | null;
        return ground === 'silence' && late?.decision !== 'accept' ? undefined : { code: 'already_decided' };
      },
    },
    {
      when: lacks('startOn'),
      whyNot: ({ ground, lateDecision }) =>
        ground === 'silence' && lateDecision === null ? undefined : { code: 'already_decided' },
    },
  ],
  hearing: unless(({ facts, wasHeardInTime }) =>
    isToBeHeard(facts) || wasHeardInTime ? undefined : { code: 'nobody_to_hear' },
  ),
  contract: unless(aboutConditions),
  personDeclines: unless(aboutConditions),
  explanation: unless(({ steps }) =>
    isAskedToExplain(steps)
      ? undefined
      : { code: 'nothing_asked', params: { what: wasAsked(steps) ? 'explained' : 'explanation' } },
  ),
  resolutionWithdrawal: unless((row) => {
    const why = whyNotWithdrawn(row, row.givenOn);
    if (why !== undefined) return { code: why, params: { what: 'resolution' } };
    return row.proposed === null ? undefined : { code: 'proposed_already', params: { number: row.proposed } };
  }),
};
