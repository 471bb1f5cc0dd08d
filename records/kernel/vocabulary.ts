import {
  type Term,
  type TermNames,
  type Vocabulary,
  type VocabularyName,
  vocabularyOf,
} from '../../domain/vocabulary';
import type { Db, Tx } from '../../prisma/db';
import type { VocabularyTerm } from '../../prisma/generated/client';

/** The vocabularies as last read, by database. */
const known = new WeakMap<Db, { version: string; vocabulary: Vocabulary }>();

/**
 * The vocabularies. They are kept in memory. One small query tells whether the copy is still right.
 *
 * @param db whose vocabularies are kept in memory
 */
export async function readVocabulary(
  tx: Pick<Tx, 'vocabularyTerm' | '$queryRaw'>,
  db: Db,
): Promise<Vocabulary> {
  const version = await versionOf(tx);
  const kept = known.get(db);
  if (kept?.version === version) return kept.vocabulary;
  const vocabulary = await freshVocabulary(tx);
  known.set(db, { version, vocabulary });
  return vocabulary;
}

/** The vocabularies as a transaction that has changed them sees them. They are not kept: the change may be undone. */
export async function freshVocabulary(tx: Pick<Tx, 'vocabularyTerm'>): Promise<Vocabulary> {
  const terms = await tx.vocabularyTerm.findMany({ orderBy: [{ vocabulary: 'asc' }, { code: 'asc' }] });
  return vocabularyOf(terms.map(termOf));
}

/** The vocabularies with a few codes alone, by vocabulary. */
export async function vocabularyWith(
  tx: Pick<Tx, 'vocabularyTerm'>,
  codes: Partial<Record<VocabularyName, readonly string[]>>,
): Promise<Vocabulary> {
  const ids = Object.entries(codes).flatMap(([of, some]) => some.map((code) => `${of}/${code}`));
  return vocabularyOf((await tx.vocabularyTerm.findMany({ where: { id: { in: ids } } })).map(termOf));
}

/** A term as the rules know it. */
export const termOf = ({ vocabulary, names, ...row }: VocabularyTerm): Term => ({
  ...row,
  vocabulary: vocabulary as VocabularyName,
  names: names as TermNames,
});

/** Each change of a term makes it another, and so does each new term. No term is ever deleted. */
async function versionOf(tx: Pick<Tx, '$queryRaw'>): Promise<string> {
  const [row] = await tx.$queryRaw<[{ version: string }]>`
    SELECT concat_ws('|', count(*), sum(changes)) AS version FROM vocabulary_terms`;
  return row.version;
}
