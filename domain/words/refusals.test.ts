import { refusalCodes } from '../pathways/subsidy';
import { noticeText } from './notices.en';
import { refusalInWords } from './refusals.en';

test.each(refusalCodes)('%s: says why and what can be done, and names no code', (code) => {
  const { why, next } = refusalInWords({ code, objectUntil: '2025-03-14' });
  expect(why).toMatch(/^[A-Z].*\.$/);
  expect(next).toMatch(/object/);
  expect(why + next).not.toMatch(/_/);
});

test('what the rule asks for is said, and an objection that cannot succeed is not invited', () => {
  expect(refusalInWords({ code: 'months_worked', months: 3, from: '2025-09-02' })).toEqual({
    why: 'The worker has to have worked for you for 3 months first.',
    next: 'Apply again on 2025-09-02 or later. An objection cannot change this.',
  });
});

test('another programme that may fit is named', () => {
  expect(refusalInWords({ code: 'no_rule', others: ['above_quota'] }).next).toBe(
    'You may be able to apply for the wage subsidy for hiring above the quota instead. An objection cannot change this.',
  );
});

test('the reviewer’s words stand beside the reason, in the message, too', () => {
  const refusal = { code: 'papers', words: 'The order is not signed.', objectUntil: '2025-03-14' };
  expect(noticeText('application_refused', { subsidy: 'S-000001', ...refusal })).toBe(
    'Application S-000001 is refused. The papers do not show what is applied for. The order is not signed. ' +
      'If you do not agree, you may object once, until 2025-03-14.',
  );
});

test('a code that no version knows any more stays readable', () => {
  expect(refusalInWords({ code: 'amount_not_set' }).why).toBe('amount not set.');
});
