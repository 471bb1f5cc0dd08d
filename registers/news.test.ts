import { news } from './news';

const pinfl = '31210632040244';
const stir = '300000018';
const about = { event: 'e-1', at: '2023-06-15T10:00:00+05:00' };

describe('news from registers', () => {
  test.each([
    { register: 'yammt', type: 'contract_registered', pinfl, stir, contract: 'K-1', since: '2023-06-15' },
    { register: 'yammt', type: 'contract_ended', pinfl, stir, on: '2023-06-15', reason: 'resigned' },
    {
      register: 'yammt',
      type: 'contract_ended',
      pinfl,
      stir,
      contract: 'K-1',
      on: '2023-06-15',
      reason: 'died',
    },
    { register: 'yammt', type: 'end_taken_back', pinfl, stir, since: '2023-01-15' },
    { register: 'yammt', type: 'employer_liquidated', stir, on: '2023-06-15' },
    { register: 'yammt', type: 'employer_reorganised', stir, successorStir: '300000026', on: '2023-06-15' },
    { register: 'tiek', type: 'recommendation_changed', pinfl },
    { register: 'tiek', type: 'person_died', pinfl, on: '2023-06-15' },
    { register: 'tax', type: 'wages_corrected', pinfl, stir, month: '2023-05' },
    { register: 'treasury', type: 'payment_settled', key: 'S-000001-2023-05/1', on: '2023-06-15' },
    {
      register: 'treasury',
      type: 'payment_returned',
      key: 'S-000001-2023-05/1',
      on: '2023-06-15',
      code: 'account_closed',
    },
    { register: 'treasury', type: 'incoming', reference: 'RC-000001', on: '2023-06-15' },
    { register: 'notifications', type: 'receipt', key: 'n1', status: 'delivered' },
    { register: 'notifications', type: 'receipt', key: 'n1', status: 'failed', why: 'switched off' },
  ])('$type is understood', (told) =>
    expect(news.parse({ ...about, ...told })).toEqual({ ...about, ...told }),
  );

  const corrected = { ...about, register: 'tax', type: 'wages_corrected', pinfl, stir, month: '2023-05' };
  const died = { ...about, register: 'tiek', type: 'person_died', pinfl, on: '2023-06-15' };

  test.each([
    ['without an event', { ...died, event: undefined }],
    ['with an event that cannot be a name', { ...died, event: 'e 1/2' }],
    ['without a time', { ...died, at: undefined }],
    ['at a time without its offset', { ...died, at: '2023-06-15T10:00:00' }],
    ['of another register than tells it', { ...died, register: 'yammt' }],
    ['of an unknown type', { ...died, type: 'person_moved' }],
    ['on a day that does not exist', { ...died, on: '2023-06-31' }],
    ['about a month that does not exist', { ...corrected, month: '2023-13' }],
    ['about half a PINFL', { ...died, pinfl: '3121063' }],
  ])('%s is not', (_what, told) => expect(news.safeParse(told).success).toBe(false));

  test('leaves out what it does not name', () =>
    expect(news.parse({ ...died, mood: 'sad' })).not.toHaveProperty('mood'));
});
