import { nextNumbers } from '../../records/kernel/numbers';
import type { Transaction } from '../../records/kernel/transaction';
import { wrongAreas } from '../http/areas';
import { Coder } from '../http/coded';
import { createOrChange, type Refused } from '../http/create-or-change';
import { cellOfWords } from '../http/csv-rows';
import { lines } from '../http/fields';
import { importRoute } from '../http/import-route';
import { keepers, newCentre, type NewCentre, tag, theirs } from './centre-shape';

const importRow = newCentre.extend({ accessibility: cellOfWords.pipe(lines).default([]) });

export const importing = importRoute<NewCentre>({
  path: '/centres/import',
  tag,
  summary: 'Import centres from CSV',
  description:
    'Columns: stir, kind, name, district. Optional columns: address, phone, email, language, accessibility (separated by semicolons). ' +
    'The key is the STIR.',
  who: keepers,
  what: 'centres',
  kind: 'centre',
  row: importRow,
  columns: {
    needed: ['stir', 'kind', 'name', 'district'],
    possible: ['address', 'phone', 'email', 'language', 'accessibility'],
  },
  keys: () => (row) => row.stir,
  write: writeRows,
});

async function writeRows(transaction: Transaction, rows: readonly NewCentre[]) {
  const { tx, actor } = transaction;
  const vocabulary = await transaction.vocabulary();
  const districts = rows.map((row) => row.district);
  const wrong = new Map((await wrongAreas(tx, actor, districts)).map(({ code, detail }) => [code, detail]));
  const stirs = rows.map((row) => row.stir);
  const found = await tx.centre.findMany({ where: { stir: { in: stirs } } });
  const known = new Map(found.map((row) => [row.stir, row]));
  const own = await tx.centre.findMany({
    where: { AND: [{ stir: { in: stirs } }, theirs(actor)] },
    select: { stir: true },
  });
  const mayChange = new Set(own.map((row) => row.stir));
  const notTheirs = (row: NewCentre): Refused | undefined =>
    (known.has(row.stir) || actor.centreId !== undefined) && !mayChange.has(row.stir)
      ? { field: 'stir', detail: 'You do not keep the record of this centre. Remove the line.' }
      : undefined;
  const plan = (row: NewCentre) => {
    const before = known.get(row.stir);
    const coder = new Coder(vocabulary);
    const said = { ...row, accessibility: coder.list('accessibility', 'condition', row.accessibility) };
    const detail = wrong.get(row.district);
    const refused =
      notTheirs(row) ?? (detail === undefined ? coder.errors[0] : { field: 'district', detail });
    return refused ?? { ...(before && { before }), said };
  };
  return createOrChange('centre', rows, plan, {
    numbers: ({ length }) => nextNumbers(tx, 'centre', length),
    create: (made) => tx.centre.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
    update: (id, data) => tx.centre.update({ where: { id }, data }),
  });
}
