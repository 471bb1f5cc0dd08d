import { z } from 'zod';
import { EMPLOYMENT } from '../../domain/fund';
import { officeFund } from '../../domain/money/funds';
import type { Official } from '../../prisma/generated/client';
import { fillGaps } from '../../records/kernel/gaps';
import { wrongLevel } from '../../records/kernel/offices';
import { isPerson } from '../../records/kernel/participations';
import type { Transaction } from '../../records/kernel/transaction';
import { centreProblem, postOf } from '../../records/officials';
import { wrongAreas } from '../http/areas';
import { createOrChange, type Refused } from '../http/create-or-change';
import { email, language, line, officeArea, phone, pinfl, stir } from '../http/fields';
import { importRoute } from '../http/import-route';
import { fund, id, NO_FUND, officialRoles, rank, tag } from './official-shape';

const importRow = z.strictObject({
  id,
  name: line,
  role: z.enum(officialRoles),
  area: officeArea.default(''),
  rank: rank.exactOptional(),
  centre: stir.exactOptional(),
  fund: fund.exactOptional(),
  phone: phone.exactOptional(),
  email: email.exactOptional(),
  language: language.unwrap().exactOptional(),
  person: id.exactOptional(),
  pinfl: pinfl.exactOptional(),
});
type ImportRow = z.output<typeof importRow>;

export const importing = importRoute<ImportRow>({
  path: '/officials/import',
  tag,
  summary: 'Import officials from CSV',
  description:
    'Columns: id, name, role, area. Optional columns: rank, fund, centre (the STIR of a training officer’s centre), phone, email, language, person, pinfl. The key is the id. An empty area is the ' +
    'republic. Any other empty cell changes nothing. A line with another role or office than the recorded one is refused: POST /officials/{id}/move ' +
    'moves an official together with their open work.',
  who: ['administrator'],
  what: 'officials',
  kind: 'official',
  row: importRow,
  columns: {
    needed: ['id', 'name', 'role', 'area'],
    possible: ['rank', 'fund', 'centre', 'phone', 'email', 'language', 'person', 'pinfl'],
  },
  keys: () => (row) => row.id,
  write: writeRows,
  event: (official, { name }) => ({ params: { official, name } }),
});

async function writeRows(transaction: Transaction, rows: readonly ImportRow[]) {
  const { tx, actor } = transaction;
  const ids = rows.map((row) => row.id);
  await tx.$queryRaw`SELECT id FROM officials WHERE id = ANY(${ids}) ORDER BY id FOR NO KEY UPDATE`;
  const found = await tx.official.findMany({ where: { id: { in: ids } } });
  const known = new Map(found.map((row) => [row.id, row]));
  const areas = rows.map((row) => row.area).filter((area) => area !== '');
  const wrong = new Map((await wrongAreas(tx, actor, areas)).map(({ code, detail }) => [code, detail]));
  const stirs = rows.flatMap(({ centre }) => centre ?? []);
  const centres = new Map(
    (await tx.centre.findMany({ where: { stir: { in: stirs } } })).map((row) => [row.stir, row]),
  );
  const outcomes = await createOrChange(
    'official',
    rows,
    ({ centre: taxNumber, ...row }) => {
      const before = known.get(row.id);
      const centre = centres.get(taxNumber ?? '');
      const problem = taxNumber === undefined ? undefined : centreProblem(row, centre);
      if (problem) return { field: 'centre', ...problem };
      const detail = wrongLevel(row.role, row.area) ?? wrong.get(row.area);
      if (detail !== undefined) return { field: 'area', detail };
      if (row.fund !== undefined && officeFund(row.role, row.fund) !== row.fund)
        return { field: 'fund', detail: NO_FUND };
      const said = { ...row, ...(centre && { centreId: centre.id }) };
      return (before && otherOffice(before, said)) ?? { ...(before && { before }), said };
    },
    {
      numbers: (fresh) => Promise.resolve(fresh.map((row) => row.id)),
      create: (made) => tx.official.createMany({ data: made.map(({ said }) => said) }),
      async update(official, data) {
        const before = known.get(official);
        const after = await tx.official.update({ where: { id: official }, data });
        if (before) await isPerson(transaction, before, after);
      },
    },
  );
  const appointed = rows.filter((_, index) => (outcomes[index] as { did?: string }).did === 'created');
  await fillGaps(
    transaction,
    appointed.map(({ role, area, rank: as = 'officer', fund: of = EMPLOYMENT, centre = '' }) =>
      postOf(role, { area, rank: as, centreId: centres.get(centre)?.id ?? null, fund: of }),
    ),
  );
  return outcomes;
}

/** An import changes nobody's office, because open work would have to go elsewhere. */
function otherOffice(
  before: Official,
  row: Omit<ImportRow, 'centre'> & { centreId?: string },
): Refused | undefined {
  if (before.leftOn !== null)
    return {
      field: 'id',
      code: 'left_already',
      detail: 'This official has left. POST /officials/{id}/return brings them back.',
    };
  if (before.role !== row.role)
    return {
      field: 'role',
      detail: 'This account has another role. Record another account, with the same person.',
    };
  const office = { area: 'area', rank: 'rank', fund: 'fund', centreId: 'centre' } as const;
  const other = (['area', 'rank', 'fund', 'centreId'] as const).find(
    (part) => before[part] !== (row[part] ?? before[part]),
  );
  if (other === undefined) return undefined;
  return {
    field: office[other],
    detail: 'The record has another value. POST /officials/{id}/move changes it.',
  };
}
