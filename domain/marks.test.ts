import { randomBytes } from 'node:crypto';
import { CODE_BYTES, codeIn, codeOf, isValidMark } from './marks';

test('a code has 24 letters and digits that nobody confuses', () => {
  const codes = Array.from({ length: 200 }, () => codeOf(randomBytes(CODE_BYTES)));
  for (const code of codes) expect(code).toMatch(/^[A-HJKMNP-TV-Z2-9]{24}$/);
  expect(new Set(codes).size).toBe(200);
});

test('no letter is more likely than another: unfair bytes are passed over', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const unfair = Uint8Array.from({ length: 40 }, () => 255);
  expect(codeOf(Uint8Array.from([...unfair, ...bytes]))).toBe(codeOf(bytes));
  expect(() => codeOf(unfair)).toThrow(RangeError);
});

test('a code is read as people copy it', () => expect(codeIn(' k7qm x2rd-9wth ')).toBe('K7QMX2RD9WTH'));

test.each([
  ['2023-03-01', null, true],
  ['2023-02-28', null, false],
  ['2024-03-01', '2023-03-01', false],
])('until %s, revoked on %s: valid %s on 1 March 2023', (until, revokedOn, valid) =>
  expect(isValidMark({ until, revokedOn }, '2023-03-01')).toBe(valid),
);
