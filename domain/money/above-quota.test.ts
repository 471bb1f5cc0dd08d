import type { QuotaRule } from '../policy';
import { inForce } from '../policy';
import { shippedPolicies } from '../../test/support/shipped-policies';
import { aboveQuota, reservedJobs } from './above-quota';

const slides: QuotaRule = {
  act: 'quota',
  above: 20,
  share: 700,
  rounding: 'up',
  belowThreshold: 'not_eligible',
};
const later: QuotaRule = { ...slides, above: 100, share: 300 };

test.each([
  [20, slides, 0],
  [21, slides, 2],
  [100, slides, 7],
  [101, slides, 8],
  [101, { ...slides, rounding: 'down' as const }, 7],
  [107, { ...slides, rounding: 'nearest' as const }, 7],
  [108, { ...slides, rounding: 'nearest' as const }, 8],
  [50, { ...slides, rounding: 'nearest' as const }, 4],
  [100, later, 0],
  [101, later, 4],
  [200, later, 6],
])('%i listed staff reserve', (listed, quota, reserved) => {
  expect(reservedJobs(listed, quota)).toBe(reserved);
});

test.each([
  ['one fewer than reserved', 100, 6, 'not_above'],
  ['as many as reserved', 100, 7, 'above'],
  ['more than reserved', 100, 9, 'above'],
  ['rounded up', 101, 7, 'not_above'],
  ['at the threshold', 20, 20, 'not_eligible'],
  ['just above the threshold', 21, 2, 'above'],
] as const)('%s', (_name, listedStaff, filledReserved, answer) => {
  expect(aboveQuota({ listedStaff, filledReserved, on: '2024-03-14' }, slides, '2024-03-15')).toBe(answer);
});

test('an employer without a quota may be let in by policy', () => {
  const small = { listedStaff: 20, filledReserved: 0, on: '2024-03-14' };
  expect(aboveQuota(small, { ...slides, belowThreshold: 'eligible' }, '2024-03-15')).toBe('above');
});

test('no list, or one that counts the worker already, says nothing', () => {
  expect(aboveQuota(undefined, slides, '2024-03-15')).toBe('unknown');
  const after = { listedStaff: 100, filledReserved: 0, on: '2024-03-15' };
  expect(aboveQuota(after, slides, '2024-03-15')).toBe('unknown');
});

test.each([
  ['2025-10-31', 20, 6, 'not_eligible'],
  ['2025-10-31', 100, 6, 'not_above'],
  ['2025-10-31', 100, 7, 'above'],
  ['2025-11-01', 100, 100, 'not_eligible'],
  ['2025-11-01', 101, 3, 'not_above'],
  ['2025-11-01', 101, 4, 'above'],
])(
  'by the law that ships, hired on %s among %i listed, %i of them reserved: %s',
  (hiredOn, listedStaff, filledReserved, answer) => {
    const { quota } = inForce(shippedPolicies, hiredOn)!.rules;
    expect(aboveQuota({ listedStaff, filledReserved, on: '2025-10-01' }, quota, hiredOn)).toBe(answer);
  },
);
