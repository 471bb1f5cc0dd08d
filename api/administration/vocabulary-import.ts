import { z } from 'zod';
import type { TermNames } from '../../domain/vocabulary';
import { closeExplained } from '../../records/words-to-explain';
import { createOrChange } from '../http/create-or-change';
import { cellOfWords } from '../http/csv-rows';
import { line, lines } from '../http/fields';
import { importRoute } from '../http/import-route';
import { idOfTerm, tag, termCode, vocabularyName, wrongCode } from './vocabulary-shape';

const importRow = z.strictObject({
  vocabulary: vocabularyName,
  code: termCode,
  en: line,
  'uz-Latn': line,
  'uz-Cyrl': line.exactOptional(),
  ru: line.exactOptional(),
  synonyms: cellOfWords.pipe(lines).default([]),
});
type ImportRow = z.output<typeof importRow>;

export const importing = importRoute<ImportRow>({
  path: '/vocabularies/import',
  tag,
  summary: 'Import terms from CSV',
  description:
    'Columns: vocabulary, code, en, uz-Latn. Optional columns: uz-Cyrl, ru, synonyms (separated by semicolons). The key is ' +
    'vocabulary and code together. A term that the file leaves out stays.',
  who: ['administrator'],
  what: 'terms',
  kind: 'term',
  row: importRow,
  columns: {
    needed: ['vocabulary', 'code', 'en', 'uz-Latn'],
    possible: ['uz-Cyrl', 'ru', 'synonyms'],
  },
  keys: () => idOfTerm,
  async write(transaction, rows) {
    const { tx } = transaction;
    const found = await tx.vocabularyTerm.findMany({ where: { id: { in: rows.map(idOfTerm) } } });
    const known = new Map(found.map((row) => [row.id, row]));
    const plan = (row: ImportRow) => {
      const { vocabulary, code, synonyms, ...names } = row;
      const before = known.get(idOfTerm(row));
      const wrong = wrongCode(vocabulary, code);
      if (wrong) return wrong;
      const said = { vocabulary, code, names: names satisfies TermNames, synonyms };
      return { ...(before && { before }), said };
    };
    const outcomes = await createOrChange('term', rows, plan, {
      numbers: (fresh) => Promise.resolve(fresh.map(idOfTerm)),
      create: (made) => tx.vocabularyTerm.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
      update: (id, data) => tx.vocabularyTerm.update({ where: { id }, data }),
    });
    await closeExplained(transaction);
    return outcomes;
  },
  event: (_id, { vocabulary, code, 'uz-Latn': term }) => ({ params: { vocabulary, code, term } }),
});
