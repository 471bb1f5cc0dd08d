import { addMonths, type Day } from '../day';
import { maySeekWork, type Recommended } from '../eligibility';
import { fromElsewhere, hasCase } from '../pathways/case';
import type { CommandName } from '../pathways';
import type { Actor } from '../roles';
import { contains } from '../soato';
import { gives, lacks, type Preconditions, unless, type Way } from './precondition';

/** A number of the policy, with the version that names it and its first day. */
export interface PolicyLimit {
  n: number;
  version?: string;
  from?: Day;
}

/** The facts of a case that its commands depend on, beside its state. */
export interface CaseFacts {
  area: string;
  managerId: string | null;
  movesTo: string | null;
  isAssessed: boolean;
  /** The plan has a job that a referral can serve. */
  plansJob: boolean;
  /** The plan has public works that a referral can serve. */
  plansWorks: boolean;
  /** The own business that holds the person now. */
  business: string | null;
  /** The public works that hold the person now. */
  publicWorks: string | null;
  /** The plan has a training that a referral to a course can serve. */
  plansTraining: boolean;
  /** The applications to courses that wait for a place. */
  openTrainings: number;
  mostTrainings: PolicyLimit;
  hasService: boolean;
  hasDied: boolean;
  recommended: Recommended;
  openReferrals: number;
  /** The most open referrals of a case. */
  mostReferrals: PolicyLimit;
  /** A case manager asks for the supervisor's yes to a referral, or to the closure. */
  asksForReferral: boolean;
  asksForClosure: boolean;
  foundAlone: boolean;
  closedOn: Day | null;
  reopenWithin: PolicyLimit;
  hasOtherCase: boolean;
  today: Day;
  /** The day on which the command was given. */
  givenOn: Day;
}

/** The version of a limit, for the words of a refusal. */
const saidBy = ({ version, from }: PolicyLimit) => ({ version, from });

/** Another area may ask for a case or take it over. Every other command is for officials who have the case [pathway §3, moves]. */
const byTheirOwn = (command: string, ways: readonly Way<CaseFacts>[]): readonly Way<CaseFacts>[] =>
  fromElsewhere.includes(command)
    ? ways
    : ways.map(({ when, whyNot }) => ({
        ...(when && { when }),
        whyNot: (facts, actor) => (hasCase(facts, actor) ? whyNot(facts, actor) : { code: 'not_taken_over' }),
      }));

const always = unless<CaseFacts>(() => undefined);

/** @param field by which the supervisor answers */
const supervisorsAnswer = (
  what: 'closure' | 'referral',
  field: 'declined' | 'agreed',
  isAsked: (facts: CaseFacts) => boolean,
): Way<CaseFacts> => ({
  when: gives(field),
  whyNot(facts, { role }) {
    if (role !== 'supervisor') return { code: 'not_yours', params: { roles: 'supervisor' } };
    return isAsked(facts) ? undefined : { code: 'nothing_asked', params: { what } };
  },
});

/** A referral follows from a plan with a job and a valid recommendation. A case has few of them open [pathway §3, §5]. */
const newReferral: Way<CaseFacts> = {
  when: lacks('declined'),
  whyNot({ plansJob, hasDied, recommended, openReferrals, mostReferrals, today }) {
    if (!plansJob) return { code: 'no_plan' };
    if (hasDied) return { code: 'person_died' };
    const may = maySeekWork(recommended, today);
    if (may !== 'yes') return { code: may };
    return openReferrals >= mostReferrals.n
      ? { code: 'too_many_open', params: { most: mostReferrals.n, ...saidBy(mostReferrals) } }
      : undefined;
  },
};

/** A referral to public works needs what a referral to a job needs. A person has one of them at a time [measures §1]. */
const newWorks: Way<CaseFacts> = {
  whyNot({ plansWorks, publicWorks, hasDied, recommended, today }) {
    if (publicWorks !== null) return { code: 'in_public_works', params: { number: publicWorks } };
    if (!plansWorks) return { code: 'no_works_planned' };
    if (hasDied) return { code: 'person_died' };
    const may = maySeekWork(recommended, today);
    return may === 'yes' ? undefined : { code: may };
  },
};

