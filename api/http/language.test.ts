import { languageFor } from './language';

test.each([
  [undefined, 'en', 'en'],
  [undefined, undefined, 'uz-Latn'],
  ['*', undefined, 'uz-Latn'],
  ['ru-RU,ru;q=0.9', 'en', 'en'],
  ['en-GB,en;q=0.9', 'uz-Latn', 'en'],
  ['uz', 'en', 'uz-Latn'],
  ['uz-UZ,ru;q=0.8', 'en', 'uz-Latn'],
  ['UZ-latn-uz', 'en', 'uz-Latn'],
  ['uz-Cyrl, en;q=0.5', undefined, 'en'],
  ['en;q=0.3, uz-Latn;q=0.7', 'en', 'uz-Latn'],
  ['en;q=0, uz;q=0.1', 'en', 'uz-Latn'],
  [';;;,,q=1', 'en', 'en'],
] as const)('asked for %s by a reader of %s: %s', (accepted, own, language) => {
  expect(languageFor(accepted, own, 'uz-Latn')).toBe(language);
});
