import {
  answered,
  type CaseFact,
  fateOf,
  type HireFact,
  inspected,
  type InspectionFact,
  inWork,
  participations,
  pathwayByPlace,
  type ReferralFact,
  retained,
} from './pathway';
import { regions } from './regions';

const instant = (text: string) => new Date(`${text}:00+05:00`);

const hire = (more: Partial<HireFact> = {}): HireFact => ({
  id: 'J-1',
  hiredOn: '2023-03-20',
  months: 6,
  confirmedOn: '2023-03-20',
  endedOn: null,
  state: 'in_force',
  open: true,
  ...more,
});
const kept = hire({ state: 'retained', open: false });
const lost = hire({ state: 'ended', open: false, endedOn: '2023-06-01' });

const held = (more: Partial<CaseFact> = {}): CaseFact => ({
  area: '1726',
  plannedOn: '2023-03-01',
  measures: [{ kind: 'job', endedOn: null }],
  hires: [],
  ...more,
});

describe('when a participant’s time begins', () => {
  const job = { kind: 'job', endedOn: null };
  const training = (endedOn: string | null) => ({ kind: 'training', endedOn });
  test.each([
    ['a job first: on the day of the plan', [job], [], ['2023-03-01']],
    ['training that goes on: not yet', [training(null), job], [], []],
    ['training that ended: on that day', [training('2023-05-01'), job], [], ['2023-05-01']],
    ['hired while in training: on the day of the plan', [training(null), job], [hire()], ['2023-03-01']],
    [
      'a job, then training that ended: both',
      [job, training('2023-09-01')],
      [],
      ['2023-03-01', '2023-09-01'],
    ],
  ])('%s', (_, measures, hires, starts) => {
    expect(participations(held({ measures, hires })).map(({ start }) => start)).toEqual(starts);
  });

  test('a job that was over before does not count for what comes after', () => {
    const [, second] = participations(held({ measures: [job, training('2023-09-01')], hires: [lost] }));
    expect(second?.hires).toEqual([]);
  });
});

describe('in work within 28 days', () => {
  test.each([
    ['the 28th day itself has not passed', '2023-03-29', [], [0, 0, null]],
    ['passed without a hire', '2023-03-30', [], [1, 0, 0]],
    ['confirmed in time', '2023-03-30', [hire()], [1, 1, 1]],
    ['confirmed on the 28th day', '2023-03-30', [hire({ confirmedOn: '2023-03-29' })], [1, 1, 1]],
    ['confirmed on the 29th', '2023-04-30', [hire({ confirmedOn: '2023-03-30' })], [1, 0, 0]],
    ['hired in time and lost later still was in work', '2024-01-01', [lost], [1, 1, 1]],
  ])('%s', (_, today, hires, [passed, hired, share]) => {
    expect(inWork(participations(held({ hires })), today)).toEqual({
      participants_28_days: passed,
      in_work_28_days: hired,
      in_work_28_days_share: share,
    });
  });
});

describe('what became of a hire', () => {
  test.each([
    ['before 6 months', kept, '2023-09-19', 'ahead'],
    ['after 6 months, retained', kept, '2023-09-20', 'retained'],
    ['after 6 months, the last check not answered yet', hire(), '2023-09-25', 'ahead'],
    ['lost early, but its 6 months have not passed', lost, '2023-07-01', 'ahead'],
    ['lost', lost, '2023-09-20', 'lost'],
    ['ended after its 6 months', { ...lost, endedOn: '2023-09-22' }, '2023-10-01', 'retained'],
    ['after 3 months, retained under a rule of 3', { ...kept, months: 3 }, '2023-06-20', 'retained'],
    ['after 6 months under a rule of 9', { ...kept, months: 9 }, '2023-09-20', 'ahead'],
    ['nobody watched it', hire({ state: 'unmonitored', open: false }), '2023-10-01', 'not_known'],
  ])('%s', (_, one, today, fate) => {
    expect(fateOf(one, today)).toBe(fate);
  });
});

describe('retained', () => {
  const of = (hires: HireFact[], today: string) => {
    const figures = retained(participations(held({ hires })), today, () => 6);
    const {
      participants_6_months: a,
      retained_participants: b,
      hires_6_months: c,
      retained_hires: d,
    } = figures;
    return [b, a, d, c].join('/');
  };
  test.each([
    ['never hired, 28 days and 6 months not over', [], '2023-09-28', '0/0/0/0'],
    ['never hired, 28 days and 6 months over', [], '2023-09-29', '0/1/0/0'],
    ['hired and retained', [kept], '2023-09-20', '1/1/1/1'],
    ['hired and lost', [lost], '2023-09-20', '0/1/0/1'],
    [
      'lost, placed again and still there',
      [lost, hire({ id: 'J-2', hiredOn: '2023-07-01' })],
      '2023-12-01',
      '0/0/0/1',
    ],
    [
      'lost, placed again and retained: one participant, two hires',
      [lost, { ...kept, id: 'J-2', hiredOn: '2023-07-01' }],
      '2024-02-01',
      '1/1/1/2',
    ],
  ])('%s', (_, hires, today, expected) => {
    expect(of(hires, today)).toBe(expected);
  });

  test('without a hire the policy at the end of the 28 days tells the months', () => {
    const monthsOn = (day: string) => (day < '2023-03-29' ? 6 : 3);
    const figures = (today: string) => retained(participations(held()), today, monthsOn);
    expect(figures('2023-06-28').participants_6_months).toBe(0);
    expect(figures('2023-06-29').participants_6_months).toBe(1);
  });

  test('a hire of a case that participated twice is one hire', () => {
    const measures = [
      { kind: 'job', endedOn: null },
      { kind: 'training', endedOn: '2023-03-10' },
    ];
    expect(retained(participations(held({ measures, hires: [kept] })), '2024-01-01', () => 6)).toMatchObject({
      participants_6_months: 2,
      retained_participants: 2,
      hires_6_months: 1,
      retained_hires: 1,
    });
  });
});

