import { accountFault, holderKind, isNewPhone, phoneKept } from './persons-account';

const PERSON = '40201902050010';
const GUARDIAN = '31210632040244';
const person = { pinfl: PERSON, guardianConsented: true };

test('the holder is the person, or the guardian where a guardian consented', () => {
  expect(holderKind(PERSON, person)).toBe('person');
  expect(holderKind(GUARDIAN, person)).toBe('guardian');
  expect(holderKind(GUARDIAN, { ...person, guardianConsented: false })).toBeUndefined();
});

test("an official's account is none, but a guardian's own, if that official takes no part", () => {
  const own = { pinfl: PERSON, as: 'person' } as const;
  expect(accountFault({ ...own, office: 'elsewhere' }, [])).toBe('official_holder');
  expect(accountFault({ ...own, office: 'takes_part' }, [])).toBe('official_holder');
  const guardian = { pinfl: GUARDIAN, as: 'guardian' } as const;
  expect(accountFault({ ...guardian, office: 'elsewhere' }, [])).toBeUndefined();
  expect(accountFault({ ...guardian, office: 'takes_part' }, [])).toBe('official_takes_part');
});

test('an account of another payee is none, unless the same holder has it for both', () => {
  const guardian = { pinfl: GUARDIAN, as: 'guardian', office: 'none' } as const;
  expect(accountFault(guardian, [{ holderPinfl: GUARDIAN }])).toBeUndefined();
  expect(accountFault(guardian, [{ holderPinfl: GUARDIAN }, { holderPinfl: PERSON }])).toBe(
    'anothers_account',
  );
  expect(accountFault({ ...guardian, as: 'person' }, [{ holderPinfl: null }])).toBe('anothers_account');
});

test('a telephone is new until the thirtieth day after its change', () => {
  expect(isNewPhone('2026-03-01', '2026-03-31', 30)).toBe(true);
  expect(isNewPhone('2026-03-01', '2026-04-01', 30)).toBe(false);
  expect(isNewPhone(null, '2026-03-01', 30)).toBe(false);
});

test('a second change of the telephone does not hide the number before the first', () => {
  const known = { phone: 'a', phoneBefore: null, phoneChangedOn: null };
  const once = { ...known, phone: 'b', ...phoneKept(known, { phone: 'b' }, '2026-03-01', 30) };
  expect(once).toEqual({ phone: 'b', phoneBefore: 'a', phoneChangedOn: '2026-03-01' });
  const second = (on: string) => phoneKept(once, { phone: 'c' }, on, 30);
  expect(second('2026-03-31')).toEqual({ phoneBefore: 'a', phoneChangedOn: '2026-03-31' });
  expect(second('2026-04-01')).toEqual({ phoneBefore: 'b', phoneChangedOn: '2026-04-01' });
});

test('the first number of a person that changes at once is kept, and the same number is no change', () => {
  const first = { phone: 'a', phoneBefore: null, phoneChangedOn: '2026-03-01' };
  expect(phoneKept(first, { phone: 'b' }, '2026-03-02', 30)).toMatchObject({ phoneBefore: 'a' });
  expect(phoneKept(first, { phone: 'a' }, '2026-03-02', 30)).toEqual({});
  expect(phoneKept(first, {}, '2026-03-02', 30)).toEqual({});
});
