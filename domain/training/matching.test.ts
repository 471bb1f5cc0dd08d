import fc from 'fast-check';
import type { Reason, Seeker, WorkRecommendation } from '../matching';
import { matchCourses, type RecordedCourse } from './matching';

const recommendation: WorkRecommendation = {
  suitableKinds: ['753'],
  unsuitableKinds: ['93'],
  conditions: ['ramp', 'quiet_room'],
  maxHoursPerWeek: 20,
};
const seeker: Seeker = {
  recommendation,
  district: '1703202',
  skills: ['sewing'],
  wishes: { kinds: ['75'], partTime: true, minWage: 2_000_000 },
};
const course: RecordedCourse = {
  id: 'CO-000001',
  field: '753',
  weeks: null,
  firstDay: '2026-04-01',
  lastDay: '2026-06-30',
  heldOn: ['monday', 'friday'],
  startsAt: '09:00',
  endsAt: '13:30',
  conditions: ['quiet_room'],
  skills: ['sewing'],
  centre: { district: '1703202', accessibility: ['ramp'] },
};

const written = ({ code, for: speaksFor }: Reason): string => `${speaksFor ? '+' : '-'} ${code}`;
const reasonsFor = (change: Partial<RecordedCourse>, person = seeker) => {
  const { suitable, notSuitable } = matchCourses(person, [{ ...course, ...change }]);
  return [
    ...suitable.flatMap(({ reasons }) => reasons.map(written)),
    ...notSuitable.flatMap(({ because }) => because.map(written)),
  ];
};

test('a course that is just what was looked for: no wage and no part time', () => {
  expect(reasonsFor({})).toEqual([
    '+ kind_recommended',
    '+ condition_kept',
    '+ condition_kept',
    '+ hours_allowed',
    '+ kind_wished',
    '+ skill_known',
    '+ same_district',
  ]);
});

test.each<[string, Partial<RecordedCourse>, string[]]>([
  ['a kind of work that is ruled out', { field: '933' }, ['- kind_unsuitable']],
  [
    'too many hours',
    { heldOn: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] },
    ['- hours_too_long'],
  ],
  ['a condition that neither building nor centre has', { conditions: [] }, ['- condition_missing']],
])('%s: not suitable', (_what, change, because) => {
  expect(reasonsFor(change)).toEqual(because);
});

test('entrepreneurship is no kind of work, so no kind speaks for or against it', () => {
  expect(reasonsFor({ field: 'entrepreneurship', skills: [] })).toEqual([
    '+ condition_kept',
    '+ condition_kept',
    '+ hours_allowed',
    '+ same_district',
  ]);
});

test('unknown words about kinds of work leave entrepreneurship suitable, and a kind of work open', () => {
  const unknown = { suitable: ['igna ishi'], others: [] };
  const person = { ...seeker, recommendation: { ...recommendation, suitableKinds: [], unknown } };
  expect(reasonsFor({ field: 'entrepreneurship' }, person)).not.toContain('- words_not_known');
  expect(reasonsFor({}, person)).toEqual(['- words_not_known']);
});

test('without a recommendation about work no course is known to be suitable', () => {
  expect(reasonsFor({}, { ...seeker, recommendation: null })).toEqual(['- recommendation_not_known']);
});

const anyCourses: fc.Arbitrary<RecordedCourse[]> = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 999 }).map((n) => `CO-${String(n).padStart(6, '0')}`),
    field: fc.constantFrom('753', '933', '411', 'entrepreneurship'),
    weeks: fc.constant(null),
    firstDay: fc.constant('2026-04-01'),
    lastDay: fc.constant('2026-06-30'),
    heldOn: fc.subarray(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const),
    startsAt: fc.constant('09:00'),
    endsAt: fc.constantFrom('11:00', '13:30', '17:00'),
    conditions: fc.subarray(['ramp', 'quiet_room', 'lift']),
    skills: fc.subarray(['sewing', 'typing']),
    centre: fc.record({
      district: fc.constantFrom('1703202', '1703206', '1706204'),
      accessibility: fc.subarray(['ramp', 'lift']),
    }),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

test('every course is either ranked or apart, once, whatever its order', () => {
  fc.assert(
    fc.property(anyCourses, (courses) => {
      const { suitable, notSuitable } = matchCourses(seeker, courses);
      expect([...suitable, ...notSuitable].map(({ id }) => id).toSorted()).toEqual(
        courses.map(({ id }) => id).toSorted(),
      );
      expect(matchCourses(seeker, courses.toReversed())).toEqual({ suitable, notSuitable });
    }),
  );
});

test('no ranked course is against the recommendation', () => {
  fc.assert(
    fc.property(anyCourses, (courses) => {
      const ranked = new Set(matchCourses(seeker, courses).suitable.map(({ id }) => id));
      for (const { field, conditions, centre } of courses.filter(({ id }) => ranked.has(id))) {
        expect(field).not.toBe('933');
        expect([...conditions, ...centre.accessibility]).toEqual(
          expect.arrayContaining(['ramp', 'quiet_room']),
        );
      }
    }),
  );
});
