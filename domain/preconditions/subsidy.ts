import type { Day } from '../day';
import { stopDays } from '../money/stopping';
import type { FourEyesDecision } from '../money/participations';
import type { CommandName } from '../pathways';
import { type Preconditions, unless } from './precondition';

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
  /** The decisions from which the caller's own acts bar the caller [money §7]. */
  barredFrom: readonly FourEyesDecision[];
  givenOn: Day;
}

const tookPart = (decision: FourEyesDecision) =>
  unless<SubsidyFacts>(({ barredFrom }) =>
    barredFrom.includes(decision) ? { code: 'took_part' } : undefined,
  );

/** An application's commands: the right person, one objection in time, and a day that can still be stopped [money §3, §6, §7]. */
export const subsidyPreconditions: Preconditions<CommandName<'subsidy'>, SubsidyFacts> = {
  evidence: unless(({ isAdaptation, state }) =>
    isAdaptation && state !== 'checking' ? { code: 'nothing_to_prove' } : undefined,
  ),
  review: tookPart('review'),
  objection: unless(({ wasObjected, appliedAgain, objectUntil, givenOn }) => {
    if (wasObjected) return { code: 'objected_before' };
    if (appliedAgain !== null) return { code: 'applied_again', params: { number: appliedAgain } };
    return givenOn > objectUntil
      ? { code: 'too_late', params: { what: 'objection', last: objectUntil } }
      : undefined;
  }),
  objectionDecision: tookPart('objection'),
  order: tookPart('order'),
  /** An employer waives from a day to come, which lies in the subsidy's period. */
  stop: unless(({ hiredOn, periodTo, givenOn }, { role }) => {
    const last = hiredOn === null ? null : stopDays({ hiredOn, periodTo }).last;
    return role === 'employer' && last !== null && last <= givenOn ? { code: 'period_over' } : undefined;
  }),
};
