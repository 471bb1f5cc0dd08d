import { contains, parentsOf, type Soato } from './soato';
import { holds } from './vocabulary';

/**
 * The medical-social commission's work recommendation for a person. Kinds of work and conditions are codes of the vocabularies.
 * A kind of work may be a major or sub-major group: it stands for all minor groups in it.
 */
export type WorkRecommendation = {
  suitableKinds: readonly string[];
  unsuitableKinds: readonly string[];
  /** Conditions the person needs at work. */
  conditions: readonly string[];
  maxHoursPerWeek?: number | undefined;
  /** The commission's own word for a code. */
  said?: Readonly<Record<string, string>> | undefined;
  /** The commission's words that no code stands for, by the list that they are in. */
  unknown?: { suitable: readonly string[]; others: readonly string[] } | undefined;
};

/** A person who looks for a job: the recommendation, and the assessment's findings on skills and wishes. */
export type Seeker = {
  /** Null: no recommendation says which work is suitable. */
  recommendation: WorkRecommendation | null;
  district: Soato;
  skills: readonly string[];
  wishes: {
    kinds?: readonly string[] | undefined;
    partTime?: boolean | undefined;
    /** So'm a month. */
    minWage?: number | undefined;
  };
};

/** A job or a course, as far as it is compared with a person. */
export type Offer = {
  id: string;
  /** The kind of work, a code. Null: a course that teaches none. */
  work: string | null;
  /** Whether no code stands for the kind of work: a word from before the vocabularies. */
  workUnknown?: boolean | undefined;
  /** Conditions that the employer or the centre provides. */
  conditions: readonly string[];
  hoursPerWeek: number;
  district: Soato;
  /** Skills that the employer or the centre asks for. */
  skills: readonly string[];
};

/** A job on the labour office's record. */
export type Vacancy = Offer & {
  kind: 'vacant' | 'reserved';
  work: string;
  title: string;
  freePlaces: number;
  /** So'm a month. */
  wage: number;
};

/** The reasons why an offer is not suitable by the recommendation, or is not known to be suitable. */
type RefusalParams = {
  recommendation_not_known: Record<string, never>;
  kind_unsuitable: { work: string; said: string };
  words_not_known: { words: string };
  work_not_known: { work: string };
  hours_too_long: { hours: number; most: number };
  condition_missing: { condition: string };
};

/** The reasons for or against an offer that the recommendation allows. */
type RankingParams = {
  kind_recommended: { work: string };
  kind_not_named: { work: string };
  condition_kept: { condition: string };
  hours_allowed: { hours: number; most: number };
  kind_wished: { work: string };
  kind_not_wished: { work: string };
  part_time: { hours: number };
  full_time: { hours: number };
  wage_enough: { wage: number; wished: number };
  wage_too_low: { wage: number; wished: number };
  skill_known: { skill: string };
  skill_missing: { skill: string };
  same_district: { district: Soato };
  same_region: { district: Soato };
  other_region: { district: Soato };
  reserved: { title: string };
};

export type ReasonParams = RefusalParams & RankingParams;
export type ReasonCode = keyof ReasonParams;
export type RankingCode = keyof RankingParams;

/** A reason for or against an offer; its words come from a catalogue (`words/`). */
export type Reason<C extends ReasonCode = ReasonCode> = {
  [Code in C]: { code: Code; for: boolean; params: ReasonParams[Code] };
}[C];

export type MatchingSettings = {
  /** Work of this many hours a week or more is full time. */
  fullTimeHours: number;
  /** The weight of each reason, from 0. The weights of reasons against are subtracted. */
  points: Readonly<Record<RankingCode, number>>;
};

/**
 * Our defaults. The commission's recommendation and the person's wishes outweigh the rest. Next is the way to work, because
 * placements fail there first. A full-time week is 40 hours (Labour Code).
 */
export const MATCHING_SETTINGS: MatchingSettings = {
  fullTimeHours: 40,
  points: {
    kind_recommended: 4,
    kind_not_named: 2,
    condition_kept: 1,
    hours_allowed: 1,
    kind_wished: 4,
    kind_not_wished: 3,
    part_time: 2,
    full_time: 3,
    wage_enough: 1,
    wage_too_low: 2,
    skill_known: 2,
    skill_missing: 2,
    same_district: 3,
    same_region: 1,
    other_region: 5,
    reserved: 1,
  },
};

