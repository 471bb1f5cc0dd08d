import type { Day } from '../day';
import { stopDays } from '../money/stopping';
import type { Barring, FourEyesDecision } from '../money/participations';
import type { CommandName } from '../pathways';
import { levelOf } from '../soato';
import type { WhyNot } from '../words/words';
import { gives, lacks, type Preconditions, tookPart, unless } from './precondition';

/** The facts of a subsidy that its commands depend on, beside its state. */
export interface SubsidyFacts {
  state: string;
  isAdaptation: boolean;
  hiredOn: Day | null;
  periodTo: Day | null;
  wasObjected: boolean;
  /** The last day to object to the refusal. */
  objectUntil: Day;
  /** The same is applied for anew. */
  appliedAgain: string | null;
  /** The caller's own acts that bar the caller, by the decision [money §7]. */
  barredBy: { readonly [D in FourEyesDecision]?: readonly Barring[] };
  givenOn: Day;
}

const byAnother = (decision: FourEyesDecision, roles: string) =>
  unless<SubsidyFacts>(({ barredBy }) => tookPart(barredBy[decision] ?? [], roles));

function objectedAlready({ wasObjected, appliedAgain }: SubsidyFacts): WhyNot | undefined {
  if (wasObjected) return { code: 'objected_before' };
  return appliedAgain === null ? undefined : { code: 'applied_again', params: { number: appliedAgain } };
}

const objectedLate = ({ objectUntil, givenOn }: SubsidyFacts): WhyNot | undefined =>
  givenOn > objectUntil ? { code: 'too_late', params: { what: 'objection', last: objectUntil } } : undefined;

/** An application's commands: the right person, one objection in time, and a day that can still be stopped [money §3, §6, §7]. */
export const subsidyPreconditions: Preconditions<CommandName<'subsidy'>, SubsidyFacts> = {
  evidence: unless(({ isAdaptation, state }) =>
    isAdaptation && state !== 'checking' ? { code: 'nothing_to_prove' } : undefined,
  ),
  review: byAnother('review', 'employment_officer'),
  /** The day of receipt of an objection on paper is in its body. */
  objection: [
    { when: lacks('received'), whyNot: (facts) => objectedAlready(facts) ?? objectedLate(facts) },
    {
      when: gives('received'),
      whyNot: (facts, { role }) =>
        objectedAlready(facts) ?? (role === 'employer' ? objectedLate(facts) : undefined),
    },
  ],
  objectionDecision: byAnother('objection', 'employment_officer_head'),
  order: byAnother('order', 'employment_officer_head'),
  /** An employer waives from a day to come, which lies in the subsidy's period. */
  stop: unless(({ hiredOn, periodTo, givenOn }, { role }) => {
    const last = hiredOn === null ? null : stopDays({ hiredOn, periodTo }).last;
    return role === 'employer' && last !== null && last <= givenOn ? { code: 'period_over' } : undefined;
  }),
};

/** A stipend is ordered by a person who brought nothing forward for it [money §7]. */
export const stipendPreconditions: Preconditions<CommandName<'stipend'>, SubsidyFacts> = {
  order: byAnother('order', 'employment_officer_head'),
};

/** A start subsidy is reviewed and ordered by two persons who did not enter it. The order is the region's [measures §3]. */
export const startSubsidyPreconditions: Preconditions<CommandName<'start-subsidy'>, SubsidyFacts> = {
  review: byAnother('review', 'supervisor'),
  order: unless(({ barredBy }, { area }) =>
    ['region', 'republic'].includes(levelOf(area))
      ? tookPart(barredBy.order ?? [], 'supervisor')
      : { code: 'not_yours', params: { what: 'start_order' } },
  ),
};
