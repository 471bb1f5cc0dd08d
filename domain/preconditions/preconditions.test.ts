import type { Actor } from '../roles';
import { languages } from '../words/languages';
import { wordsIn } from '../words/catalogue';
import { whyNotInWords } from '../words/words';
import { type Facts, whyNot } from './index';
import { gives, lacks, whyNotBy } from './precondition';

const actor = (role: Actor['role'], area = '1703202001'): Actor => ({
  id: 'O-1',
  role,
  rank: 'officer',
  area,
});
const manager = actor('case_manager');
const supervisor = actor('supervisor', '1703202');

const free: Facts['case'] = {
  area: '1703202001',
  managerId: 'O-1',
  movesTo: null,
  isAssessed: true,
  plansJob: true,
  plansWorks: false,
  business: null,
  publicWorks: null,
  plansTraining: false,
  openTrainings: 0,
  mostTrainings: { n: 3 },
  hasService: true,
  hasDied: false,
  recommended: { eligibility: 'yes', recommendedUntil: '2026-12-31', certifiedUntil: null },
  openReferrals: 2,
  mostReferrals: { n: 3 },
  asksForReferral: false,
  asksForClosure: false,
  foundAlone: false,
  closedOn: null,
  reopenWithin: { n: 12 },
  hasOtherCase: false,
  today: '2026-11-29',
  givenOn: '2026-11-29',
};
const codeOf = (command: string, facts: Partial<Facts['case']>, by = manager, body?: object) =>
  whyNot('case', command, { ...free, ...facts }, by, body)?.code;

test('a third referral is possible, a fourth is not', () => {
  expect(codeOf('referral', {})).toBeUndefined();
  expect(codeOf('referral', { openReferrals: 3 })).toBe('too_many_open');
});

test('a supervisor who is asked for a yes may still say no to a fourth', () => {
  const asked = { openReferrals: 3, asksForReferral: true };
  expect(codeOf('referral', asked, supervisor)).toBeUndefined();
  expect(codeOf('referral', asked, supervisor, { vacancy: 'V-1' })).toBe('too_many_open');
  expect(codeOf('referral', asked, supervisor, { vacancy: 'V-1', declined: 'no' })).toBeUndefined();
  expect(codeOf('referral', asked, manager, { vacancy: 'V-1', declined: 'no' })).toBe('not_yours');
});

test.each([
  [{ plansJob: false }, 'no_plan'],
  [{ hasDied: true }, 'person_died'],
  [{ today: '2027-01-01' }, 'recommendation_over'],
  [{ managerId: null, area: '1703202002' }, 'not_taken_over'],
])('a referral with %j: %s', (facts, code) => {
  expect(codeOf('referral', facts)).toBe(code);
});

test('a closed case is reopened until the last day of its months', () => {
  expect(codeOf('reopening', { closedOn: '2025-11-29' })).toBeUndefined();
  expect(codeOf('reopening', { closedOn: '2025-11-28' })).toBe('closed_too_long');
});

test('a case is taken over by the area to which it is offered', () => {
  const offered = { area: '1703202002', managerId: null, movesTo: '1703202001' };
  expect(codeOf('transfer', offered)).toBeUndefined();
  expect(codeOf('transfer', offered, manager, { takeOver: true })).toBeUndefined();
  expect(codeOf('transfer', offered, manager, { to: '1703202003', reason: 'r' })).toBe('not_yours');
});

test('a command with several ways is refused by the way of its body', () => {
  const ways = [
    { when: gives('a'), whyNot: () => ({ code: 'no_plan' }) as const },
    { when: lacks('a'), whyNot: () => undefined },
  ];
  expect(whyNotBy(ways, {}, manager)).toBeUndefined();
  expect(whyNotBy(ways, {}, manager, { a: 1 })).toEqual({ code: 'no_plan' });
  expect(whyNotBy(ways, {}, manager, {})).toBeUndefined();
});

test.each(Object.keys(wordsIn('en').notAllowed))('%s is said in sentences, in every language', (code) => {
  for (const language of languages)
    expect(whyNotInWords({ language, today: '2026-01-01' }, { code: code as 'no_plan' })).toMatch(/^\S.*\.$/);
});
