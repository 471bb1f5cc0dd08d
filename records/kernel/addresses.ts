import { kinds, type Kinds, shownKinds } from './kinds';

/** A resource of the API: the numbers of its rows as a regular expression, and its collection. */
interface Address {
  like: string;
  path: string;
}

const numbered = (prefix: string): string => `^${prefix}-[0-9]{6,}$`;

const likeOf = (number: Kinds['case']['number']): string => {
  if (number === 'fundsDay') return '^(social_protection-)?[0-9]{4}-[0-9]{2}-[0-9]{2}$';
  return 'prefix' in number ? numbered(number.prefix) : number.like.source;
};

const addresses: readonly Address[] = [
  ...shownKinds.map((kind) => ({ like: likeOf(kinds[kind].number), path: kinds[kind].path })),
  { like: numbered('P'), path: 'people' },
  { like: numbered('E'), path: 'employers' },
  { like: numbered('V'), path: 'vacancies' },
  { like: numbered('TC'), path: 'centres' },
  { like: numbered('CO'), path: 'courses' },
];

/** The collection of the row with a number; undefined when no row has such a number. */
export const pathOfNumber = (number: string): string | undefined =>
  addresses.find(({ like }) => new RegExp(like).test(number))?.path;
