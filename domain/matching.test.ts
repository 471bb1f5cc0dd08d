import fc from 'fast-check';

import {
  match,
  MATCHING_SETTINGS,
  type Reason,
  type Seeker,
  type Vacancy,
  type WorkRecommendation,
} from './matching';

type Recommended = Seeker & { recommendation: WorkRecommendation };

const seeker: Recommended = {
  recommendation: {
    suitableKinds: ['office', 'sewing'],
    unsuitableKinds: ['night_work'],
    conditions: ['ramp'],
    maxHoursPerWeek: 36,
  },
  district: '1703202',
  skills: ['sewing machine', 'Excel'],
  wishes: { kinds: ['sewing'], partTime: true, minWage: 1_500_000 },
};

const vacancy: Vacancy = {
  id: 'V-000001',
  kind: 'vacant',
  work: 'sewing',
  title: 'Seamstress',
  freePlaces: 1,
  conditions: ['ramp', 'lift'],
  hoursPerWeek: 30,
  wage: 2_000_000,
  district: '1703202',
  skills: ['sewing machine'],
};

const reasonsFor = (change: Partial<Vacancy>, person: Seeker = seeker): string[] => {
  const written = ({ code, for: speaksFor }: Reason): string => `${speaksFor ? '+' : '-'} ${code}`;
  const { suitable, notSuitable } = match(person, [{ ...vacancy, ...change }]);
  return [
    ...suitable.flatMap(({ reasons }) => reasons),
    ...notSuitable.flatMap(({ because }) => because),
  ].map(written);
};

const fewOf = (...words: string[]): fc.Arbitrary<string[]> => fc.subarray(words);
const anyWork = fc.constantFrom('office', 'sewing', 'night_work', 'driving');
const anyDistrict = fc.constantFrom('1703202', '1703206', '1706204');
const anyHours = fc.constantFrom(20, 30, 36, 40);
const anySeeker: fc.Arbitrary<Recommended> = fc.record({
  recommendation: fc.record({
    suitableKinds: fewOf('office', 'sewing'),
    unsuitableKinds: fewOf('night_work', 'driving'),
    conditions: fewOf('ramp', 'lift'),
    maxHoursPerWeek: fc.option(anyHours, { nil: undefined }),
  }),
  district: anyDistrict,
  skills: fewOf('sewing machine', 'Excel', 'Russian'),
  wishes: fc.record({
    kinds: fewOf('office', 'sewing', 'driving'),
    partTime: fc.boolean(),
    minWage: fc.option(fc.nat({ max: 5_000_000 }), { nil: undefined }),
  }),
});
const anyVacancies: fc.Arbitrary<Vacancy[]> = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 999_999 }).map((n) => `V-${String(n).padStart(6, '0')}`),
    kind: fc.constantFrom('vacant', 'reserved'),
    work: anyWork,
    title: fc.constant('a job'),
    freePlaces: fc.nat({ max: 2 }),
    conditions: fewOf('ramp', 'lift'),
    hoursPerWeek: anyHours,
    wage: fc.nat({ max: 5_000_000 }),
    district: anyDistrict,
    skills: fewOf('sewing machine', 'Excel', 'Russian'),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

test('a job that is just what was looked for', () => {
  const { suitable, notSuitable } = match(seeker, [vacancy]);
  expect(notSuitable).toEqual([]);
  expect(suitable).toEqual([
    {
      vacancyId: 'V-000001',
      score: 18,
      reasons: [
        { code: 'kind_recommended', for: true, params: { work: 'sewing' } },
        { code: 'condition_kept', for: true, params: { condition: 'ramp' } },
        { code: 'hours_allowed', for: true, params: { hours: 30, most: 36 } },
        { code: 'kind_wished', for: true, params: { work: 'sewing' } },
        { code: 'part_time', for: true, params: { hours: 30 } },
        { code: 'wage_enough', for: true, params: { wage: 2_000_000, wished: 1_500_000 } },
        { code: 'skill_known', for: true, params: { skill: 'sewing machine' } },
        { code: 'same_district', for: true, params: { district: '1703202' } },
      ],
    },
  ]);
});

test.each([
  [
    'a kind that is neither recommended nor ruled out',
    { work: 'driving' },
    ['- kind_not_named', '- kind_not_wished'],
  ],
  ['a recommended kind that was not wished', { work: 'office' }, ['+ kind_recommended', '- kind_not_wished']],
  ['too little pay', { wage: 1_400_000 }, ['- wage_too_low']],
  ['a skill not known', { skills: ['embroidery', 'EXCEL '] }, ['- skill_missing', '+ skill_known']],
  ['another district of the region', { district: '1703206' }, ['- same_region']],
  ['another region', { district: '1706204' }, ['- other_region']],
  ['a reserved job', { kind: 'reserved' }, ['+ reserved']],
] as const)('%s', (_what, change, reasons) => {
  expect(reasonsFor(change)).toEqual(expect.arrayContaining([...reasons]));
});

test('full time speaks against a job only for who wishes to work part time', () => {
  const unlimited = { ...seeker.recommendation, maxHoursPerWeek: undefined };
  const wishesPartTime = { ...seeker, recommendation: unlimited };
  expect(reasonsFor({ hoursPerWeek: 40 }, wishesPartTime)).toContain('- full_time');
  expect(reasonsFor({ hoursPerWeek: 40 }, { ...wishesPartTime, wishes: {} })).not.toContain('- full_time');
});

