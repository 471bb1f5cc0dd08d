import { foldedWords } from '../../domain/folding';
import { line } from './fields';

/** A name to search for. It has at least one letter. */
export const soughtName = line
  .min(2, 'Write at least 2 characters')
  .refine((name) => foldedWords(name).length > 0, 'Write at least one letter');

/** Rows whose name has every word, in either script, with any apostrophe or none. */
export const named = (name: string) => ({
  AND: foldedWords(name).map((word) => ({ nameKey: { contains: literal(word) } })),
});

/** `%`, `_` and `\` are ordinary characters of a name. */
export const literal = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`);
