import { TextDecoder } from 'node:util';
import { z } from 'zod';
import { type Entry, record, recordAll } from '../../records/kernel/events';
import { change } from '../../records/kernel/change';
import type { Transaction } from '../../records/kernel/transaction';
import { charsetOf } from './body';
import { changesOf } from './changes';
import { cellsOf, linesOf, type Separator, separatorOf } from './csv-line';
import { type FieldError, Problem, tooLarge } from './problem';
import { ok, type Ctx, type Reply } from './route';
import { errorsOf } from './validation';

/** Why a line is refused; with the code of the command that refuses the same, where there is one. */
export type Refused = FieldError & { code?: string };

/** What became of one line. */
export type Outcome = { id: string; did: 'created' | 'changed' | 'unchanged' } | Refused;

export interface ImportOf<Row> {
  /** The plural, as the event tells it. */
  what: 'people' | 'employers' | 'vacancies' | 'territories';
  row: z.ZodType<Row>;
  columns: { needed: readonly string[]; possible: readonly string[] };
  /** The business key: of two lines with the same key in one file the later is refused. */
  keyOf(row: Row): string;
  /** Writes a batch, in one transaction, and tells what became of each row, in their order. */
  write(transaction: Transaction, rows: readonly Row[]): Promise<Outcome[]>;
  /** The event of a row that was created or changed. */
  eventOf(did: 'created' | 'changed', id: string, row: Row): Entry;
}

const LIMIT_BYTES = 32 * 1024 * 1024;
const LONGEST_LINE = 65_536;
const BATCH = 500;
/** With more rejected lines than these an import stops. */
const MOST_REJECTED = 1000;

const shape = {
  lines: z.int().meta({ description: 'Lines of data, without the header.' }),
  accepted: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  rejectedLines: z.int(),
  rejected: z
    .array(
      z.object({
        line: z.int(),
        field: z.string(),
        detail: z.string(),
        code: z.string().exactOptional().meta({ description: 'As the command that refuses the same.' }),
      }),
    )
    .meta({ description: 'Line by line; the header is line 1.' }),
};
export const importReport = z.object(shape).meta({ id: 'ImportReport' });
type Report = z.output<typeof importReport>;

/**
 * Takes a CSV file as it comes, in batches of one transaction each: what a line says is created, changed or left as it is,
 * by its business key, so that the same file may be sent again. Lines that are wrong are reported and do no harm; with too
 * many of them the import stops.
 *
 * @throws Problem 413 above 32 MiB; 415 for a charset that we cannot read; 422 for a file without a header, for a header that
 *   lacks or has unknown columns, and with the report for more than 1000 wrong lines; 499 when the caller goes away
 */
export async function importCsv<Row>(ctx: Ctx, it: ImportOf<Row>): Promise<Reply> {
  if (Number(ctx.header('Content-Length') ?? 0) > LIMIT_BYTES) throw tooLarge('32 MiB');
  const report: Report = {
    lines: 0,
    accepted: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    rejectedLines: 0,
    rejected: [],
  };
  const reject = (line: number, errors: readonly Refused[]) => {
    report.rejectedLines += 1;
    for (const error of errors) report.rejected.push({ line, ...error });
  };

  const seen = new Set<string>();
  let batch: { line: number; row: Row }[] = [];
  const flush = async () => {
    const lines = batch;
    batch = [];
    if (lines.length === 0) return;
    ctx.gone.throwIfAborted();
    const outcomes = await writeBatch(
      ctx,
      it,
      lines.map(({ row }) => row),
    );
    for (const [index, outcome] of outcomes.entries())
      if ('did' in outcome) {
        report.accepted += 1;
        report[outcome.did] += 1;
      } else reject(lines[index]?.line ?? 0, [outcome]);
  };
  const inOrder = () => ({ ...report, rejected: report.rejected.toSorted((a, b) => a.line - b.line) });

  let columns: Columns | undefined;
  const limits = { longest: LONGEST_LINE, tooLong };
  for await (const { n, text } of linesOf(limited(ctx.pieces), decoderOf(ctx), limits)) {
    if (text.trim() === '') continue;
    if (!columns) {
      columns = columnsOf(text, it.columns);
      continue;
    }
    report.lines += 1;
    const read = readLine(it, columns, text);
    if ('errors' in read) reject(n, read.errors);
    else if (seen.has(it.keyOf(read.row)))
      reject(n, [{ field: '(line)', detail: 'Stands in this file already.' }]);
    else {
      seen.add(it.keyOf(read.row));
      batch.push({ line: n, row: read.row });
    }
    if (batch.length >= BATCH) await flush();
    if (report.rejectedLines <= MOST_REJECTED) continue;
    await flush();
    throw tooManyRejected(n, inOrder());
  }
  if (!columns) throw wrongColumns('The file is empty: its first line names the columns.', []);
  await flush();
  return ok(inOrder());
}

const tooManyRejected = (line: number, report: Report): Problem =>
  new Problem(
    422,
    'too_many_wrong_lines',
    `More than ${MOST_REJECTED} lines are wrong, so the import stopped at line ${line}. The right lines until then are taken. ` +
      'Mend the file and send it again.',
    { more: { report } },
  );

const tooLong = (line: number): Problem =>
  new Problem(422, 'too_long_line', `Line ${line} has more than ${LONGEST_LINE} characters.`);