/** A referral to a course needs what a referral to a job needs. A case has few open applications [measures §1, §2]. */
const newTraining: Way<CaseFacts> = {
  whyNot({ plansTraining, openTrainings, mostTrainings, hasDied, recommended, today }) {
    if (!plansTraining) return { code: 'no_training_planned' };
    if (hasDied) return { code: 'person_died' };
    const may = maySeekWork(recommended, today);
    if (may !== 'yes') return { code: may };
    return openTrainings >= mostTrainings.n
      ? { code: 'too_many_trainings', params: { most: mostTrainings.n, ...saidBy(mostTrainings) } }
      : undefined;
  },
};

/** With the supervisor's yes to what is not known to be suitable, which only they give. */
const orExcepted = (way: Way<CaseFacts>): readonly Way<CaseFacts>[] => [
  { ...way, when: lacks('exception') },
  {
    when: gives('exception'),
    whyNot: (facts, actor) =>
      actor.role === 'supervisor'
        ? way.whyNot(facts, actor)
        : { code: 'not_yours', params: { roles: 'supervisor' } },
  },
];

const transfer: readonly Way<CaseFacts>[] = [
  {
    when: gives('takeOver'),
    whyNot({ movesTo }, { area }) {
      if (movesTo === null) return { code: 'nothing_to_take_over' };
      return contains(area, movesTo) ? undefined : { code: 'not_yours', params: { what: 'take' } };
    },
  },
  {
    when: lacks('takeOver'),
    whyNot: (facts, actor) =>
      hasCase(facts, actor) ? undefined : { code: 'not_yours', params: { what: 'hand_over' } },
  },
];

/** A closed case is reopened within some months, while its person has no other [pathway §3]. */
const reopening = unless<CaseFacts>(({ hasDied, closedOn, reopenWithin, hasOtherCase, givenOn }) => {
  if (hasDied) return { code: 'person_died' };
  if (closedOn !== null && addMonths(closedOn, reopenWithin.n) < givenOn)
    return { code: 'closed_too_long', params: { months: reopenWithin.n, ...saidBy(reopenWithin) } };
  return hasOtherCase ? { code: 'open_case' } : undefined;
});

const ways: { readonly [C in CommandName<'case'>]: readonly Way<CaseFacts>[] } = {
  assessment: always,
  plan: unless(({ isAssessed }) => (isAssessed ? undefined : { code: 'no_assessment' })),
  service: unless(({ hasService }) => (hasService ? undefined : { code: 'no_service' })),
  eligibility: always,
  referral: [
    newReferral,
    supervisorsAnswer('referral', 'declined', ({ asksForReferral }) => asksForReferral),
  ],
  publicWorks: orExcepted(newWorks),
  training: orExcepted(newTraining),
  business: unless(({ business, hasDied }) => {
    if (business !== null) return { code: 'in_business', params: { number: business } };
    return hasDied ? { code: 'person_died' } : undefined;
  }),
  foundAlone: [
    { when: lacks('takenBack'), whyNot: ({ hasDied }) => (hasDied ? { code: 'person_died' } : undefined) },
    {
      when: gives('takenBack'),
      whyNot: ({ foundAlone }) =>
        foundAlone ? undefined : { code: 'nothing_asked', params: { what: 'found_alone' } },
    },
  ],
  transfer,
  /** A case manager has no other mahalla to which the case could go. */
  askTransfer: unless((facts: CaseFacts, actor: Actor) =>
    actor.area === facts.area ? { code: 'yours_already' } : undefined,
  ),
  withdrawal: always,
  closure: [
    { when: (body) => lacks('declined')(body) && lacks('agreed')(body), whyNot: () => undefined },
    supervisorsAnswer('closure', 'declined', (it) => it.asksForClosure),
    supervisorsAnswer('closure', 'agreed', (it) => it.asksForClosure),
  ],
  reopening,
};

export const casePreconditions: Preconditions<CommandName<'case'>, CaseFacts> = Object.fromEntries(
  Object.entries(ways).map(([command, its]) => [command, byTheirOwn(command, its)]),
);
