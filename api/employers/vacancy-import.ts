import { z } from 'zod';
import { nextNumbers } from '../../records/kernel/numbers';
import type { Transaction } from '../../records/kernel/transaction';
import { readVocabulary } from '../../records/kernel/vocabulary';
import { anywhere, wrongAreas } from '../http/areas';
import { Coder } from '../http/coded';
import { createOrChange } from '../http/create-or-change';
import { cellOfWords } from '../http/csv-rows';
import { lines, stir } from '../http/fields';
import { importRoute } from '../http/import-route';
import { jobCheck } from './vacancy-checks';
import { fields, type Job, job, MOST_HOURS, tag, theirs } from './vacancy-shape';

const number = z.coerce.number();
const importRow = z.strictObject({
  stir,
  ...job,
  places: number.pipe(fields.places),
  wage: number.pipe(fields.wage),
  hoursPerWeek: number.pipe(fields.hoursPerWeek).default(MOST_HOURS),
  conditions: cellOfWords.pipe(lines).default([]),
  skills: cellOfWords.pipe(lines).default([]),
});
type ImportRow = Job & { stir: string };

export const importing = importRoute<ImportRow>({
  path: '/vacancies/import',
  tag,
  summary: 'Import jobs from CSV',
  description:
    'Columns: stir, kind, work, title, places, wage, district. Optional columns: conditions, skills (both separated by semicolons), ' +
    'hoursPerWeek. Kinds of work, conditions and skills are codes, names or synonyms. The key is stir, kind, work, title and district together.',
  who: ['employment_officer', 'administrator'],
  what: 'vacancies',
  kind: 'vacancy',
  row: importRow,
  columns: {
    needed: ['stir', 'kind', 'work', 'title', 'places', 'wage', 'district'],
    possible: ['conditions', 'skills', 'hoursPerWeek'],
  },
  async keys({ records: { db } }) {
    const vocabulary = await readVocabulary(db, db);
    return (row) => keyOf({ ...row, work: new Coder(vocabulary).work('work', row.work) });
  },
  write: writeRows,
});

/** The key of a job with its kind of work in codes. */
const keyOf = (row: { stir: string; kind: string; work: string; title: string; district: string }): string =>
  JSON.stringify([row.stir, row.kind, row.work, row.title, row.district]);

async function writeRows(transaction: Transaction, rows: readonly ImportRow[]) {
  const { tx } = transaction;
  const employers = new Map(
    (
      await tx.employer.findMany({
        where: { AND: [{ stir: { in: rows.map((row) => row.stir) } }, theirs(transaction.actor)] },
      })
    ).map((row) => [row.stir, row]),
  );
  const wrong = new Set(
    (
      await wrongAreas(
        tx,
        anywhere,
        rows.map((row) => row.district),
      )
    ).map(({ code }) => code),
  );
  const found = await tx.vacancy.findMany({
    where: { employerId: { in: [...employers.values()].map(({ id }) => id) }, state: { not: 'withdrawn' } },
    include: { employer: { select: { stir: true } } },
  });
  const known = new Map(found.map((row) => [keyOf({ ...row, stir: row.employer.stir }), row]));
  const check = await jobCheck(transaction);
  const plan = (row: ImportRow) => {
    const { job: coded, coder } = check(row);
    const { stir: taxNumber, ...said } = coded;
    const owner = employers.get(taxNumber);
    const before = known.get(keyOf(coded));
    if (!owner) return { field: 'stir', detail: 'No employer with this STIR is recorded in your area.' };
    if (owner.state !== 'active')
      return { field: 'stir', detail: `The employer is ${owner.state}, so no job is recorded for it.` };
    if (wrong.has(row.district))
      return { field: 'district', detail: 'No territory with this code is recorded. Check the code.' };
    const [wrongField] = coder.errors;
    if (wrongField) return wrongField;
    if (before && said.places < before.taken)
      return { field: 'places', detail: `Give at least the ${before.taken} places that are taken already.` };
    return { ...(before && { before }), said: { ...said, employerId: owner.id, wage: BigInt(said.wage) } };
  };
  return createOrChange('vacancy', rows, plan, {
    numbers: ({ length }) => nextNumbers(tx, 'vacancy', length),
    create: (made) => tx.vacancy.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
    update: (id, data) => tx.vacancy.update({ where: { id }, data }),
  });
}