/** The text is in the charset of the Content-Type, UTF-8 unless told. */
function decoderOf(ctx: Ctx): TextDecoder {
  const charset = charsetOf(ctx.header('Content-Type'));
  try {
    return new TextDecoder(charset);
  } catch {
    throw new Problem(415, 'unsupported_encoding', 'The charset is not known here: send UTF-8.');
  }
}

interface Columns {
  names: readonly string[];
  separator: Separator;
}

/** A line as a row, or what is wrong with it. */
function readLine<Row>(
  it: ImportOf<Row>,
  { names, separator }: Columns,
  text: string,
): { row: Row } | { errors: readonly FieldError[] } {
  const cells = cellsOf(text, separator);
  if (cells === undefined)
    return { errors: [{ field: '(line)', detail: 'Its quotes do not fit; a cell ends in its own line.' }] };
  if (cells.length !== names.length)
    return {
      errors: [{ field: '(line)', detail: `Has ${cells.length} cells; the header has ${names.length}.` }],
    };
  const fields = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  const unreadable = textErrors(fields);
  if (unreadable.length > 0) return { errors: unreadable };
  const read = it.row.safeParse(withoutEmpty(fields), { reportInput: true });
  return read.success ? { row: read.data } : { errors: errorsOf(read.error) };
}

async function writeBatch<Row>(ctx: Ctx, it: ImportOf<Row>, rows: readonly Row[]): Promise<Outcome[]> {
  const cause = { actor: ctx.actor, subject: `import/${it.what}`, correlationId: ctx.correlationId };
  return change(ctx.records, cause, async (transaction) => {
    const outcomes = await it.write(transaction, rows);
    const events = outcomes.flatMap((outcome, index) => {
      const row = rows[index];
      return 'did' in outcome && outcome.did !== 'unchanged' && row !== undefined
        ? [it.eventOf(outcome.did, outcome.id, row)]
        : [];
    });
    await recordAll(transaction, events);
    const accepted = outcomes.filter((outcome) => 'did' in outcome).length;
    await record(transaction, 'imported', {}, { what: it.what, lines: rows.length, accepted });
    return outcomes;
  });
}

/**
 * What becomes of rows with a business key: new ones are made all at once under the next numbers, known ones changed where
 * they differ.
 *
 * @param plan what is to be done with a row: refused, made, or compared with the one that stands
 */
export async function createOrChange<Row, Data extends object>(
  rows: readonly Row[],
  plan: (row: Row) => Refused | { before?: { id: string }; said: Data },
  {
    numbers,
    create,
    update,
  }: {
    numbers: (n: number) => Promise<string[]>;
    create: (made: { id: string; said: Data; row: Row }[]) => Promise<unknown>;
    update: (id: string, data: ReturnType<typeof changesOf<Data>>['data']) => Promise<unknown>;
  },
): Promise<Outcome[]> {
  const plans = rows.map((row) => ({ row, planned: plan(row) }));
  const isNew = ({ planned }: (typeof plans)[number]) => 'said' in planned && !planned.before;
  const ids = await numbers(plans.filter(isNew).length);
  const made: { id: string; said: Data; row: Row }[] = [];
  const outcomes: Outcome[] = [];
  for (const { row, planned } of plans) {
    if (!('said' in planned)) outcomes.push(planned);
    else if (planned.before) {
      const { id } = planned.before;
      const { data, fields } = changesOf(planned.before, planned.said);
      if (fields.length > 0) await update(id, data);
      outcomes.push({ id, did: fields.length > 0 ? 'changed' : 'unchanged' });
    } else {
      const id = ids[made.length] ?? '';
      made.push({ id, said: planned.said, row });
      outcomes.push({ id, did: 'created' });
    }
  }
  await create(made);
  return outcomes;
}

/** @throws Problem for a header that is not the one documented */
function columnsOf(text: string, { needed, possible }: ImportOf<never>['columns']): Columns {
  const separator = separatorOf(text);
  const names = cellsOf(text, separator) ?? [];
  const known = new Set([...needed, ...possible]);
  const errors = [
    ...needed
      .filter((name) => !names.includes(name))
      .map((name) => ({ field: name, detail: 'The column is missing.' })),
    ...names
      .filter((name, index) => !known.has(name) || names.indexOf(name) !== index)
      .map((name) => ({
        field: /^\w{1,40}$/.test(name) ? name : '?',
        detail: 'Is no column of this file, or stands twice.',
      })),
  ];
  if (errors.length > 0)
    throw wrongColumns('The first line names the columns, separated by commas or semicolons.', errors);
  return { names, separator };
}

const wrongColumns = (detail: string, errors: readonly FieldError[]): Problem =>
  new Problem(422, 'wrong_columns', detail, { errors });

/** Counts the bytes and stops above the limit. */
async function* limited(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > LIMIT_BYTES) throw tooLarge('32 MiB');
    yield piece;
  }
}

/** An empty cell is a value that is not there. */
const withoutEmpty = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** What is no text in the file's charset, or a NUL. */
const textErrors = (fields: Record<string, string>): FieldError[] =>
  Object.entries(fields)
    .filter(([, value]) => /[\0\uFFFD]/.test(value))
    .map(([field]) => ({
      field,
      detail: 'Holds characters that are no text in the charset of the file (UTF-8 unless told).',
    }));

/** A cell with several words, separated by semicolons. */
export const cellOfWords = z.string().transform((cell) =>
  cell
    .split(';')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
