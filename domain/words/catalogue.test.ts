import { blockers } from '../money/blockers';
import { daysReviews } from '../money/mismatch';
import { obligations } from '../obligations';
import { pathways } from '../pathways';
import { approvalKinds } from '../pathways/approval';
import { caseOutcomes, measureKinds, serviceKinds } from '../pathways/case';
import { correctionReasons, returnCodes } from '../pathways/claim';
import { endReasons } from '../pathways/employment';
import { unjustifiedCodes } from '../pathways/inspection';
import { rejectionCodes } from '../pathways/referral';
import { refusalCodes, stopCodes } from '../pathways/subsidy';
import { roles, rolesWithHead } from '../roles';
import { messageOf, type Use, wordsIn } from './catalogue';
import { languages } from './languages';
import { noticeParams, readWhenSent } from './notice-params';
import { parameters, say, type Vocabulary } from './values';
import type { NoticeType } from './words';

/** Every text of a language by its place in the catalogue: `notices.reminder`. */
const textsOf = (part: object, at: readonly string[] = []): [string, string][] =>
  Object.entries(part).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' ? [[[...at, key].join('.'), inner]] : textsOf(inner as object, [...at, key]),
  );

const english = textsOf(wordsIn('en'));
const others = languages.filter((language) => language !== 'en');

const usesOf = (language: (typeof languages)[number], text: string): [string, Use[]][] =>
  [...messageOf(language, text).uses]
    .map(([name, uses]): [string, Use[]] => [name, [...uses].toSorted()])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

describe.each(others)('%s', (language) => {
  const texts = new Map(textsOf(wordsIn(language)));

  test('has the texts of the English catalogue, and no others', () => {
    expect([...texts.keys()].toSorted()).toEqual(english.map(([key]) => key).toSorted());
  });

  test.each(english)('%s takes the arguments that the English text takes', (key, text) => {
    expect(usesOf(language, texts.get(key) ?? '')).toEqual(usesOf('en', text));
  });

  test('no text was left in English', () => {
    const same = english.filter(([key, text]) => texts.get(key) === text && /[a-z]{3} [a-z]{3}/.test(text));
    expect(same).toEqual([]);
  });
});

const groups = ['notices', 'events', 'matching', 'notAllowed'] as const;
const said = groups.flatMap((group) =>
  Object.entries(wordsIn('en')[group]).map(([type, text]) => [type, text] as const),
);

test.each(said)('%s: every parameter is shown by a rule', (type, text) => {
  const all = Object.fromEntries([...messageOf('en', text).uses.keys()].map((name) => [name, '2026-12-04']));
  for (const language of languages)
    expect(() => say({ language, today: '2026-01-01' }, text, all, type)).not.toThrow();
});

test.each(Object.entries(wordsIn('en').waits.owed))(
  '%s: what is owed is said whatever the state tells',
  (kind, text) => {
    expect(say({ language: 'en', today: '' }, text, {}, kind)).toMatch(/^[A-Z].*\.$/);
  },
);

test('every kind of wait has words', () => {
  expect(Object.keys(wordsIn('en').waits.owed).toSorted()).toEqual(Object.keys(obligations).toSorted());
});

test.each(Object.entries(wordsIn('en').notices))(
  '%s names no more than it is told or can read',
  (type, text) => {
    const known = [...noticeParams[type as NoticeType], ...readWhenSent] as readonly string[];
    expect([...messageOf('en', text).uses.keys()].filter((name) => !known.includes(name))).toEqual([]);
  },
);

test.each(languages)('%s: a message fits an SMS: it has letters of the plain alphabet alone', (language) => {
  const odd = textsOf({ ...wordsIn(language).notices, ...wordsIn(language).waits.owed }).filter(([, text]) =>
    /[^\n -~]/.test(text),
  );
  expect(odd).toEqual([]);
});

const rolesOfOffices = [
  ...roles,
  ...rolesWithHead.map((role) => `${role}_head`),
  'register',
  'clock',
  'system',
];
const vocabularies: [Vocabulary, readonly string[]][] = [
  ['rejection', Object.keys(rejectionCodes)],
  ['unjustified', unjustifiedCodes],
  ['outcome', caseOutcomes],
  ['measure', measureKinds],
  ['service', serviceKinds],
  ['end_reason', endReasons],
  ['refusal', refusalCodes],
  ['stop', stopCodes],
  ['claim_return', returnCodes],
  ['review', [...returnCodes, ...daysReviews, 'register_silent']],
  ['correction', correctionReasons],
  ['proposal', approvalKinds],
  ['approval_fall', blockers],
  ['role', rolesOfOffices],
];

test.each(vocabularies)('every code of %s has words in every language', (vocabulary, codes) => {
  for (const language of languages)
    expect(Object.keys(wordsIn(language).codes[vocabulary])).toEqual(expect.arrayContaining([...codes]));
});

test.each(Object.entries(pathways))(
  'every state of %s has words in every language',
  (kind, { open, closed }) => {
    for (const language of languages)
      expect(Object.keys(wordsIn(language).codes.state[kind as 'case'])).toEqual(
        expect.arrayContaining([...open, ...closed]),
      );
  },
);

test('the table of parameters names none that no text uses', () => {
  const used = new Set(english.flatMap(([, text]) => [...messageOf('en', text).uses.keys()]));
  expect(Object.keys(parameters).filter((name) => !used.has(name))).toEqual([]);
});
