import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { type Reply, XLSX } from './route';

/** Every table that leaves the service as a file is written here. */

type Value = string | number | bigint | null;
type Rows<Column extends string> = readonly Readonly<Record<Column, Value>>[];

/** Rows as CSV, the names of the columns in the first line. */
export const csvOf = <Column extends string>(columns: readonly Column[], rows: Rows<Column>): Reply => ({
  status: 200,
  type: 'text/csv; charset=utf-8',
  body: stringify(
    rows.map((row) => columns.map((column) => inert(row[column]))),
    { header: true, columns: [...columns] },
  ),
});

/**
 * Rows as a workbook of one sheet, the names of the columns in the first row, which stays in view.
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

/** A text that a spreadsheet would calculate, because it begins like a formula, gets an apostrophe before it. */
const inert = (value: Value): Value =>
  typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value;

const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;