export type Matches = {
  /** The best first; equal scores by id. */
  suitable: { vacancyId: string; score: number; reasons: Reason<RankingCode>[] }[];
  /** Jobs that are not suitable by the recommendation, by id. A referral there needs more than a wish. */
  notSuitable: { vacancyId: string; because: Reason<keyof RefusalParams>[] }[];
};

/** Ranks the jobs with a free place for a person. Jobs that are not suitable for health come in a list of their own. */
export function match(
  seeker: Seeker,
  vacancies: readonly Vacancy[],
  settings: MatchingSettings = MATCHING_SETTINGS,
): Matches {
  const free = vacancies.filter(({ freePlaces }) => freePlaces > 0);
  const { suitable, notSuitable } = ranked(seeker, free, OF_JOBS, settings);
  return {
    suitable: suitable.map(({ id: vacancyId, ...it }) => ({ vacancyId, ...it })),
    notSuitable: notSuitable.map(({ id: vacancyId, ...it }) => ({ vacancyId, ...it })),
  };
}

export type Ranked = {
  /** The best first; equal scores by id. */
  suitable: { id: string; score: number; reasons: Reason<RankingCode>[] }[];
  /** Offers that are not suitable by the recommendation, by id. */
  notSuitable: { id: string; because: Reason<keyof RefusalParams>[] }[];
};

/** Ranks offers of one sort for a person. Those that are not suitable for health come in a list of their own. */
export const ranked = <O extends Offer>(
  seeker: Seeker,
  offers: readonly O[],
  considerations: readonly Consideration<O>[],
  settings: MatchingSettings,
): Ranked => {
  const { recommendation } = seeker;
  const recommended = recommendation && { ...seeker, recommendation };
  const judged = offers
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((offer) => ({ offer, because: refusals(recommendation, offer) }));
  return {
    suitable: judged
      .flatMap(({ offer, because }) => {
        if (!recommended || because.length > 0) return [];
        const reasons = considerations.flatMap((consider) => consider(recommended, offer, settings));
        return [{ id: offer.id, score: scoreOf(reasons, settings), reasons }];
      })
      .toSorted((a, b) => b.score - a.score),
    notSuitable: judged
      .filter(({ because }) => because.length > 0)
      .map(({ offer, because }) => ({ id: offer.id, because })),
  };
};

/** Without a recommendation about work no offer is known to be suitable [pathway §4]. */
const refusals = (recommendation: WorkRecommendation | null, offer: Offer): Reason<keyof RefusalParams>[] =>
  recommendation ? ruledOut(recommendation, offer) : [against('recommendation_not_known', {})];

function ruledOut(recommendation: WorkRecommendation, offer: Offer): Reason<keyof RefusalParams>[] {
  const { unsuitableKinds, conditions, maxHoursPerWeek, said } = recommendation;
  const { work } = offer;
  const unsuitable = work === null ? undefined : unsuitableKinds.find((group) => holds(group, work));
  return [
    ...(work !== null && unsuitable !== undefined
      ? [against('kind_unsuitable', { work, said: said?.[unsuitable] ?? unsuitable })]
      : []),
    ...notKnown(recommendation, offer),
    ...(maxHoursPerWeek !== undefined && offer.hoursPerWeek > maxHoursPerWeek
      ? [against('hours_too_long', { hours: offer.hoursPerWeek, most: maxHoursPerWeek })]
      : []),
    ...conditions
      .filter((condition) => !names(offer.conditions, condition))
      .map((condition) => against('condition_missing', { condition })),
  ];
}

/**
 * Words that no code stands for: then it is not known whether the offer is suitable, which counts like *not suitable* [pathway §4].
 * An unknown word among the suitable kinds leaves the known ones suitable. A course that teaches no kind of work is none of them.
 */