describe('answered in time', () => {
  const referral = (more: Partial<ReferralFact> = {}): ReferralFact => ({
    area: '1726',
    due: instant('2023-03-06T23:59'),
    decision: null,
    decidedAt: null,
    silent: false,
    ...more,
  });
  const accepted = referral({ decision: 'accept', decidedAt: instant('2023-03-03T10:00') });
  const rejected = referral({ decision: 'reject', decidedAt: instant('2023-03-06T23:00') });
  const silent = referral({ silent: true });
  const late = referral({ decision: 'reject', decidedAt: instant('2023-03-07T00:10') });
  const withdrawn = referral();
  const never = referral({ due: null });
  test.each([
    [
      'nothing before the 5 days have passed',
      [accepted, rejected],
      '2023-03-06T12:00',
      [0, 0, null, 0, 0, 0],
    ],
    ['accepted, rejected, silent', [accepted, rejected, silent], '2023-03-07T09:00', [3, 2, 0.6667, 1, 1, 1]],
    ['late is not in time', [late], '2023-03-08T09:00', [1, 0, 0, 0, 0, 0]],
    [
      'entered after silence, but received in time: an answer in time',
      [
        { ...accepted, silent: true },
        { ...rejected, silent: true },
      ],
      '2023-03-08T09:00',
      [2, 2, 1, 1, 1, 0],
    ],
    ['received after silence: silent', [{ ...late, silent: true }], '2023-03-08T09:00', [1, 0, 0, 0, 0, 1]],
    [
      'withdrawn or never delivered is not counted',
      [withdrawn, never],
      '2023-03-08T09:00',
      [0, 0, null, 0, 0, 0],
    ],
  ])('%s', (_, referrals, now, [all, inTime, share, accept, reject, quiet]) => {
    expect(answered(referrals, instant(now))).toEqual({
      referrals_5_days: all,
      answered_in_time: inTime,
      answered_in_time_share: share,
      accepted_in_time: accept,
      rejected_in_time: reject,
      silent: quiet,
    });
  });
});

test('inspections by resolution, days to it, breaches and measures', () => {
  const inspection = (
    resolution: string | null,
    days: number | null,
    more: Partial<InspectionFact> = {},
  ): InspectionFact => ({
    area: '1726',
    openedAt: instant('2023-03-01T09:00'),
    resolvedAt: days === null ? null : new Date(instant('2023-03-01T10:00').getTime() + days * 86_400_000),
    resolution,
    open: false,
    breached: false,
    measure: null,
    ...more,
  });
  expect(
    inspected([
      inspection('settled', 2, { breached: true, measure: 'taken' }),
      inspection('directed', 4, { breached: true, measure: 'none' }),
      inspection('justified', 10),
      inspection('unjustified', 21),
      inspection(null, null, { open: true }),
      inspection(null, null),
    ]),
  ).toEqual({
    inspections: 6,
    settled: 1,
    directed: 1,
    justified: 1,
    unjustified: 1,
    unresolved: 1,
    ended_unresolved: 1,
    days_to_resolution_median: 7,
    days_to_resolution_p90: 17.7,
    breaches: 2,
    measures_taken: 1,
    no_measure_with_reason: 1,
  });
  expect(inspected([])).toMatchObject({ days_to_resolution_median: null, days_to_resolution_p90: null });
});

test('by region: all 14, and only participants whose time began within the frame', () => {
  const cases = [held({ hires: [kept] }), held({ area: '1703' }), held({ plannedOn: '2022-12-31' })];
  const rows = pathwayByPlace(
    { cases, referrals: [], inspections: [] },
    { from: '2023-01-01', to: '2023-12-31', now: instant('2024-06-01T09:00'), monthsOn: () => 6 },
    regions,
  );
  expect(rows).toHaveLength(14);
  expect(rows.find(({ soato }) => soato === '1726')).toMatchObject({
    participants_28_days: 1,
    in_work_28_days: 1,
    retained_hires: 1,
  });
  expect(rows.find(({ soato }) => soato === '1703')).toMatchObject({
    participants_28_days: 1,
    in_work_28_days: 0,
    in_work_28_days_share: 0,
  });
  expect(rows.find(({ soato }) => soato === '1706')).toMatchObject({
    participants_28_days: 0,
    in_work_28_days_share: null,
  });
});
