import { type CourseTime, hoursPerWeek, inOrder, timeErrors } from './course';

const dated: CourseTime = {
  rolling: false,
  weeks: null,
  firstDay: '2026-03-02',
  lastDay: '2026-05-29',
  heldOn: ['monday', 'wednesday', 'friday'],
  startsAt: '09:00',
  endsAt: '13:30',
};
const rolling: CourseTime = { ...dated, rolling: true, weeks: 8, firstDay: null, lastDay: null };

test.each([
  ['a course with its days', dated],
  ['a course of one day', { ...dated, lastDay: '2026-03-02' }],
  ['a rolling course', rolling],
])('%s has no errors', (_what, time) => {
  expect(timeErrors(time)).toEqual([]);
});

test.each<[string, Partial<CourseTime>, string[]]>([
  ['no days', { firstDay: null, lastDay: null }, ['firstDay', 'lastDay']],
  ['the last day before the first', { lastDay: '2026-03-01' }, ['lastDay']],
  ['weeks of a course with days', { weeks: 8 }, ['weeks']],
  ['a rolling course without weeks', { ...rolling, weeks: null }, ['weeks']],
  ['a rolling course with days', { rolling: true, weeks: 8 }, ['firstDay', 'lastDay']],
  ['lessons that end when they begin', { endsAt: '09:00' }, ['endsAt']],
])('%s: the fields are named', (_what, change, fields) => {
  expect(timeErrors({ ...dated, ...change }).map(({ field }) => field)).toEqual(fields);
});

test('the hours of a week', () => {
  expect(hoursPerWeek(dated)).toBe(13.5);
});

test('the days of a week have one order, and each counts once', () => {
  expect(inOrder(['friday', 'monday', 'friday'])).toEqual(['monday', 'friday']);
});
