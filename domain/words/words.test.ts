import { match, type Seeker, type Vacancy } from '../matching';
import { dayInWords, monthInWords, type Reader, sumInWords, taskInWords } from './values';
import {
  eventInWords,
  nextOwnerInWords,
  noticeInWords,
  reasonInWords,
  stepInWords,
  whyNotInWords,
} from './words';

const english: Reader = { language: 'en', today: '2026-11-29' };
const uzbek: Reader = { language: 'uz-Latn', today: '2026-11-29' };

test.each([
  ['2026-12-04', '4 December', '4-dekabr'],
  ['2027-01-31', '31 January 2027', '2027-yil 31-yanvar'],
  ['2026-03-06T18:59:59.000Z', '6 March', '6-mart'],
  ['2026-03-06T19:00:00.000Z', '7 March', '7-mart'],
])('the day %s: %s, %s', (day, inEnglish, inUzbek) => {
  expect(dayInWords(english, day)).toBe(inEnglish);
  expect(dayInWords(uzbek, day)).toBe(inUzbek);
});

test('months and sums', () => {
  expect(monthInWords(english, '2026-11')).toBe('November 2026');
  expect(monthInWords(uzbek, '2026-11')).toBe('2026-yil noyabr');
  expect(sumInWords(469_333n)).toBe("469 333 so'm");
});

test('a message: names, days and sums in words, and how the service is reached', () => {
  const named = { ...english, nameOf: (id: string) => ({ 'P-000001': 'Aziza Karimova' })[id] };
  const params = { person: 'P-000001', job: 'Clerk', due: '2026-12-04', referral: 'R-000001' };
  expect(noticeInWords(named, 'referral_issued', params, '1140')).toBe(
    'Aziza Karimova is referred to your job "Clerk". Please accept with a start day, or reject with your reasons, by 4 December. ' +
      "The number of the referral is R-000001. Yo'llanma: 1140",
  );
  const paid = { amount: 469_333, month: '2026-11', on: '2026-12-04', claim: 'S-000001-2026-11' };
  expect(noticeInWords(uzbek, 'claim_settled', paid, '1140')).toBe(
    "2026-yil noyabr uchun 4-dekabr kuni hisobingizga 469 333 so'm o'tkazildi (talabnoma S-000001-2026-11). Yo'llanma: 1140",
  );
});

test('a reminder says what is to be done, until when, and about whom', () => {
  const params = {
    kind: 'hearing',
    due: '2026-12-04T18:59:59.000Z',
    about: 'Aziza Karimova, Asaka Tekstil, R-000001',
  };
  expect(noticeInWords(english, 'reminder', params, '1140')).toBe(
    'To be done by 4 December: Ask the person whether it is true what the employer says about them, and enter the answer. It is about Aziza Karimova, Asaka Tekstil, R-000001. ' +
      "Yo'llanma: 1140",
  );
  expect(noticeInWords(english, 'overdue', { kind: 'hearing' }, '1140')).toBe(
    "This waits for you: Ask the person whether it is true what the employer says about them, and enter the answer. Yo'llanma: 1140",
  );
});

test('a type that the catalogue does not have is no message', () => {
  expect(() => noticeInWords(english, 'hello', {}, '1140')).toThrow('no message hello');
});

test('an event: codes in words, an object never, what is missing as a dash', () => {
  const nameOf = (code: string) => ({ '1703': 'Andijan', 'E-000001': 'Asaka Tekstil' })[code];
  const reader = { ...english, nameOf };
  expect(eventInWords(reader, 'referral_rejected', { code: 'no_longer_vacant' })).toBe(
    'The employer rejected: the job is no longer vacant.',
  );
  expect(eventInWords(reader, 'found_alone', { employer: 'E-000001', since: '2026-03-01' })).toBe(
    'The person found work alone at Asaka Tekstil, from 1 March.',
  );
  expect(
    eventInWords(reader, 'escalated', { kind: 'resolution', to: 'labour_inspector', rank: 'head' }),
  ).toBe('Not done in time: Examine the matter and decide. Now with the chief inspector.');
  expect(eventInWords(reader, 'line_changed', { line: 'hire_pwd-1703-2026', amount: 5000 })).toBe(
    "The budget line wage subsidy for hiring a person with a disability, Andijan, 2026 is 5 000 so'm.",
  );
  expect(eventInWords(reader, 'claim_to_review', { why: 'wages_differ, tax_differs' })).toBe(
    'To be reviewed: the wages differ, the income tax differs.',
  );
  expect(eventInWords(reader, 'evidence_entered', { number: { raw: 1 } })).toBe(
    'Evidence entered: document -.',
  );
  expect(eventInWords(reader, 'present_work', { employments: 1 })).toContain('1 job.');
});

