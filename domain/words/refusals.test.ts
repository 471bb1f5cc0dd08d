import { refusalCodes } from '../pathways/subsidy';
import { languages } from './languages';
import { noticeInWords, refusalInWords } from './words';

const english = { language: 'en', today: '2025-03-01' } as const;

test.each(refusalCodes.flatMap((code) => languages.map((language) => [code, language] as const)))(
  '%s in %s: says why and what can be done, and names no code',
  (code, language) => {
    const params = {
      code,
      possible: 'graduate',
      below: 50,
      floor: 1,
      months: 3,
      from: '2025-09-02',
      last: '2025-09-02',
    };
    const { why, next } = refusalInWords({ ...english, language }, params);
    expect(why).toMatch(/^\S.*\.$/);
    expect(next).toMatch(/^\S.*\.$/);
    expect(why + next).not.toMatch(/_|\d{4}-/);
  },
);

test('what the rule asks for is said, and an objection that cannot succeed is not invited', () => {
  expect(refusalInWords(english, { code: 'months_worked', months: 3, from: '2025-09-02' }).next).toBe(
    'The programme asks for 3 months of work first. Apply again on 2 September or later. An objection cannot change this.',
  );
});

test('another programme that may fit is named, and the last day to object', () => {
  const { next } = refusalInWords(english, { code: 'ownership', others: 'above_quota', until: '2025-03-14' });
  expect(next).toMatch(/^You may be able to apply for .* instead. If you do not agree, .* by 14 March.$/);
  expect(next).not.toMatch(/_/);
});

test('the reviewer’s words stand beside the reason, and in the message', () => {
  const refusal = { code: 'papers', words: 'The order is not signed.', until: '2025-03-14' };
  expect(refusalInWords(english, refusal).why).toContain('The order is not signed.');
  const said = { ...refusal, subsidy: 'S-000001', reason: refusal.words, next: 'papers' };
  const text = noticeInWords(english, 'application_refused', said, '1140');
  expect(text).toContain('The order is not signed. If you do not agree, you may object once, by 14 March.');
});
