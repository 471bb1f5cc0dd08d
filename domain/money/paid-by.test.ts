import { calendarOf } from '../calendar';
import { type Awaited, paidByDay } from './paid-by';

const calendar = calendarOf([]);
const ready: Awaited = {
  state: 'ready',
  month: '2024-03',
  today: '2024-04-02',
  sending: 1,
  treasury: 3,
};

test.each<[string, Partial<Awaited>, string | undefined]>([
  ['ready: decided by the last working day of the next month, sent, settled', {}, '2024-05-06'],
  ['ready, with the deadline of its decision', { decidedBy: '2024-04-10' }, '2024-04-16'],
  ['ready and overdue: from today', { decidedBy: '2024-04-01' }, '2024-04-08'],
  ['checking', { state: 'checking' }, '2024-05-06'],
  ['an adaptation, decided today at the latest', { month: '' }, '2024-04-08'],
  ['approved', { state: 'approved', approvedOn: '2024-04-05' }, '2024-04-11'],
  ['sent', { state: 'sent', sentOn: '2024-04-05' }, '2024-04-10'],
  ['settled', { state: 'settled', settledOn: '2024-04-09' }, '2024-04-09'],
  ['returned: nobody can tell', { state: 'payment_returned' }, undefined],
  ['zero: nothing to pay', { state: 'zero' }, undefined],
])('%s', (_what, more, day) => {
  expect(paidByDay({ ...ready, ...more }, calendar)).toBe(day);
});
