import { foldedWords } from '../../domain/folding';
import { line } from './fields';

/** A name that is looked for: at least one letter of it must be there. */
export const soughtName = line
  .min(2, 'Is too short')
  .refine((name) => foldedWords(name).length > 0, 'Holds no letter');

/** Rows whose name holds every word, in either script, with whatever apostrophe or without. */
export const named = (name: string) => ({
  AND: foldedWords(name).map((word) => ({ nameKey: { contains: literal(word) } })),
});

/** `%`, `_` and `\` in a name mean themselves. */
const literal = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`);
