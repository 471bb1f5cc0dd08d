import writeXlsxFile from 'write-excel-file/node';

type Value = string | number | bigint | null;

/**
 * Rows as a workbook of one sheet, the names of the columns in the first row, which stays in view.
 *
 * @param sheet its name
 */
export const workbook = <Column extends string>(
  sheet: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Value>>[],
): Promise<Buffer> =>
  writeXlsxFile(
    [
      columns.map((value) => ({ value, fontWeight: 'bold' as const })),
      ...rows.map((row) => columns.map((column) => cellOf(row[column]))),
    ],
    { sheet, stickyRowsCount: 1, columns: columns.map(() => ({ width: 16 })) },
  ).toBuffer();

const cellOf = (value: Value) => {
  if (value === null) return null;
  return typeof value === 'string' ? { value } : { value: Number(value), format: '#,##0' };
};
