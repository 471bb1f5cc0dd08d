import { z } from 'zod';
import { nextNumbers } from '../../records/kernel/numbers';
import type { Transaction } from '../../records/kernel/transaction';
import { wrongAreas } from '../http/areas';
import { createOrChange } from '../http/create-or-change';
import { importRoute } from '../http/import-route';
import { keepers, newEmployer, type NewEmployer, tag } from './employer-shape';

const importRow = newEmployer.extend({
  stateShare: z.coerce.number().int().min(0).max(100).nullable().default(null),
  employees: z.coerce.number().int().min(0).max(1_000_000).nullable().default(null),
});

export const importing = importRoute<NewEmployer>({
  path: '/employers/import',
  tag,
  summary: 'Import employers from CSV',
  description:
    'Columns: stir, name, district. Optional columns: phone, email, language, ownership, stateShare, employees, week. The key is the STIR.',
  who: keepers,
  what: 'employers',
  kind: 'employer',
  row: importRow,
  columns: {
    needed: ['stir', 'name', 'district'],
    possible: ['phone', 'email', 'language', 'ownership', 'stateShare', 'employees', 'week'],
  },
  keys: () => (row) => row.stir,
  write: writeRows,
  event: (id) => ({ about: { employerId: id } }),
});

async function writeRows(transaction: Transaction, rows: readonly NewEmployer[]) {
  const { tx, actor } = transaction;
  const wrong = new Map(
    (
      await wrongAreas(
        tx,
        actor,
        rows.map((row) => row.district),
      )
    ).map(({ code, detail }) => [code, detail]),
  );
  const found = await tx.employer.findMany({ where: { stir: { in: rows.map((row) => row.stir) } } });
  const known = new Map(found.map((row) => [row.stir, row]));
  const plan = (row: NewEmployer) => {
    const before = known.get(row.stir);
    const detail = wrong.get(row.district);
    if (detail !== undefined) return { field: 'district', detail };
    if (before && !before.district.startsWith(actor.area))
      return { field: 'stir', detail: 'This employer is recorded in another area. Remove the line.' };
    return { ...(before && { before }), said: row };
  };
  return createOrChange('employer', rows, plan, {
    numbers: ({ length }) => nextNumbers(tx, 'employer', length),
    create: (made) => tx.employer.createMany({ data: made.map(({ id, said }) => ({ id, ...said })) }),
    update: (id, data) => tx.employer.update({ where: { id }, data }),
  });
}
