import fc from 'fast-check';
import { addDays, addMonths, daysBetween } from '../day';
import { type Alike, lookBacks, nextCourse, studyPeriod } from './study';

const dated = { rolling: false, weeks: null, firstDay: '2026-04-01', lastDay: '2026-06-30' };
const rolling = { rolling: true, weeks: 4, firstDay: null, lastDay: null };

test('a course has the same last day for everybody, and a first day of one’s own for late comers', () => {
  expect(studyPeriod(dated)).toEqual({ from: '2026-04-01', to: '2026-06-30' });
  expect(studyPeriod(dated, '2026-03-20')).toEqual({ from: '2026-04-01', to: '2026-06-30' });
  expect(studyPeriod(dated, '2026-04-13')).toEqual({ from: '2026-04-13', to: '2026-06-30' });
  expect(studyPeriod(dated, '2026-07-01')).toBeUndefined();
});

test('a rolling course takes its weeks from the person’s own first day', () => {
  expect(studyPeriod(rolling, '2026-04-06')).toEqual({ from: '2026-04-06', to: '2026-05-03' });
  expect(studyPeriod(rolling)).toBeUndefined();
});

test.each([
  ['2026-06-30', ['2026-07-28', '2026-09-30', '2026-12-30']],
  ['2026-08-31', ['2026-09-28', '2026-11-30', '2027-02-28']],
  ['2027-11-30', ['2027-12-28', '2028-02-29', '2028-05-30']],
])('the look-backs after %s', (lastDay, days) => {
  expect(lookBacks(lastDay)).toEqual(days);
});

const anyDay = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2024-01-01', n));

test('each look-back is counted from the last day, and they follow each other', () => {
  fc.assert(
    fc.property(anyDay, (lastDay) => {
      const [first, second, third] = lookBacks(lastDay);
      expect(daysBetween(lastDay, first)).toBe(28);
      expect([second, third]).toEqual([addMonths(lastDay, 3), addMonths(lastDay, 6)]);
      expect(first < second && second < third).toBe(true);
    }),
  );
});

const course = (id: string, more: Partial<Alike> = {}): Alike => ({
  ...dated,
  id,
  centreId: 'TC-000001',
  field: '753',
  level: 'beginner',
  language: 'uz',
  state: 'open',
  ...more,
});
const TODAY = '2026-03-20';

test.each<[string, Alike[], string | undefined]>([
  ['none', [], undefined],
  ['itself', [course('CO-000001')], undefined],
  [
    'the earliest after it',
    [course('CO-000003', { firstDay: '2026-08-01' }), course('CO-000002', { firstDay: '2026-07-01' })],
    'CO-000002',
  ],
  ['no earlier one', [course('CO-000002', { firstDay: '2026-03-25' })], undefined],
  ['a rolling one where no other follows', [course('CO-000002', rolling)], 'CO-000002'],
  ['no closed one', [course('CO-000002', { firstDay: '2026-07-01', state: 'closed' })], undefined],
  ['none of another field', [course('CO-000002', { firstDay: '2026-07-01', field: '411' })], undefined],
  [
    'none of another centre',
    [course('CO-000002', { firstDay: '2026-07-01', centreId: 'TC-000002' })],
    undefined,
  ],
  ['none in another language', [course('CO-000002', { firstDay: '2026-07-01', language: 'ru' })], undefined],
])('the next course: %s', (_what, others, next) => {
  expect(nextCourse(course('CO-000001'), others, TODAY)?.id).toBe(next);
});

test('after a rolling course the next one that begins after today follows', () => {
  const before = course('CO-000002', { firstDay: TODAY });
  const after = course('CO-000003', { firstDay: '2026-03-21' });
  expect(nextCourse(course('CO-000001', rolling), [before, after], TODAY)?.id).toBe('CO-000003');
});