test.each([
  ['work that it rules out', { work: 'night_work' }, ['- kind_unsuitable']],
  ['more hours than it allows', { hoursPerWeek: 40 }, ['- hours_too_long']],
  ['a condition that the employer does not offer', { conditions: ['lift'] }, ['- condition_missing']],
  [
    'all at once',
    { work: 'night_work', hoursPerWeek: 40, conditions: [] },
    ['- kind_unsuitable', '- hours_too_long', '- condition_missing'],
  ],
] as const)('the recommendation calls a job not suitable: %s', (_what, change, because) => {
  expect(match(seeker, [{ ...vacancy, ...change }]).suitable).toEqual([]);
  expect(reasonsFor(change)).toEqual(because);
});

test('without a recommendation about work no job is known to be suitable', () => {
  const unknown = { ...seeker, recommendation: null };
  expect(match(unknown, [vacancy]).suitable).toEqual([]);
  expect(reasonsFor({}, unknown)).toEqual(['- recommendation_not_known']);
});

test('a recommendation that rules nothing out leaves the way to work', () => {
  const open: Seeker = {
    recommendation: { suitableKinds: [], unsuitableKinds: [], conditions: [] },
    district: '1703202',
    skills: [],
    wishes: {},
  };
  expect(reasonsFor({ skills: [] }, open)).toEqual(['+ same_district']);
});

test('a job without a free place is left out', () => {
  expect(match(seeker, [{ ...vacancy, freePlaces: 0 }])).toEqual({ suitable: [], notSuitable: [] });
});

test('the better job comes first, and of equal ones the lower id', () => {
  const jobs = [
    { ...vacancy, id: 'V-000003' },
    { ...vacancy, id: 'V-000002', wage: 1_000_000 },
    { ...vacancy, id: 'V-000001' },
  ];
  const ranked = match(seeker, jobs).suitable.map(({ vacancyId }) => vacancyId);
  expect(ranked).toEqual(['V-000001', 'V-000003', 'V-000002']);
});

test('how much a reason counts is a setting', () => {
  const wageMatters = { ...MATCHING_SETTINGS, points: { ...MATCHING_SETTINGS.points, wage_enough: 100 } };
  expect(match(seeker, [vacancy], wageMatters).suitable[0]?.score).toBe(117);
});

test('the order of the vacancies does not matter', () => {
  const twoOrders = anyVacancies.chain((jobs) =>
    fc.tuple(
      fc.constant(jobs),
      fc.shuffledSubarray(jobs, { minLength: jobs.length, maxLength: jobs.length }),
    ),
  );
  fc.assert(
    fc.property(anySeeker, twoOrders, (person, [jobs, shuffled]) => {
      expect(match(person, shuffled)).toEqual(match(person, jobs));
    }),
  );
});

test('every job with a free place is either ranked or apart, once, and no other', () => {
  fc.assert(
    fc.property(anySeeker, anyVacancies, (person, jobs) => {
      const { suitable, notSuitable } = match(person, jobs);
      const shown = [...suitable, ...notSuitable].map(({ vacancyId }) => vacancyId);
      const free = jobs.filter(({ freePlaces }) => freePlaces > 0).map(({ id }) => id);
      expect(shown.toSorted()).toEqual(free.toSorted());
      expect(notSuitable.every(({ because }) => because.length > 0)).toBe(true);
      expect(notSuitable.some(({ because }) => because.some((reason) => reason.for))).toBe(false);
    }),
  );
});

test('nothing that the recommendation rules out is ranked', () => {
  fc.assert(
    fc.property(anySeeker, anyVacancies, (person, jobs) => {
      const { unsuitableKinds, conditions, maxHoursPerWeek = 168 } = person.recommendation;
      const ranked = new Set(match(person, jobs).suitable.map(({ vacancyId }) => vacancyId));
      for (const job of jobs.filter(({ id }) => ranked.has(id))) {
        expect(unsuitableKinds).not.toContain(job.work);
        expect(job.hoursPerWeek).toBeLessThanOrEqual(maxHoursPerWeek);
        expect(job.conditions).toEqual(expect.arrayContaining([...conditions]));
      }
    }),
  );
});

test('what stands above has no lower score, and of equal scores the lower id', () => {
  fc.assert(
    fc.property(anySeeker, anyVacancies, (person, jobs) => {
      const { suitable } = match(person, jobs);
      suitable.slice(1).forEach((below, index) => {
        const above = suitable[index] ?? below;
        expect(above.score).toBeGreaterThanOrEqual(below.score);
        expect(above.score > below.score || above.vacancyId < below.vacancyId).toBe(true);
      });
    }),
  );
});

test('learning a skill never lowers a job', () => {
  fc.assert(
    fc.property(anySeeker, anyVacancies, fc.constantFrom('Excel', 'Russian'), (person, jobs, skill) => {
      const learned = match({ ...person, skills: [...person.skills, skill] }, jobs).suitable;
      const scoreAfter = new Map(learned.map(({ vacancyId, score }) => [vacancyId, score]));
      for (const { vacancyId, score } of match(person, jobs).suitable) {
        expect(scoreAfter.get(vacancyId)).toBeGreaterThanOrEqual(score);
      }
    }),
  );
});
