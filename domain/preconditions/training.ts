import type { WordAboutPerson } from '../word-about-person';
import type { Day } from '../day';
import type { CommandName } from '../pathways';
import type { Actor } from '../roles';
import { contains } from '../soato';
import type { WhyNot } from '../words/words';
import { type Preconditions, unless, type Way } from './precondition';

/** The facts of a training that its commands depend on, beside its state. */
export interface TrainingFacts {
  /** The role that has each open wait, by the wait's kind. Of several of a kind, the employment department's. */
  waits: Readonly<Record<string, string>>;
  /** The centre's district. */
  area: string;
  firstOn: Day | null;
  lastOn: Day | null;
  /** The first and the last day of study, once they have come. */
  startedOn: Day | null;
  endedOn: Day | null;
  /** With a certificate or without one. */
  completion: { outcome: string } | null;
  claim: WordAboutPerson | null;
  offer: { kind: string; extended?: boolean } | null;
  /** A place of the course is free. */
  hasPlace: boolean;
  /** Others wait for a place of the course, and were referred before. */
  othersWait: boolean;
  /** Another course, public works or an active business of the person on the days of the course. */
  occupied: { name: string } | null;
  /** Another measure of the plan that was begun by hand and has not ended. */
  otherMeasure: { n: number; kind: string } | null;
  /** Days on which the person was there, by the centre's entries. */
  attended: boolean;
  today: Day;
}

const bodyHas =
  (field: string, value: unknown) =>
  (body: object): boolean =>
    (body as Readonly<Record<string, unknown>>)[field] === value;

/** The head of the employment department in the centre's district acts once they have the wait [measures §2]. */
function ofDepartment(
  { waits, area: district }: TrainingFacts,
  { role, rank, area }: Actor,
  wait: string,
): WhyNot | undefined {
  if (role !== 'employment_officer') return undefined;
  if (rank !== 'head' || !contains(area, district)) return { code: 'head_of_district' };
  return waits[wait] === role ? undefined : { code: 'centre_first' };
}

const decided =
  (whyNot: (facts: TrainingFacts) => WhyNot | undefined): Way<TrainingFacts>['whyNot'] =>
  (facts, actor) =>
    ofDepartment(facts, actor, 'training_decision') ?? whyNot(facts);

const waitsFor = (wait: string): readonly Way<TrainingFacts>[] =>
  unless((facts, actor) =>
    facts.waits[wait] === undefined ? { code: 'nothing_owed' } : ofDepartment(facts, actor, wait),
  );

/** One measure occupies the person at a time, a job apart [measures §1]. */
function occupied({ occupied: by, otherMeasure }: TrainingFacts): WhyNot | undefined {
  if (by !== null) return { code: 'occupied', params: { name: by.name } };
  return otherMeasure === null
    ? undefined
    : { code: 'another_measure', params: { n: otherMeasure.n, measure: otherMeasure.kind } };
}

/** After the last day nothing of the course is interrupted or given up. */
function whileItRuns({ endedOn }: TrainingFacts): WhyNot | undefined {
  return endedOn === null ? undefined : { code: 'course_over', params: { on: endedOn } };
}

function hasBegun({ startedOn, firstOn }: TrainingFacts): WhyNot | undefined {
  return startedOn === null ? { code: 'not_studied', params: { on: firstOn } } : undefined;
}

/** The commands on a training that need a place, a wait, or a word of the centre [measures §2]. */
export const trainingPreconditions: Preconditions<CommandName<'training'>, TrainingFacts> = {
  decision: [
    {
      when: bodyHas('decision', 'offer'),
      whyNot: decided(({ hasPlace, othersWait }) =>
        hasPlace ? (othersWait ? { code: 'others_wait' } : undefined) : { code: 'course_full' },
      ),
    },
    {
      when: bodyHas('decision', 'waiting_list'),
      whyNot: decided(({ hasPlace, othersWait }) =>
        hasPlace && !othersWait ? { code: 'place_free' } : undefined,
      ),
    },
    { when: bodyHas('decision', 'refuse'), whyNot: decided(() => undefined) },
  ],
  answer: [
    { when: bodyHas('yes', true), whyNot: occupied },
    { when: bodyHas('yes', false), whyNot: () => undefined },
  ],
  notReached: unless(({ offer }) => {
    if (offer?.kind !== 'list') return { code: 'place_is_kept' };
    return offer.extended ? { code: 'not_reached_before' } : undefined;
  }),
  nextCourse: unless(({ waits }) =>
    waits['training_next_course'] === undefined ? { code: 'asked_later' } : undefined,
  ),
  word: [
    {
      when: bodyHas('code', 'did_not_come'),
      whyNot({ firstOn, attended, today }) {
        if (firstOn !== null && firstOn > today) return { code: 'course_begins', params: { on: firstOn } };
        return attended ? { code: 'was_there' } : undefined;
      },
    },
    {
      when: bodyHas('code', 'declined'),
      whyNot: ({ firstOn, today }) =>
        firstOn !== null && firstOn < today ? { code: 'course_began' } : undefined,
    },
    {
      when: bodyHas('code', 'dropped_out'),
      whyNot: ({ firstOn, today }) =>
        firstOn !== null && firstOn > today ? { code: 'course_begins', params: { on: firstOn } } : undefined,
    },
  ],
  hearing: unless(({ claim }) => (claim?.stage === 'hearing' ? undefined : { code: 'no_word_of_centre' })),
  claimDecision: unless((facts, actor) =>
    facts.claim?.stage === 'deciding'
      ? ofDepartment(facts, actor, 'training_claim')
      : { code: 'no_word_of_centre' },
  ),
  goingOn: waitsFor('training_goes_on'),
  attendance: unless((facts, actor) => hasBegun(facts) ?? ofDepartment(facts, actor, 'training_month')),
  attendanceEvidence: waitsFor('training_month_evidence'),
  attendanceHearing: waitsFor('training_low'),
  absence: unless(whileItRuns),
  interruption: [
    {
      when: bodyHas('decision', 'interrupt'),
      whyNot: (facts, actor) => whileItRuns(facts) ?? ofDepartment(facts, actor, 'training_interruption'),
    },
    {
      when: bodyHas('decision', 'decline'),
      whyNot: (facts, actor) =>
        facts.waits['training_interruption'] === undefined
          ? { code: 'nothing_owed' }
          : ofDepartment(facts, actor, 'training_interruption'),
    },
  ],
  completion: unless((facts, actor) =>
    facts.waits['training_completion'] === undefined
      ? { code: 'course_runs', params: { on: facts.lastOn } }
      : ofDepartment(facts, actor, 'training_completion'),
  ),
  certificate: unless(({ completion }) =>
    completion?.outcome === 'certificate' ? undefined : { code: 'no_certificate' },
  ),
  placement: unless((facts, actor) => ofDepartment(facts, actor, 'training_help')),
  lookBackEvidence: waitsFor('training_look_back_evidence'),
  withdrawal: unless(whileItRuns),
  adaptation: waitsFor('training_adaptation'),
  replacement: waitsFor('training_replacement'),
};
