import { isUndecided, type WordAboutPerson } from '../word-about-person';
import type { Day } from '../day';
import type { CommandName } from '../pathways';
import { isClaim } from '../pathways/public-works';
import { caseWorkers } from '../roles';
import { monthsOf, partOf, type Period } from '../money/period';
import type { WhyNot } from '../words/words';
import { type Preconditions, unless } from './precondition';

/** The facts of public works that their commands depend on, beside their state. */
export interface PublicWorksFacts {
  firstOn: Day | null;
  lastOn: Day | null;
  startedOn: Day | null;
  endedOn: Day | null;
  claim: WordAboutPerson | null;
  /** Another measure of the plan that has begun by the last day and not ended, a job apart. */
  otherMeasure: { n: number; kind: string } | null;
  /** The own business of the person that is registered, or being registered. */
  business: string | null;
  today: Day;
}

/** The first to the last day of works that have begun. */
export const workedPeriod = ({
  startedOn,
  endedOn,
  lastOn,
}: Pick<PublicWorksFacts, 'startedOn' | 'endedOn' | 'lastOn'>): Period | undefined => {
  const to = endedOn ?? lastOn;
  return startedOn === null || to === null ? undefined : { from: startedOn, to };
};

/** A month's papers are entered once its last day of works is over. */
const noMonth = (facts: PublicWorksFacts): WhyNot | undefined => {
  const worked = workedPeriod(facts);
  if (!worked) return { code: 'did_not_begin' };
  const last = partOf(monthsOf(worked)[0] ?? '', worked)?.to ?? worked.to;
  return last < facts.today ? undefined : { code: 'no_month_over', params: { on: last } };
};

/** One measure occupies the person at a time [measures §1]. */
const occupied = ({ otherMeasure, business }: PublicWorksFacts): WhyNot | undefined => {
  if (otherMeasure !== null)
    return { code: 'another_measure', params: { n: otherMeasure.n, measure: otherMeasure.kind } };
  return business === null ? undefined : { code: 'in_business', params: { number: business } };
};

const isOf =
  (by: string) =>
  (body: object): boolean =>
    'by' in body && body.by === by;

const isWordOfOrganiser = (body: object): boolean =>
  isOf('organiser')(body) && 'code' in body && isClaim(String(body.code));

/** The commands on public works that need a day to come, or a word of the organiser [measures §5]. */
export const publicWorksPreconditions: Preconditions<CommandName<'public-works'>, PublicWorksFacts> = {
  agreement: unless(occupied),
  begin: unless((facts) =>
    facts.firstOn !== null && facts.firstOn > facts.today
      ? { code: 'begins_later', params: { on: facts.firstOn } }
      : occupied(facts),
  ),
  month: unless(noMonth),
  ending: [
    {
      when: isWordOfOrganiser,
      whyNot: ({ claim }) => (claim && isUndecided(claim) ? { code: 'word_waits' } : undefined),
    },
    { when: (body) => isOf('organiser')(body) && !isWordOfOrganiser(body), whyNot: () => undefined },
    {
      when: isOf('person'),
      whyNot: (_, { role }) =>
        caseWorkers.some((one) => one === role)
          ? undefined
          : { code: 'not_yours', params: { roles: caseWorkers.join(', '), by: role } },
    },
  ],
  hearing: unless(({ claim }) => (claim?.stage === 'hearing' ? undefined : { code: 'no_word_of_organiser' })),
  claimDecision: unless(({ claim }) =>
    claim?.stage === 'deciding' ? undefined : { code: 'no_word_of_organiser' },
  ),
};
