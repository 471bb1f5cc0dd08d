import { foldedWords } from '../../domain/folding';
import { line } from './fields';

/** A name to search for. It has at least one letter. */
export const soughtName = line
  .min(2, 'Write at least 2 characters')
  .refine((name) => foldedWords(name).length > 0, 'Write at least one letter');
