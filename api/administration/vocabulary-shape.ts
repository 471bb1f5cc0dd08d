import { z } from 'zod';
import type { FieldError } from '../../domain/field-error';
import { type Term, termLanguages, type VocabularyName, vocabularyNames } from '../../domain/vocabulary';
import type { Tx } from '../../prisma/db';
import type { VocabularyTerm } from '../../prisma/generated/client';
import { withRevision } from '../../records/kernel/revisions';
import { idLike, line, lines, revision } from '../http/fields';

/** A term of a vocabulary as the API shows it, and the checks of its routes. */

export const tag = 'vocabularies';
export const vocabularyName = z.enum(vocabularyNames).meta({
  description:
    '`occupation`: kinds of work, the groups of ISCO-08. `condition`: conditions at work. `skill`: skills.',
});
export const termCode = idLike(/^[a-z\d_]{1,40}$/, '933');
export const inVocabulary = z.strictObject({ vocabulary: vocabularyName });
export const params = z.strictObject({ vocabulary: vocabularyName, code: termCode });

export const names = z
  .strictObject({
    en: line,
    'uz-Latn': line,
    'uz-Cyrl': z.exactOptional(line),
    ru: z.exactOptional(line),
  })
  .meta({ description: 'The name by language.' });

export const fields = {
  names,
  synonyms: lines.meta({ description: 'Other words for it, in any language and script.' }),
  retired: z.boolean().meta({
    description: 'A retired term is not given any more. Where it was given, it stays readable and counts.',
  }),
};

export const term = z
  .object({
    vocabulary: vocabularyName,
    code: z.string(),
    names: z.partialRecord(z.enum(termLanguages), z.string()),
    synonyms: z.array(z.string()),
    retired: z.boolean(),
  })
  .meta({ id: 'Term' });
export const edited = term.extend({ revision }).meta({ id: 'TermEdited' });

export const shown = ({ id: _, changes: _changes, ...row }: VocabularyTerm) => row;
export const edit = (tx: Pick<Tx, 'revision'>, row: VocabularyTerm) =>
  withRevision(tx, `term/${row.id}`, shown(row));

export const idOfTerm = ({ vocabulary, code }: Pick<Term, 'vocabulary' | 'code'>): string =>
  `${vocabulary}/${code}`;

/** Kinds of work have the codes of groups: one digit, and one more for each group inside. */
export function wrongCode(vocabulary: VocabularyName, code: string): FieldError | undefined {
  if (vocabulary !== 'occupation' || /^\d{1,3}$/.test(code)) return undefined;
  return { field: 'code', detail: 'Give the code of a group of ISCO-08: 1 to 3 digits, such as 933.' };
}