test('a task says what is to be done now, as the state of its row tells', () => {
  expect(taskInWords(english, 'mismatch', { because: 'returned', said: 'Show the order.' })).toBe(
    'The finance officer returned the claim: "Show the order." Answer it, or add the document.',
  );
  expect(taskInWords(english, 'mismatch', { because: 'silent' })).toContain(
    'enter a document about the wages',
  );
  expect(taskInWords(english, 'resolution', { ground: 'silence', state: 'examining' })).toContain(
    'did not answer',
  );
  expect(taskInWords(english, 'compliance', { ground: 'conditions', state: 'directed' })).toContain(
    'the pay',
  );
});

test('what follows is said from the side of who reads', () => {
  const supervisor = { owner: 'supervisor' };
  expect(nextOwnerInWords('en', supervisor, 'own')).toBe('your supervisor has it');
  expect(nextOwnerInWords('en', supervisor, 'next')).toBe('it is yours then');
  expect(nextOwnerInWords('en', supervisor)).toBe('the supervisor has it');
  expect(nextOwnerInWords('en', { owner: 'employer' }, 'own')).toBe('you may still do it late');
  expect(stepInWords('en', 'closure', 'stays', 'own')).toContain('stays with you');
});

describe('the reasons of a match', () => {
  const seeker: Seeker = {
    recommendation: {
      suitableKinds: ['office'],
      unsuitableKinds: ['night_work'],
      conditions: ['ramp'],
      maxHoursPerWeek: 36,
    },
    district: '1703202',
    skills: ['Excel'],
    wishes: { kinds: ['sewing'], partTime: true, minWage: 2_500_000 },
  };
  const vacancy: Vacancy = {
    id: 'V-000001',
    kind: 'reserved',
    work: 'office',
    title: 'Clerk',
    freePlaces: 1,
    conditions: ['ramp'],
    hoursPerWeek: 36,
    wage: 980_000,
    district: '1703206',
    skills: ['Excel', 'Russian'],
  };
  const names: Record<string, string> = {
    office: 'office work',
    ramp: 'a ramp at the entrance',
    '1703206': 'Asaka',
  };
  const reader = { ...english, nameOf: (code: string) => names[code] };

  test('of a ranked job can be read to the person', () => {
    const [job] = match(seeker, [vacancy]).suitable;
    expect(job?.reasons.map((reason) => reasonInWords(reader, reason))).toEqual([
      'Your work recommendation names this kind of work: office work.',
      'The employer offers what you need at work: a ramp at the entrance.',
      'The job is 36 hours a week, within the 36 that your work recommendation allows.',
      'It is not the work that you asked for, but another kind: office work.',
      'It is part-time work, as you wish: 36 hours a week.',
      "It pays 980 000 so'm a month, less than the 2 500 000 so'm that you wish for.",
      'You have a skill that the employer asks for: Excel.',
      'The employer asks for a skill that is not among yours: Russian.',
      'It is in another district of your region: Asaka.',
      'The job is reserved for persons with disabilities: Clerk.',
    ]);
  });

  test('so can the words of the recommendation on a job that is not suitable', () => {
    const [job] = match(seeker, [
      { ...vacancy, work: 'night_work', hoursPerWeek: 40, conditions: [] },
    ]).notSuitable;
    expect(job?.because.map((reason) => reasonInWords(reader, reason))).toEqual([
      'Your work recommendation says that this work is not suitable for you: night_work. It says: night_work.',
      'The job is 40 hours a week; your work recommendation allows at most 36.',
      'Your work recommendation says what you need at work, and the employer does not offer it: a ramp at the entrance.',
    ]);
  });

  test('without a recommendation about work the person hears that nobody knows', () => {
    const [job] = match({ ...seeker, recommendation: null }, [vacancy]).notSuitable;
    expect(job?.because.map((reason) => reasonInWords(reader, reason))).toEqual([
      'It is not known whether this job is suitable for you. No work recommendation says which work suits you.',
    ]);
  });

  test('without names codes are read as they are', () => {
    const reason = { code: 'same_district', for: true, params: { district: '1703202' } } as const;
    expect(reasonInWords(english, reason)).toBe('It is in your district: 1703202.');
  });
});

