import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { type Reply, XLSX } from './route';

/** Tables that the service answers as files. */

type Value = string | number | bigint | null;
type Rows<Column extends string> = readonly Readonly<Record<Column, Value>>[];

/** Rows as CSV. The first line names the columns. */
export const csvOf = <Column extends string>(columns: readonly Column[], rows: Rows<Column>): Reply => ({
  status: 200,
  type: 'text/csv; charset=utf-8',
  body: stringify(
    rows.map((row) => columns.map((column) => inert(row[column]))),
    { header: true, columns: [...columns] },
  ),
});

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
