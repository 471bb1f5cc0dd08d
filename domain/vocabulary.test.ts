import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { match } from './matching';
import { differences, jobOf, seekerOf, unknownWords } from './seeker';
import { holds, isMinorGroup, type Term, vocabularyNames, vocabularyOf } from './vocabulary';

const row = z.object({
  vocabulary: z.enum(vocabularyNames),
  code: z.string().regex(/^[a-z\d_]{1,40}$/),
  en: z.string().min(1),
  'uz-Latn': z.string().min(1),
  synonyms: z.string(),
});
const file = path.join(__dirname, '../prisma/data/vocabularies.csv');
const shipped: Term[] = z
  .array(row)
  .parse(parse(readFileSync(file), { columns: true, comment: '#' }))
  .map(({ vocabulary, code, en, 'uz-Latn': uz, synonyms }) => ({
    vocabulary,
    code,
    names: { en, 'uz-Latn': uz },
    synonyms: synonyms.split(';').filter((word) => word !== ''),
    retired: false,
  }));
const vocabulary = vocabularyOf(shipped);

describe('the shipped vocabularies', () => {
  const works = shipped.filter((term) => term.vocabulary === 'occupation').map(({ code }) => code);

  test('hold the 130 minor groups of ISCO-08, each in its sub-major and major group', () => {
    expect(works.filter(isMinorGroup)).toHaveLength(130);
    for (const code of works.filter(isMinorGroup))
      expect(works.filter((group) => holds(group, code))).toEqual([code.slice(0, 1), code.slice(0, 2), code]);
  });

  test('have each code once', () => {
    expect(new Set(shipped.map(({ vocabulary: name, code }) => `${name}/${code}`)).size).toBe(shipped.length);
  });

  test.each([
    ['occupation', 'ombor', ['933']],
    ['occupation', 'Омбор', ['933']],
    ['occupation', 'тикувчи', ['753']],
    ['occupation', 'call_centre', ['422']],
    ['occupation', 'heavy_labour', ['71', '92', '93']],
    ['occupation', 'construction', ['71', '931']],
    ['occupation', '93', ['93']],
    ['occupation', 'nonsense', []],
    ['condition', 'тунги иш', ['day_work']],
    ['skill', 'ingliz tili', ['english']],
  ] as const)('%s: %s is %j', (name, word, codes) => {
    expect(vocabulary.codesOf(name, word).toSorted()).toEqual(codes);
  });

  test.each([
    ['omborr', '933'],
    ['tikuvchii', '753'],
    ['welders', '721'],
  ])('the nearest term to %s is %s', (word, code) => {
    expect(vocabulary.nearest('occupation', word).map((term) => term.code)).toContain(code);
  });

  test('a code has a name in each language, else in Uzbek, else itself', () => {
    expect(vocabulary.nameOf('occupation', '933')).toBe('Transport and storage labourers');
    expect(vocabulary.nameOf('occupation', '933', 'uz-Latn')).toBe('Transport va ombor ishchilari');
    expect(vocabulary.nameOf('occupation', '933', 'ru')).toBe('Transport va ombor ishchilari');
    expect(vocabulary.nameOf('occupation', 'gone')).toBe('gone');
  });
});

describe('a job for a person, by words of both', () => {
  const job = (work: string, more: object = {}) =>
    jobOf(
      {
        id: 'V-000001',
        kind: 'vacant',
        work,
        title: 'x',
        places: 1,
        taken: 0,
        hoursPerWeek: 40,
        conditions: [],
        skills: [],
        wage: 2_000_000n,
        district: '1703202',
        ...more,
      },
      vocabulary,
    );
  const because = (recommendation: object, work: string, more: object = {}) => {
    const seeker = seekerOf({ mahalla: '1703202001', skills: [], wishes: null }, recommendation, vocabulary);
    return match(seeker, [job(work, more)]).notSuitable.flatMap((apart) =>
      apart.because.map(({ code }) => code),
    );
  };

  test.each([
    ['TIEK’s Uzbek word rules out the employer’s English one', { unsuitableKinds: ['ombor'] }, 'warehouse'],
    ['in Cyrillic, too', { unsuitableKinds: ['Омбор'] }, 'warehouse'],
    ['a sub-major group rules out the groups in it', { unsuitableKinds: ['93'] }, '933'],
    ['a major group, too', { unsuitableKinds: ['9'] }, '933'],
  ])('%s', (_, recommendation, work) => {
    expect(because(recommendation, work)).toEqual(['kind_unsuitable']);
  });

  test('another group is not ruled out', () => {
    expect(because({ unsuitableKinds: ['ombor'] }, 'office')).toEqual([]);
    expect(because({ unsuitableKinds: ['932'] }, '933')).toEqual([]);
  });

  test('a ruled out manner of work is a condition that the job must keep', () => {
    expect(because({ unsuitableKinds: ['tungi ish'] }, 'office')).toEqual(['condition_missing']);
    expect(because({ unsuitableKinds: ['tungi ish'] }, 'office', { conditions: ['day_work'] })).toEqual([]);
  });

  test.each(['unsuitableKinds', 'conditions'])('an unknown word among %s: not known for any job', (list) => {
    expect(because({ suitableKinds: ['office'], [list]: ['zzz'] }, 'office')).toEqual(['words_not_known']);
  });

  test('an unknown word among the suitable kinds leaves those that are known suitable', () => {
    const recommendation = { suitableKinds: ['office', 'zzz'] };
    expect(because(recommendation, 'office')).toEqual([]);
    expect(because(recommendation, 'sewing')).toEqual(['words_not_known']);
  });

  test('a job’s word from before the vocabularies: not known beside a recommendation of kinds', () => {
    expect(because({ unsuitableKinds: ['ombor'] }, 'zzz')).toEqual(['work_not_known']);
    expect(because({}, 'zzz')).toEqual([]);
  });

  test('the words that a person is to explain', () => {
    const said = { suitableKinds: ['office', 'aaa'], unsuitableKinds: ['bbb'], conditions: ['ramp', 'bbb'] };
    expect(unknownWords(said, vocabulary)).toEqual(['aaa', 'bbb']);
    expect(unknownWords(null, vocabulary)).toEqual([]);
  });

  test('two recommendations differ by their codes, not by their words and order', () => {
    const certificate = { suitableKinds: ['office', 'sewing'], unsuitableKinds: ['Омбор', 'tungi ish'] };
    const same = {
      suitableKinds: ['sewing', 'office'],
      unsuitableKinds: ['warehouse'],
      conditions: ['day_work'],
    };
    expect(differences(certificate, same, vocabulary)).toEqual([]);
    expect(differences(certificate, { suitableKinds: ['office'], maxHoursPerWeek: 20 }, vocabulary)).toEqual([
      'suitableKinds',
      'unsuitableKinds',
      'conditions',
      'maxHoursPerWeek',
    ]);
    expect(differences({ conditions: ['zzz'] }, { conditions: ['aaa'] }, vocabulary)).toEqual(['conditions']);
  });
});
