import { match, type Seeker, type Vacancy } from '../matching';
import { reasonInWords } from './matching.en';

const seeker: Seeker = {
  recommendation: {
    suitableKinds: ['office'],
    unsuitableKinds: ['night_work'],
    conditions: ['ramp'],
    maxHoursPerWeek: 36,
  },
  district: '1703202',
  skills: ['Excel'],
  wishes: { kinds: ['sewing'], partTime: true, minWage: 2_500_000 },
};

const vacancy: Vacancy = {
  id: 'V-000001',
  kind: 'reserved',
  work: 'office',
  title: 'Clerk',
  freePlaces: 1,
  conditions: ['ramp'],
  hoursPerWeek: 36,
  wage: 980_000,
  district: '1703206',
  skills: ['Excel', 'Russian'],
};

const names: Record<string, string> = {
  office: 'office work',
  ramp: 'a ramp at the entrance',
  '1703206': 'Asaka',
};
const nameOf = (code: string): string => names[code] ?? code;

test('the reasons of a ranked job can be read to the person', () => {
  const [job] = match(seeker, [vacancy]).suitable;
  expect(job?.reasons.map((reason) => reasonInWords(reason, nameOf))).toEqual([
    'Your work recommendation names this kind of work: office work.',
    'The employer offers what you need at work: a ramp at the entrance.',
    'The job is 36 hours a week, within the 36 that your work recommendation allows.',
    'It is not the work that you asked for, but another kind: office work.',
    'It is part-time work, as you wish: 36 hours a week.',
    "It pays 980 000 so'm a month, less than the 2 500 000 so'm that you wish for.",
    'You have a skill that the employer asks for: Excel.',
    'The employer asks for a skill that is not among yours: Russian.',
    'It is in another district of your region: Asaka.',
    'The job is reserved for persons with disabilities: Clerk.',
  ]);
});

test('so can the words of the recommendation on a job that is not suitable', () => {
  const [job] = match(seeker, [
    { ...vacancy, work: 'night_work', hoursPerWeek: 40, conditions: [] },
  ]).notSuitable;
  expect(job?.because.map((reason) => reasonInWords(reason, nameOf))).toEqual([
    'Your work recommendation says that this work is not suitable for you: night_work.',
    'The job is 40 hours a week; your work recommendation allows at most 36.',
    'Your work recommendation says what you need at work, and the employer does not offer it: a ramp at the entrance.',
  ]);
});

test('without names codes are read as they are', () => {
  expect(reasonInWords({ code: 'same_district', for: true, params: { district: '1703202' } })).toBe(
    'It is in your district: 1703202.',
  );
});

test('every reason, for or against, has its sentence', () => {
  const changes: Partial<Vacancy>[] = [
    { work: 'sewing', wage: 3_000_000, district: '1703202' },
    { hoursPerWeek: 40, district: '1706204' },
  ];
  const anyHours = { ...seeker, recommendation: { ...seeker.recommendation, maxHoursPerWeek: undefined } };
  const said = changes
    .flatMap((change) => match(anyHours, [{ ...vacancy, ...change }]).suitable)
    .flatMap(({ reasons }) => reasons.map((reason) => reasonInWords(reason, nameOf)));
  expect(said).toEqual(
    expect.arrayContaining([
      'Your work recommendation does not name this kind of work, but does not rule it out: sewing.',
      'It is work that you asked for: sewing.',
      "It pays 3 000 000 so'm a month; you wish for at least 2 500 000 so'm.",
      'It is in your district: 1703202.',
      'You wish to work part time; this job is full time, 40 hours a week.',
      'It is outside your region: 1706204.',
    ]),
  );
});
