import { hireRule, policyOf } from '../../test/support/policies';
import {
  accountOfFund,
  actsFor,
  fundOf,
  movedProgrammes,
  namesAccounts,
  officeFund,
  otherFund,
  statementId,
} from './funds';

const protection = { fund: 'social_protection' } as const;
const account = { holder: 'Social Protection Fund', number: '23402000000000000001', mfo: '00014' };
const old = policyOf({ hire_pwd: hireRule() });
const later = { id: 'PV-2', validFrom: '2030-01-01' };

test('a programme is paid by the fund that the newest version with a rule of it names', () => {
  expect(fundOf([old], 'hire_pwd')).toBe('employment');
  expect(fundOf([old], 'above_quota')).toBe('employment');
  const without = policyOf({}, { id: 'PV-3', validFrom: '2031-01-01' });
  const named = policyOf({ hire_pwd: hireRule(protection) }, later);
  expect(fundOf([named, without, old], 'hire_pwd')).toBe('social_protection');
});

test('a version moves the programmes for which it names another fund', () => {
  const { rules } = policyOf({ hire_pwd: hireRule(protection), above_quota: hireRule() }, later);
  expect(movedProgrammes([old], rules)).toEqual(['hire_pwd']);
  expect(movedProgrammes([old], old.rules)).toEqual([]);
});

test('an overpayment is repaid to the account of its own fund', () => {
  const { rules } = policyOf(
    { hire_pwd: hireRule(protection) },
    { rules: { fundAccounts: { social_protection: account } } },
  );
  expect(accountOfFund(rules, 'social_protection')).toEqual(account);
  expect(accountOfFund(rules, 'employment')).toEqual(rules.fundAccount);
  expect(namesAccounts(rules)).toBe(true);
  expect(namesAccounts({ programmes: rules.programmes })).toBe(false);
  expect(namesAccounts(old.rules)).toBe(true);
  expect(() => accountOfFund(old.rules, 'social_protection')).toThrow('no account');
});

test('only a finance office has a fund; a finance officer acts for their own', () => {
  expect(officeFund('finance_officer', 'social_protection')).toBe('social_protection');
  expect(officeFund('finance_officer', undefined)).toBe('employment');
  expect(officeFund('employment_officer', 'social_protection')).toBe('employment');
  expect(otherFund('finance_officer', 'social_protection')).toBe('social_protection');
  expect(otherFund('finance_officer', 'employment')).toBeNull();
  expect(actsFor({ role: 'finance_officer' }, 'employment')).toBe(true);
  expect(actsFor({ role: 'finance_officer' }, 'social_protection')).toBe(false);
  expect(actsFor({ role: 'finance_officer', fund: 'social_protection' }, 'employment')).toBe(false);
  expect(actsFor({ role: 'auditor' }, 'social_protection')).toBe(true);
});

test('a statement of the employment fund has its day for a number, another fund its name before', () => {
  expect(statementId('employment', '2024-04-01')).toBe('2024-04-01');
  expect(statementId('social_protection', '2024-04-01')).toBe('social_protection-2024-04-01');
});
