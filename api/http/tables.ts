import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { type Reply, XLSX } from './route';

/** Tables that the service answers as files. */

type Value = string | number | bigint | null;
type Rows<Column extends string> = readonly Readonly<Record<Column, Value>>[];

/** Lines of one part of a CSV. */
const AT_ONCE = 500;

/** Rows as CSV, in parts. The first line names the columns. */
export const csvOf = <Column extends string>(columns: readonly Column[], rows: Rows<Column>): Reply => ({
  status: 200,
  type: 'text/csv; charset=utf-8',
  parts: partsOf(columns, rows),
});

function* partsOf<Column extends string>(columns: readonly Column[], rows: Rows<Column>): Generator<string> {
  yield stringify([[...columns]]);
  for (let n = 0; n < rows.length; n += AT_ONCE)
    yield stringify(rows.slice(n, n + AT_ONCE).map((row) => columns.map((column) => inert(row[column]))));
}

/**
 * Rows as a workbook of one sheet. The first row names the columns and stays in view.
 *
 * @param sheet its name
 */
export const workbookOf = async <Column extends string>(
  sheet: string,
  columns: readonly Column[],
  rows: Rows<Column>,
): Promise<Reply> => ({
  status: 200,
  type: XLSX,
  body: await writeXlsxFile(
    [
      columns.map((value) => ({ value, fontWeight: 'bold' as const })),
      ...rows.map((row) => columns.map((column) => cellOf(inert(row[column])))),
    ],
    { sheet, stickyRowsCount: 1, columns: columns.map(() => ({ width: 16 })) },
  ).toBuffer(),
});

const cellOf = (value: Value) => {
  if (value === null) return null;
  return typeof value === 'string' ? { value } : { value: Number(value), format: '#,##0' };
};

/** Puts an apostrophe before a text that begins like a formula, so that a spreadsheet does not calculate it. */
const inert = (value: Value): Value =>
  typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value;

const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;
