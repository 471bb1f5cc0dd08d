import { currentJob, currentMeasure, planFaults, type PlannedMeasure, type RecordedMeasure } from './plan';

const today = '2023-06-01';
const job = { kind: 'job' } as const;
const training = (more: Partial<PlannedMeasure> = {}): PlannedMeasure => ({ kind: 'training', ...more });
/** Measures as the record has them that were begun by hand. */
const begun = (...measures: PlannedMeasure[]): RecordedMeasure[] =>
  measures.map(({ kind, startedOn = null, endedOn = null }, i) => ({ n: i + 1, kind, startedOn, endedOn }));
const codeOf = (measures: PlannedMeasure[], recorded: RecordedMeasure[] = []) =>
  planFaults(measures, recorded, today)[0]?.code;

test('measures in order, one under way, is a plan', () => {
  const ended = training({ startedOn: '2023-05-01', endedOn: '2023-06-01' });
  expect(codeOf([ended, job], begun(training({ startedOn: '2023-05-01' })))).toBeUndefined();
});

test.each<PlannedMeasure['kind']>(['training', 'public_works', 'self_employment'])(
  'a day is not typed into the plan: %s begins by a referral',
  (kind) => {
    const typed = { kind, startedOn: '2023-05-01' };
    expect(codeOf([typed, job])).toBe(`${kind}_begin_by_referral`);
    expect(codeOf([typed, job], begun({ kind }))).toBe(`${kind}_begin_by_referral`);
    expect(codeOf([typed, job], begun({ kind, startedOn: '2023-04-01' }))).toBe(`${kind}_begin_by_referral`);
    expect(codeOf([typed, job], begun(typed))).toBeUndefined();
  },
);

test('the words name the referral to a course', () => {
  expect(planFaults([training({ startedOn: '2023-05-01' })], [], today)).toEqual([
    {
      field: 'measures.0.startedOn',
      code: 'training_begin_by_referral',
      detail: expect.stringContaining('refer the person (POST /cases/{id}/trainings)'),
    },
  ]);
});

test.each<[string, PlannedMeasure[]]>([
  ['no_measure', []],
  [
    'two_measures_at_once',
    [training({ startedOn: '2023-03-01', endedOn: '2023-05-01' }), training({ startedOn: '2023-04-30' })],
  ],
  ['ended_before_start', [training({ startedOn: '2023-05-02', endedOn: '2023-05-01' })]],
  ['ended_before_start', [training({ endedOn: '2023-05-01' })]],
  ['ended_in_future', [training({ startedOn: '2023-05-02', endedOn: '2023-06-02' })]],
  ['job_begins_with_hire', [{ ...job, startedOn: '2023-05-01' }]],
])('%s', (code, measures) => {
  const before = measures.filter(({ kind }) => kind !== 'job').map(({ endedOn: _, ...rest }) => rest);
  expect(codeOf(measures, begun(...before))).toBe(code);
});

test('each wrong measure is named', () => {
  const wrong = training({ endedOn: '2023-05-01' });
  const faults = planFaults([wrong, job, wrong], [], today);
  expect(faults.map(({ field }) => field)).toEqual(['measures.0.endedOn', 'measures.2.endedOn']);
});

test('the next may begin on the day on which the one before ends, in whatever order they stand', () => {
  const first = training({ startedOn: '2023-03-01', endedOn: '2023-05-01' });
  const measures = [training({ startedOn: '2023-05-01' }), first];
  expect(codeOf(measures, begun(...measures))).toBeUndefined();
});

test('days on record stay as they are, also where two measures met', () => {
  const first = training({ startedOn: '2023-03-01', endedOn: '2023-05-01' });
  const measures = [first, { kind: 'self_employment' as const, startedOn: '2023-04-03' }];
  expect(codeOf(measures, begun(...measures))).toBeUndefined();
  const longer = { ...first, endedOn: '2023-05-02' };
  expect(codeOf([longer, ...measures.slice(1)], begun(...measures))).toBe('two_measures_at_once');
});

test('a job is apart: a business goes on beside it', () => {
  const recorded = [
    { n: 1, kind: 'self_employment', startedOn: '2023-04-01', endedOn: null },
    { n: 2, kind: 'job', startedOn: '2023-05-01', endedOn: null },
  ];
  const business = { kind: 'self_employment', startedOn: '2023-04-01' } as const;
  expect(codeOf([business, { ...job, startedOn: '2023-05-01' }], recorded)).toBeUndefined();
});

test('what has begun stays in its place', () => {
  const recorded = [{ n: 1, kind: 'training', startedOn: '2023-05-01', endedOn: null }];
  expect(codeOf([job], recorded)).toBe('measure_began');
  expect(codeOf([training({ startedOn: '2023-05-01' }), job], recorded)).toBeUndefined();
});

test('a job that began with the hire may be repeated as it is', () => {
  const recorded = [{ n: 1, kind: 'job', startedOn: '2023-05-01', endedOn: null }];
  expect(codeOf([{ ...job, startedOn: '2023-05-01' }], recorded)).toBeUndefined();
  expect(codeOf([{ ...job, startedOn: '2023-05-02' }], recorded)).toBe('job_begins_with_hire');
});

test('the current measure is the first that has not ended; the job to refer to may lie behind it', () => {
  const ended = { kind: 'training', endedOn: '2023-05-01' };
  const next = { kind: 'public_works', endedOn: null };
  const last = { kind: 'job', endedOn: null };
  expect([currentMeasure([ended, next, last]), currentJob([ended, next, last])]).toEqual([next, last]);
  expect([currentMeasure([ended]), currentJob([ended])]).toEqual([undefined, undefined]);
});
