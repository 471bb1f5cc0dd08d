import { type Attempt, type Known, meaningOf, outranks, type Word } from './treasury-word';

const attempt = (known?: Known): Attempt => ({ amount: 510_000n, account: '2'.repeat(20), known });
const matching = { amount: 510_000n, account: '2'.repeat(20) };
const then = (word: Word, known?: Known) => {
  const meaning = meaningOf(word, attempt(known));
  return meaning.then === 'disputed' ? `disputed: ${meaning.why}` : meaning.then;
};

test('statement outranks answer, answer outranks news', () => {
  expect(outranks('statement', 'answer')).toBe(true);
  expect(outranks('answer', 'news')).toBe(true);
  expect(outranks('news', 'statement')).toBe(false);
  expect(outranks('answer', 'answer')).toBe(false);
});

test.each(['accepted', 'settled', 'returned', 'refused'] as const)(
  'the first answer, %s, is taken',
  (says) => {
    expect(then({ source: 'answer', says, ...matching })).toBe(says);
    expect(then({ source: 'answer', says, ...matching }, { source: 'answer', says: 'accepted' })).toBe(
      says === 'accepted' ? 'nothing' : says,
    );
  },
);

test.each(['settled', 'returned'] as const)('news of %s only prompts a question, once', (says) => {
  expect(then({ source: 'news', says })).toBe('ask');
  expect(then({ source: 'news', says, amount: 1n })).toBe('ask');
  expect(then({ source: 'news', says }, { source: 'answer', says })).toBe('nothing');
  expect(meaningOf({ source: 'news', says }, undefined)).toEqual({ then: 'ask' });
});

test.each(['silence', 'unknown_key'] as const)('%s: the same key is sent again', (says) => {
  expect(then({ source: 'answer', says })).toBe('send_again');
  expect(then({ source: 'answer', says }, { source: 'answer', says: 'accepted' })).toBe('send_again');
});

test('a key that the treasury reported final and then does not know is disputed; silence changes nothing', () => {
  const settled: Known = { source: 'answer', says: 'settled', on: '2024-05-14' };
  expect(then({ source: 'answer', says: 'unknown_key' }, settled)).toBe('disputed: unknown_key');
  expect(then({ source: 'answer', says: 'silence' }, settled)).toBe('nothing');
});

test('a key that we do not know is disputed', () => {
  const word: Word = { source: 'statement', says: 'settled', on: '2024-05-14', ...matching };
  expect(meaningOf(word, undefined)).toEqual({ then: 'disputed', why: 'unknown_key' });
});

test.each([
  [{ amount: 510_001n }, 'amount_differs'],
  [{ account: '3'.repeat(20) }, 'account_differs'],
])('%p is disputed, whatever is known', (differing, why) => {
  const word: Word = { source: 'statement', says: 'settled', on: '2024-05-14', ...matching, ...differing };
  expect(then(word)).toBe(`disputed: ${why}`);
  expect(then(word, { source: 'answer', says: 'settled', on: '2024-05-14' })).toBe(`disputed: ${why}`);
});

test.each<[string, Known, Word, string]>([
  [
    'settled, then returned on a later day, by an answer against a statement',
    { source: 'statement', says: 'settled', on: '2024-05-14' },
    { source: 'answer', says: 'returned', on: '2024-05-16' },
    'returned',
  ],
  [
    'settled and returned on one day, by answers',
    { source: 'answer', says: 'settled', on: '2024-05-14' },
    { source: 'answer', says: 'returned', on: '2024-05-14' },
    'returned',
  ],
  [
    'settled by an answer, returned by the day’s statement',
    { source: 'answer', says: 'settled', on: '2024-05-14' },
    { source: 'statement', says: 'returned', on: '2024-05-14' },
    'returned',
  ],
  [
    'settled by the day’s statement, returned on that day by an answer',
    { source: 'statement', says: 'settled', on: '2024-05-14' },
    { source: 'answer', says: 'returned', on: '2024-05-14' },
    'disputed: contradiction',
  ],
  [
    'returned before it was settled',
    { source: 'answer', says: 'settled', on: '2024-05-14' },
    { source: 'statement', says: 'returned', on: '2024-05-13' },
    'disputed: contradiction',
  ],
  [
    'returned, then settled',
    { source: 'answer', says: 'returned', on: '2024-05-14' },
    { source: 'statement', says: 'settled', on: '2024-05-15' },
    'disputed: contradiction',
  ],
  [
    'returned, then settled on the same day',
    { source: 'answer', says: 'returned', on: '2024-05-14' },
    { source: 'statement', says: 'settled', on: '2024-05-14' },
    'disputed: contradiction',
  ],
  [
    'returned, and a late word of the settlement before it',
    { source: 'answer', says: 'returned', on: '2024-05-16' },
    { source: 'statement', says: 'settled', on: '2024-05-14' },
    'nothing',
  ],
  [
    'refused, then settled',
    { source: 'answer', says: 'refused' },
    { source: 'statement', says: 'settled', on: '2024-05-14' },
    'disputed: contradiction',
  ],
  [
    'settled, then refused',
    { source: 'answer', says: 'settled', on: '2024-05-14' },
    { source: 'answer', says: 'refused' },
    'disputed: contradiction',
  ],
  [
    'settled, and a late word that it was accepted',
    { source: 'answer', says: 'settled', on: '2024-05-14' },
    { source: 'answer', says: 'accepted' },
    'nothing',
  ],
  [
    'settled by an officer, returned on a later day',
    { source: 'officer', says: 'settled', on: '2024-05-14' },
    { source: 'statement', says: 'returned', on: '2024-05-20' },
    'returned',
  ],
  [
    'the same again from a stronger source',
    { source: 'answer', says: 'settled', on: '2024-05-14' },
    { source: 'statement', says: 'settled', on: '2024-05-14' },
    'nothing',
  ],
])('%s', (_name, known, word, meaning) => {
  expect(then({ ...matching, ...word }, known)).toBe(meaning);
});
