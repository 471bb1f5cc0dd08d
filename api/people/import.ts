import { z } from 'zod';
import { birthDayOf, sexOf } from '../../domain/pinfl';
import { nextNumbers } from '../../records/kernel/numbers';
import type { Transaction } from '../../records/kernel/transaction';
import { wrongAreas } from '../http/areas';
import { createOrChange } from '../http/create-or-change';
import { cellOfWords } from '../http/csv-rows';
import { day, email, language, line, lines, mahalla, phone, pinfl } from '../http/fields';
import { importRoute } from '../http/import-route';
import { heldByCase } from './open-case';
import { phoneKeeper, tag } from './person';
import { personInCodes } from './person-words';

const cellNumber = z.coerce.number();
const importRow = z.strictObject({
  pinfl,
  name: line,
  mahalla,
  address: line.exactOptional(),
  phone: phone.exactOptional(),
  email: email.exactOptional(),
  language: language.unwrap().exactOptional(),
  skills: cellOfWords.pipe(lines).exactOptional(),
  recommendedUntil: day.exactOptional(),
  group: cellNumber.pipe(z.union([z.literal(1), z.literal(2), z.literal(3)])).exactOptional(),
  suitableKinds: cellOfWords.pipe(lines).exactOptional(),
  unsuitableKinds: cellOfWords.pipe(lines).exactOptional(),
  conditions: cellOfWords.pipe(lines).exactOptional(),
  maxHoursPerWeek: cellNumber.pipe(z.int().min(1).max(48)).exactOptional(),
  words: z.string().max(2000).exactOptional(),
});
type ImportRow = z.output<typeof importRow>;

export const importing = importRoute<ImportRow>({
  path: '/people/import',
  tag,
  summary: 'Import people from CSV, with their work recommendations',
  description:
    'Columns: pinfl, name, mahalla. Optional columns: address, phone, email, language, skills, and of the work recommendation: recommendedUntil, ' +
    'group, suitableKinds, unsuitableKinds, conditions, maxHoursPerWeek, words. Lists are separated by semicolons. The key is ' +
    'the PINFL. An empty cell changes nothing. A line that changes the mahalla or the recommendation of a person ' +
    'with an open case is refused, as PATCH /people/{id} does.',
  who: ['supervisor', 'administrator'],
  what: 'people',
  kind: 'person',
  row: importRow,
  columns: {
    needed: ['pinfl', 'name', 'mahalla'],
    possible: Object.keys(importRow.shape).filter((name) => !['pinfl', 'name', 'mahalla'].includes(name)),
  },
  keys: () => (row) => row.pinfl,
  write: writeRows,
  event: (id) => ({ about: { personId: id } }),
});

async function writeRows(transaction: Transaction, rows: readonly ImportRow[]) {
  const { tx, actor, today } = transaction;
  const wrong = new Map(
    (
      await wrongAreas(
        tx,
        actor,
        rows.map((row) => row.mahalla),
      )
    ).map(({ code, detail }) => [code, detail]),
  );
  const numbers = rows.map((row) => row.pinfl);
  await tx.$queryRaw`SELECT id FROM people WHERE pinfl = ANY(${numbers}) ORDER BY id FOR NO KEY UPDATE`;
  const found = await tx.person.findMany({
    where: { pinfl: { in: numbers } },
    include: {
      cases: { where: { open: true }, select: { id: true } },
      joined: { where: { cases: { some: { open: true } } }, select: { id: true } },
    },
  });
  const known = new Map(found.map((row) => [row.pinfl, row]));
  const byId = new Map(found.map((row) => [row.id, row]));
  const vocabulary = await transaction.vocabulary();
  const keepPhone = await phoneKeeper(transaction);
  const plan = (row: ImportRow) => {
    const before = known.get(row.pinfl);
    const detail = wrong.get(row.mahalla);
    if (detail !== undefined) return { field: 'mahalla', detail };
    if (birthDayOf(row.pinfl) > today)
      return {
        field: 'pinfl',
        detail: 'The PINFL has a day of birth that is still to come. Check the number.',
      };
    if (row.group !== undefined && row.recommendedUntil === undefined)
      return { field: 'recommendedUntil', detail: 'Give this with the rest of the recommendation.' };
    if (before && !before.mahalla.startsWith(actor.area))
      return { field: 'pinfl', detail: 'This person is recorded in another area. Remove the line.' };
    if (before?.joinedTo)
      return {
        field: 'pinfl',
        code: 'joined',
        detail: `This record is joined to ${before.joinedTo}. Change that record.`,
      };
    const { person: said, coder } = personInCodes(vocabulary, asRow(row), '');
    const [unknown] = coder.errors;
    if (unknown) return unknown;
    const held =
      before && before.cases.length + before.joined.length > 0 ? heldByCase(before, said) : undefined;
    return held ?? { ...(before && { before }), said };
  };
  return createOrChange('person', rows, plan, {
    numbers: ({ length }) => nextNumbers(tx, 'person', length),
    create: (made) =>
      tx.person.createMany({
        data: made.map(({ id, said }) => ({
          id,
          birth: birthDayOf(said.pinfl),
          sex: sexOf(said.pinfl),
          createdAt: transaction.now,
          ...said,
        })),
      }),
    update: (id, data) => {
      const before = byId.get(id);
      const phone = before && keepPhone(before, data);
      return tx.person.update({ where: { id }, data: { ...data, ...phone } });
    },
  });
}

/** The columns of a line's row. The recommendation is one column; it needs the group. */
function asRow({
  group,
  suitableKinds,
  unsuitableKinds,
  conditions,
  maxHoursPerWeek,
  words,
  ...row
}: ImportRow) {
  if (group === undefined) return row;
  const said = {
    group,
    suitableKinds: suitableKinds ?? [],
    unsuitableKinds: unsuitableKinds ?? [],
    conditions: conditions ?? [],
    ...(maxHoursPerWeek !== undefined && { maxHoursPerWeek }),
    words: words ?? '',
  };
  return { ...row, recommendation: said };
}
