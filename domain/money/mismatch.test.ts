import { compared, type Mismatch, resolutionsOf, returnedFor, type Wages, wageFloorOf } from './mismatch';
import { UNITS } from './share';

const wages = (accrued: number, tax = accrued * 0.12): Wages => ({
  accrued: BigInt(accrued),
  tax: BigInt(tax),
});
const context = { month: '2024-01', askedOn: '2024-02-25', tolerance: 0 };
const nothing = wages(0);
const usual = wages(3_000_000);

test('the same is the same', () => {
  expect(compared(usual, usual, context)).toEqual({ answer: 'agrees' });
});

test.each<[string, Wages, Wages, Mismatch[]]>([
  ['only the employer says accrued', usual, nothing, ['only_declared']],
  ['only the register says accrued', nothing, usual, ['only_registered']],
  ['a so’m more is declared', wages(3_000_001, 360_000), usual, ['wages_differ']],
  ['a so’m more is registered', usual, wages(3_000_001, 360_000), ['wages_differ']],
  ['another tax', wages(3_000_000, 300_000), usual, ['tax_differs']],
  ['another wage and tax', wages(2_000_000), usual, ['wages_differ', 'tax_differs']],
])('%s', (_name, declared, register, which) => {
  expect(compared(declared, register, context)).toEqual({ answer: 'mismatch', which });
});

test('both say nothing: they agree', () => {
  expect(compared(nothing, nothing, context)).toEqual({ answer: 'agrees' });
});

test.each([
  ['2024-02-16', 'unknown'],
  ['2024-02-24', 'unknown'],
  ['2024-02-25', 'mismatch'],
])('"nothing accrued", asked on %s', (askedOn, answer) => {
  expect(compared(usual, nothing, { ...context, askedOn }).answer).toBe(answer);
});

test('an amount is a word on any day, silence is none', () => {
  expect(compared(usual, usual, { ...context, askedOn: '2024-02-16' }).answer).toBe('agrees');
  expect(compared(usual, undefined, context).answer).toBe('unknown');
});

test('a difference within the tolerance is none', () => {
  const lenient = { ...context, tolerance: 1000 };
  expect(compared(wages(3_001_000, 360_000), usual, lenient).answer).toBe('agrees');
  expect(compared(wages(3_001_001, 360_000), usual, lenient).answer).toBe('mismatch');
});

test.each([
  ['at the floor', 2_542_000, 'agrees'],
  ['below it', 2_541_999, 'mismatch'],
])('%s, both agreeing', (_name, accrued, answer) => {
  const wageFloor = wageFloorOf(1_271_000n, 200, UNITS);
  const same = wages(accrued, 300_000);
  expect(compared(same, same, { ...context, wageFloor }).answer).toBe(answer);
});

test('a part of a month is measured by a part of the floor', () => {
  expect(wageFloorOf(1_271_000n, 200, UNITS / 2)).toBe(1_271_000n);
});

describe('how a review is resolved', () => {
  const sides = ['register_stands', 'declaration_stands'];
  const again = (why: string) => returnedFor('other', { why });

  test.each([
    ['the two say different things', { why: 'only_declared' }, sides],
    ['several differences', { why: 'wages_differ, tax_differs' }, sides],
    ['the register knows no contract', { why: 'no_contract' }, sides],
    ['the register is silent', { why: 'register_silent' }, ['evidence']],
    ['returned by a finance officer', returnedFor('other', null), ['answered']],
    ['returned after a mismatch', again('only_declared'), ['answered', ...sides]],
    ['returned after a silence', again('register_silent'), ['answered', 'evidence']],
    ['returned twice', returnedFor('document_missing', again('only_declared')), ['answered', ...sides]],
    ['returned twice, never a mismatch', returnedFor('other', returnedFor('other', null)), ['answered']],
  ])('%s', (_, reviewed, possible) => {
    expect(resolutionsOf(reviewed)).toEqual(possible);
  });
});
