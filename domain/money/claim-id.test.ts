import { claimId, monthsClaim } from './claim-id';

test('a month’s claim is named after subsidy and month', () => {
  expect(claimId('S-000001', '2024-03')).toBe('S-000001-2024-03');
});

test.each([
  ['the month’s claim itself', 'S-000001-2024-03', 'S-000001', '2024-03', 'S-000001-2024-03'],
  ['a further payable', 'S-000001-2024-03-1', 'S-000001', '2024-03', 'S-000001-2024-03'],
  ['an adaptation', 'A-000001-pay', 'A-000001', '', 'A-000001-pay'],
])('the month’s own claim: %s', (_, id, subsidyId, month, own) => {
  expect(monthsClaim({ id, subsidyId, month })).toBe(own);
});