test('a case that is assigned to the office: the office is named in the reader’s language', () => {
  const read = { today: '2026-03-01', nameOf: () => undefined };
  const assigned = (language: 'en' | 'uz-Latn', to: string) =>
    eventInWords({ language, ...read }, 'reassigned', { to });
  expect(assigned('en', 'office')).toBe('Case assigned to the office.');
  expect(assigned('uz-Latn', 'office')).toBe('Keys topshirildi: rahbar.');
  expect(assigned('uz-Latn', 'O-2')).toBe('Keys topshirildi: O-2.');
});

test('a sentence ends with one full stop, also after words that end with one', () => {
  const ended = (outcome: string) =>
    eventInWords(english, 'service_ended', { kind: 'documents', provider: 'Adliya', outcome });
  expect(ended('The passport is renewed.')).toMatch(/: The passport is renewed\.$/);
  expect(ended('renewed')).toMatch(/: renewed\.$/);
  expect(ended('Is it renewed?')).toMatch(/: Is it renewed\?$/);
  expect(ended('to be seen...')).toMatch(/: to be seen\.\.\.$/);
});

test('employers are sent to the employment office, officials to their own area', () => {
  const words = (by: string) =>
    whyNotInWords(english, { code: 'not_yours', params: { roles: 'case_manager', by } });
  expect(words('employer')).toBe('This is for: case manager. Ask the employment office of your district.');
  expect(words('supervisor')).toBe('This is for: case manager. Ask them in your area.');
});

test('the parts that are missing in an application are named by their names, with the officer’s sentence', () => {
  const params = { fields: 'documents.hiring_order, costs.0', missing: 'The order has no stamp.' };
  expect(eventInWords(english, 'application_returned', params)).toBe(
    'Application returned for completion: documents: hiring order, costs: 1. The order has no stamp.',
  );
});

test('an order that the treasury accepted is not unanswered', () => {
  expect(eventInWords(english, 'register_asked', { register: 'treasury', answer: 'accepted' })).toBe(
    'Asked: the treasury. Answer: accepted, to be carried out.',
  );
});

test('a task that went to another office is said in that office’s words', () => {
  expect(taskInWords(english, 'repayment', { owner: 'employer' })).toMatch(/^Repay what was paid too much/);
  expect(taskInWords(english, 'repayment', { owner: 'finance_officer' })).toMatch(
    /^The employer did not repay/,
  );
  expect(taskInWords(english, 'account_correction', { owner: 'finance_officer' })).toMatch(
    /propose the right/,
  );
});

test('a change of the rules names each value before and after', () => {
  const values = {
    'lengths.accountRest': { before: { n: 3, unit: 'workingDays' }, after: { n: 1, unit: 'workingDays' } },
    'programmes.hire_pwd.multiple': { before: null, after: 200 },
    bhm: { before: 330_000, after: 340_000 },
  };
  const facts = {
    rules: Object.keys(values).join(', '),
    values,
    from: '2026-12-01',
    appliesTo: 'new',
    deadlines: 2,
  };
  expect(taskInWords(english, 'decide_policy', facts)).toBe(
    'Approve or reject a change of the rules, in force from 1 December: ' +
      'the rest of a new account: 1 working day (before: 3 working days); ' +
      'wage subsidy for hiring a person with a disability, hundredths of the BHM a month: 200 (before: none); ' +
      "the BHM: 340 000 so'm (before: 330 000 so'm). It changes only deadlines that begin from then on. " +
      'By the dry run, 2 of the open deadlines change.',
  );
});
