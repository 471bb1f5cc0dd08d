import type { CommandName } from '../pathways';
import { mayBeTakenBack } from '../pathways/business';
import type { WhyNot } from '../words/words';
import { gives, lacks, type Preconditions, unless } from './precondition';

/** The facts of an own business that its commands depend on, beside its state. */
export interface BusinessFacts {
  state: string;
  /** A deregistration is reported and not confirmed. */
  isReported: boolean;
  /** The person is still to be heard about it. */
  isToBeHeard: boolean;
  /** A check waits for a document, or one was given for it in time. */
  checkWaits: boolean;
  /** The day of a check has come. */
  checkHasCome: boolean;
  startedOn: string | null;
  lastOn: string | null;
  endReason: string | null;
  hasDied: boolean;
  /** The person's newer business. */
  again: string | null;
  /** Another measure of the plan that has begun and not ended, a job apart. */
  otherMeasure: { n: number; kind: string } | null;
  /** Public works of the person that are agreed or under way. */
  works: string | null;
  /** A course that the person studies. */
  course: string | null;
  /** The person's start subsidy, under any of their records. */
  startSubsidy: string | null;
  /** Its payment waits for an extract of the register. */
  paymentWaits: boolean;
  /** Marks of the business are valid. */
  hasMark: boolean;
}

/** Another measure occupies the person. */
function elsewhere({ otherMeasure, works, course }: BusinessFacts): WhyNot | undefined {
  if (course !== null) return { code: 'occupied', params: { name: course } };
  if (otherMeasure !== null)
    return { code: 'another_measure', params: { n: otherMeasure.n, measure: otherMeasure.kind } };
  return works === null ? undefined : { code: 'in_public_works', params: { number: works } };
}

/** The commands on an own business that need a check, an end or a mark [measures §3]. */
export const businessPreconditions: Preconditions<CommandName<'business'>, BusinessFacts> = {
  /** One measure occupies the person at a time [measures §1]. */
  preparation: unless((facts) => elsewhere(facts)),
  evidence: unless((facts) => {
    const { state, endReason, isReported, checkWaits, paymentWaits, hasDied, again } = facts;
    if (state !== 'withdrawn')
      return state === 'registering' || isReported || checkWaits || paymentWaits
        ? undefined
        : { code: 'no_extract_waits' };
    if (endReason !== 'not_registered') return { code: 'no_extract_waits' };
    if (hasDied) return { code: 'person_died' };
    return again === null ? elsewhere(facts) : { code: 'in_business', params: { number: again } };
  }),
  /** A mark is given while the person works for themselves [measures §3]. */
  mark: unless(({ state, endReason, lastOn, hasDied }) => {
    if (hasDied) return { code: 'person_died' };
    return lastOn !== null || (state === 'ended' && endReason !== 'already')
      ? { code: 'business_ended' }
      : undefined;
  }),
  /** It is paid once, for a business that was registered with the help of the case [measures §3]. */
  startSubsidy: unless(({ endReason, lastOn, state, hasDied, startSubsidy }) => {
    if (hasDied) return { code: 'person_died' };
    if (endReason === 'already') return { code: 'worked_already' };
    if (lastOn !== null || state === 'ended') return { code: 'business_ended' };
    return startSubsidy === null
      ? undefined
      : { code: 'start_subsidy_had', params: { number: startSubsidy } };
  }),
  markRevocation: unless(({ hasMark }) => (hasMark ? undefined : { code: 'no_mark' })),
  conversation: unless(({ checkHasCome }) => (checkHasCome ? undefined : { code: 'no_check_yet' })),
  hearing: unless(({ isToBeHeard }) => (isToBeHeard ? undefined : { code: 'no_deregistration' })),
  ending: [
    {
      when: lacks('takenBack'),
      whyNot: ({ state, endReason, lastOn }) =>
        (state === 'ended' && endReason !== 'already') || lastOn !== null
          ? { code: 'business_ended' }
          : undefined,
    },
    {
      when: gives('takenBack'),
      whyNot({ state, isReported, startedOn, endReason, hasDied, again }) {
        if (state === 'active') return isReported ? undefined : { code: 'no_deregistration' };
        if (hasDied) return { code: 'person_died' };
        if (state !== 'ended' || startedOn === null || !mayBeTakenBack.includes(endReason ?? ''))
          return { code: 'no_deregistration' };
        return again === null ? undefined : { code: 'in_business', params: { number: again } };
      },
    },
  ],
};