function notKnown(
  { suitableKinds, unsuitableKinds, unknown }: WorkRecommendation,
  { work, workUnknown }: Offer,
): Reason<keyof RefusalParams>[] {
  const isNamed = work === null || suitableKinds.some((group) => holds(group, work));
  const words = [...(unknown?.others ?? []), ...(isNamed ? [] : (unknown?.suitable ?? []))];
  const saysKinds = suitableKinds.length + unsuitableKinds.length > 0;
  return [
    ...(words.length > 0 ? [against('words_not_known', { words: words.join(', ') })] : []),
    ...(work !== null && workUnknown === true && saysKinds ? [against('work_not_known', { work })] : []),
  ];
}

export type Consideration<O extends Offer = Offer> = (
  seeker: Recommended,
  offer: O,
  settings: MatchingSettings,
) => Reason<RankingCode>[];
type Recommended = Seeker & { recommendation: WorkRecommendation };

const kindRecommended: Consideration = ({ recommendation: { suitableKinds } }, { work }) => {
  if (work === null || suitableKinds.length === 0) return [];
  return [
    suitableKinds.some((group) => holds(group, work))
      ? inFavour('kind_recommended', { work })
      : against('kind_not_named', { work }),
  ];
};

const conditionsKept: Consideration = ({ recommendation }) =>
  recommendation.conditions.map((condition) => inFavour('condition_kept', { condition }));

const hoursAllowed: Consideration = (
  { recommendation: { maxHoursPerWeek: most } },
  { hoursPerWeek: hours },
) => (most === undefined ? [] : [inFavour('hours_allowed', { hours, most })]);

const kindWished: Consideration = ({ wishes: { kinds = [] } }, { work }) => {
  if (work === null || kinds.length === 0) return [];
  return [
    kinds.some((group) => holds(group, work))
      ? inFavour('kind_wished', { work })
      : against('kind_not_wished', { work }),
  ];
};

const hoursWished: Consideration = ({ wishes }, { hoursPerWeek: hours }, { fullTimeHours }) => {
  if (wishes.partTime !== true) return [];
  return [hours < fullTimeHours ? inFavour('part_time', { hours }) : against('full_time', { hours })];
};

const wageWished: Consideration<Vacancy> = ({ wishes: { minWage: wished } }, { wage }) => {
  if (wished === undefined) return [];
  return [
    wage >= wished ? inFavour('wage_enough', { wage, wished }) : against('wage_too_low', { wage, wished }),
  ];
};

const skillsAsked: Consideration = (seeker, offer) =>
  offer.skills.map((skill) =>
    names(seeker.skills, skill) ? inFavour('skill_known', { skill }) : against('skill_missing', { skill }),
  );

const wayToWork: Consideration = (seeker, { district }) => {
  if (district === seeker.district) return [inFavour('same_district', { district })];
  const [region] = parentsOf(seeker.district);
  return [
    region !== undefined && contains(region, district)
      ? against('same_region', { district })
      : against('other_region', { district }),
  ];
};

const reservedPlace: Consideration<Vacancy> = (_seeker, { kind, title }) =>
  kind === 'reserved' ? [inFavour('reserved', { title })] : [];

/** The order in which the person reads the reasons. */
const OF_JOBS: readonly Consideration<Vacancy>[] = [
  kindRecommended,
  conditionsKept,
  hoursAllowed,
  kindWished,
  hoursWished,
  wageWished,
  skillsAsked,
  wayToWork,
  reservedPlace,
];

/** A course pays no wage and reserves no place. The recommended hours bound its lessons; the wished hours are those of a job. */
export const OF_COURSES: readonly Consideration[] = [
  kindRecommended,
  conditionsKept,
  hoursAllowed,
  kindWished,
  skillsAsked,
  wayToWork,
];

const scoreOf = (reasons: readonly Reason<RankingCode>[], { points }: MatchingSettings): number =>
  reasons.reduce((score, reason) => score + (reason.for ? points[reason.code] : -points[reason.code]), 0);

const inFavour = <C extends ReasonCode>(code: C, params: ReasonParams[C]) => ({ code, for: true, params });

const against = <C extends ReasonCode>(code: C, params: ReasonParams[C]) => ({ code, for: false, params });

/** Whether a list written by hand has a word. Capitals do not matter. */
const names = (list: readonly string[], word: string): boolean =>
  list.some((each) => each.trim().toLowerCase() === word.trim().toLowerCase());
