import { codeInWords } from '../../domain/words/values';
import { eventInWords } from '../../domain/words/words';
import { languages } from '../../domain/words/languages';
import { told, valued } from './changes';

test('names each changed field, and holds the values that are no personal data', () => {
  const before = { phone: '+998901111111', week: 'five', employees: 3, district: '1703202' };
  expect(told('employer', before, { phone: '+998902222222', week: 'six', district: '1703202' })).toEqual({
    fields: 'phone, week',
    values: { week: { before: 'five', after: 'six' } },
  });
  expect(told('vacancy', { wage: 2_000_000n, taken: 0 }, { wage: 2_500_000n, taken: 1 })).toEqual({
    fields: 'wage',
    values: { wage: { before: 2_000_000, after: 2_500_000 } },
  });
  expect(told('person', { mahalla: '1703202001' }, { mahalla: '1703202002' })).toEqual({ fields: 'mahalla' });
});

test('nothing is told where nothing differs, or only a column that follows from others', () => {
  expect(told('employer', { week: 'five' }, { week: 'five', employees: undefined })).toBeUndefined();
  expect(told('vacancy', { taken: 0 }, { taken: 1 })).toBeUndefined();
});

const fields = [...new Set(Object.values(valued).flat())];

test.each(fields)('%s has words, and its value is said before and after, in every language', (field) => {
  for (const language of languages) {
    const label = codeInWords(language, 'field', field);
    expect(field === label && /[A-Z]/.test(field)).toBe(false);
    const values = { [field]: { before: null, after: '2026' } };
    const words = eventInWords({ language, today: '2026-03-02' }, 'vacancy_changed', {
      fields: field,
      values,
    });
    expect(words).toMatch(new RegExp(`${label}: .+ \\(`));
  }
});
