import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { type Entry, record, recordAll } from '../records/events';
import { change, type Unit } from '../records/unit';
import { changesOf } from './changes';
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
  write(unit: Unit, rows: readonly Row[]): Promise<Outcome[]>;
  /** The event of a row that was created or changed. */
  eventOf(did: 'created' | 'changed', id: string, row: Row): Entry;
}

const LIMIT_BYTES = 32 * 1024 * 1024;
const BATCH = 500;
/** A report names so many rejected lines; the rest are counted. */
const NAMED = 10_000;

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
    .meta({ description: `Line by line, the first ${NAMED}; the header is line 1.` }),
};
export const importReport = z.object(shape).meta({ id: 'ImportReport' });
type Report = z.output<typeof importReport>;

/**
 * Takes a CSV file as it comes, in batches of one transaction each: what a line says is created, changed or left as it is,
 * by its business key, so that the same file may be sent again. Lines that are wrong are reported and do no harm.
 *
 * @throws Problem 413 above 32 MiB, 422 for a header that lacks or has unknown columns
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
    for (const error of errors) if (report.rejected.length < NAMED) report.rejected.push({ line, ...error });
  };
  const parser = parse({
    columns: (header: string[]) => checked(header, it.columns),
    bom: true,
    trim: true,
    comment: '#',
    comment_no_infix: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 65_536,
    info: true,
  });
  parser.on('skip', (error: CsvError) => {
    report.lines += 1;
    reject(Number(error['lines'] ?? 0), [
      { field: '(line)', detail: 'Cannot be read: its columns or quotes do not fit.' },
    ]);
  });
  const feeding = pipeline(ctx.stream, limited(), parser);
  feeding.catch(() => ctx.stream.resume());

  const seen = new Set<string>();
  let batch: { line: number; row: Row }[] = [];
  const flush = async () => {
    const lines = batch;
    batch = [];
    if (lines.length === 0) return;
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

  for await (const { info, record: fields } of parser as AsyncIterable<{
    info: { lines: number };
    record: Record<string, string>;
  }>) {
    report.lines += 1;
    const read = it.row.safeParse(withoutEmpty(fields));
    const errors = read.success ? textErrors(fields) : errorsOf(read.error);
    const key = read.success ? it.keyOf(read.data) : '';
    if (errors.length > 0 || !read.success) reject(info.lines, errors);
    else if (seen.has(key)) reject(info.lines, [{ field: '(line)', detail: 'Stands in this file already.' }]);
    else {
      seen.add(key);
      batch.push({ line: info.lines, row: read.data });
    }
    if (batch.length >= BATCH) await flush();
  }
  await feeding;
  await flush();
  return ok({ ...report, rejected: report.rejected.toSorted((a, b) => a.line - b.line) });
}

async function writeBatch<Row>(ctx: Ctx, it: ImportOf<Row>, rows: readonly Row[]): Promise<Outcome[]> {
  const cause = { actor: ctx.actor, subject: `import/${it.what}`, correlationId: ctx.correlationId };
  return change(ctx.records, cause, async (unit) => {
    const outcomes = await it.write(unit, rows);
    const events = outcomes.flatMap((outcome, index) => {
      const row = rows[index];
      return 'did' in outcome && outcome.did !== 'unchanged' && row !== undefined
        ? [it.eventOf(outcome.did, outcome.id, row)]
        : [];
    });
    await recordAll(unit, events);
    const accepted = outcomes.filter((outcome) => 'did' in outcome).length;
    await record(unit, 'imported', {}, { what: it.what, lines: rows.length, accepted });
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
function checked(header: string[], { needed, possible }: ImportOf<never>['columns']): string[] {
  const known = new Set([...needed, ...possible]);
  const errors = [
    ...needed
      .filter((name) => !header.includes(name))
      .map((name) => ({ field: name, detail: 'The column is missing.' })),
    ...header
      .filter((name, index) => !known.has(name) || header.indexOf(name) !== index)
      .map((name) => ({
        field: /^\w{1,40}$/.test(name) ? name : '?',
        detail: 'Is no column of this file, or stands twice.',
      })),
  ];
  if (errors.length > 0)
    throw new Problem(422, 'wrong_columns', 'The first line names the columns.', { errors });
  return header;
}

/** Counts the bytes and stops above the limit. */
function limited(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > LIMIT_BYTES) done(tooLarge('32 MiB'));
      else done(null, chunk);
    },
  });
}

/** An empty cell is a value that is not there. */
const withoutEmpty = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** What is not UTF-8, or a NUL. */
const textErrors = (fields: Record<string, string>): FieldError[] =>
  Object.entries(fields)
    .filter(([, value]) => /[\0\uFFFD]/.test(value))
    .map(([field]) => ({ field, detail: 'Holds characters that are no UTF-8 text.' }));

/** A cell with several words, separated by semicolons. */
export const cellOfWords = z.string().transform((cell) =>
  cell
    .split(';')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
