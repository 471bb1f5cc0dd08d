import { z } from 'zod';
import { ENTREPRENEURSHIP, weekdays } from '../../domain/training/course';
import type { Vocabulary } from '../../domain/vocabulary';
import { courseChanges } from '../../records/training-courses';
import { nextNumbers } from '../../records/kernel/numbers';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { Coder } from '../http/coded';
import { createOrChange } from '../http/create-or-change';
import { cellOfWords } from '../http/csv-rows';
import { lines, stir } from '../http/fields';
import { importRoute } from '../http/import-route';
import { flag } from '../http/stateful';
import { keepers, theirs } from './centre-shape';
import { checked } from './course-checks';
import { course, fields, type NewCourse, tag } from './course-shape';

const number = z.coerce.number();
const importRow = z.strictObject({
  stir,
  ...course,
  places: number.pipe(fields.places),
  rolling: flag.default(false),
  weeks: number.pipe(fields.weeks.unwrap()).nullable().default(null),
  heldOn: cellOfWords.pipe(z.array(z.enum(weekdays)).min(1)),
  skills: cellOfWords.pipe(lines).default([]),
  conditions: cellOfWords.pipe(lines).default([]),
});
type ImportRow = NewCourse & { stir: string };

export const importing = importRoute<ImportRow>({
  path: '/courses/import',
  tag,
  summary: 'Import courses from CSV',
  description:
    'Columns: stir (the centre’s), field, title, level, language, places, heldOn, startsAt, endsAt. Optional columns: firstDay, lastDay, ' +
    'rolling (`yes`), weeks, skills, conditions, entryConditions. heldOn, skills and conditions are separated by semicolons. ' +
    'The key is stir, field, title and firstDay together.',
  who: keepers,
  what: 'courses',
  kind: 'course',
  row: importRow,
  columns: {
    needed: ['stir', 'field', 'title', 'level', 'language', 'places', 'heldOn', 'startsAt', 'endsAt'],
    possible: ['firstDay', 'lastDay', 'rolling', 'weeks', 'skills', 'conditions', 'entryConditions'],
  },
  async keys({ records: { db } }) {
    const vocabulary = await readVocabulary(db, db);
    return (row) => keyOf({ ...row, field: fieldIn(vocabulary, row.field) });
  },
  write: writeRows,
});

const fieldIn = (vocabulary: Vocabulary, word: string): string =>
  word === ENTREPRENEURSHIP ? word : new Coder(vocabulary).work('field', word);

/** The key of a course with its field in codes. */
const keyOf = (row: { stir: string; field: string; title: string; firstDay: string | null }): string =>
  JSON.stringify([row.stir, row.field, row.title, row.firstDay]);

async function writeRows(transaction: Transaction, rows: readonly ImportRow[]) {
  const { tx, actor } = transaction;
  const vocabulary = await transaction.vocabulary();
  const kept = await tx.centre.findMany({
    where: { AND: [{ stir: { in: rows.map((row) => row.stir) } }, theirs(actor)] },
  });
  const centres = new Map(kept.map((row) => [row.stir, row]));
  const found = await tx.course.findMany({
    where: { centreId: { in: kept.map(({ id }) => id) }, state: { not: 'cancelled' } },
    include: { centre: { select: { stir: true } } },
  });
  const known = new Map(found.map((row) => [keyOf({ ...row, stir: row.centre.stir }), row]));
  const plan = (row: ImportRow) => {
    const { course: coded, coder } = checked(vocabulary, row);
    const { stir: taxNumber, ...said } = coded;
    const centre = centres.get(taxNumber);
    const before = known.get(keyOf(coded));
    if (!centre) return { field: 'stir', detail: 'You keep no centre with this STIR. Check the number.' };
    if (before && before.rolling !== said.rolling)
      return { field: 'rolling', detail: 'The recorded course differs in this. Give another title.' };
    const [wrong] = coder.errors;
    if (wrong) return wrong;
    return { ...(before && { before }), said: { ...said, centreId: centre.id } };
  };
  return createOrChange('course', rows, plan, {
    numbers: ({ length }) => nextNumbers(tx, 'course', length),
    create: (made) => tx.course.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
    async update(id, data) {
      const before = await tx.course.findUniqueOrThrow({ where: { id } });
      await courseChanges(transaction, before, data);
      return tx.course.update({ where: { id }, data });
    },
  });
}
