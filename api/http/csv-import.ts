import { TextDecoder } from 'node:util';
import { z } from 'zod';
import { type About, type Entry, record, recordAll } from '../../records/kernel/events';
import { entryOf, type KeptKind, recorded } from '../../records/kernel/changes';
import type { Json } from '../../prisma/db';
import { change } from '../../records/kernel/change';
import type { Transaction } from '../../records/kernel/transaction';
import { charsetOf } from './body';
import type { Outcome, Refused } from './create-or-change';
import { linesOf } from './csv-line';
import { type Columns, columnsOf, readLine, type Wanted, wrongColumns } from './csv-rows';
import { Problem, tooLarge } from './problem';
import { ok, type Ctx, type Reply } from './route';

export interface ImportOf<Row> {
  /** The name of the rows in the event of the import. */
  what: 'people' | 'employers' | 'vacancies' | 'centres' | 'courses' | 'territories' | 'terms' | 'officials';
  kind: KeptKind;
  row: z.ZodType<Row>;
  columns: Wanted;
  /** The business key. The later of two lines with the same key in one file is refused. */
  keyOf(row: Row): string;
  /** Writes a batch in one transaction. Returns the result of each row, in their order. */
  write(transaction: Transaction, rows: readonly Row[]): Promise<Outcome[]>;
  /** What the event of a row is about, and its parameters beside those of the change. */
  event?(id: string, row: Row): { about?: About; params?: Record<string, Json> };
}

const LIMIT_BYTES = 32 * 1024 * 1024;
const LONGEST_LINE = 65_536;
const BATCH = 500;
/** An import stops after more rejected lines than these. */
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
        code: z
          .string()
          .exactOptional()
          .meta({ description: 'The code of the command that refuses the same.' }),
      }),
    )
    .meta({ description: 'Line by line; the header is line 1.' }),
};
export const importReport = z.object(shape).meta({
  id: 'ImportReport',
  example: {
    lines: 3,
    accepted: 2,
    created: 1,
    changed: 1,
    unchanged: 0,
    rejectedLines: 1,
    rejected: [{ line: 4, field: 'stir', detail: 'Give all 9 digits.' }],
  },
});
type Report = z.output<typeof importReport>;

/**
 * Imports a CSV file while it arrives, in batches of one transaction each. The business key of a line decides whether it
 * creates a row, changes one, or changes nothing, so the same file may be sent again. Wrong lines are reported, and the
 * others are still imported. The import stops after too many wrong lines.
 *
 * @throws Problem 413 above 32 MiB; 415 for an unknown charset; 422 for a file without a header or with wrong columns;
 *   422 with the report after more than 1000 wrong lines; 499 when the caller goes away
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
    ctx.disconnected.throwIfAborted();
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
    const read = readLine(it.row, columns, text);
    if ('errors' in read) reject(n, read.errors);
    else {
      const key = it.keyOf(read.row);
      if (seen.has(key))
        reject(n, [{ field: '(line)', detail: 'Remove this line: an earlier line has the same key.' }]);
      else batch.push({ line: n, row: read.row });
      seen.add(key);
    }
    if (batch.length >= BATCH) await flush();
    if (report.rejectedLines <= MOST_REJECTED) continue;
    await flush();
    throw tooManyRejected(n, inOrder());
  }
  if (!columns) throw wrongColumns('The file is empty. Name the columns in its first line.', []);
  await flush();
  return ok(inOrder());
}

const tooManyRejected = (line: number, report: Report): Problem =>
  new Problem(
    422,
    'too_many_wrong_lines',
    `More than ${MOST_REJECTED} lines are wrong, so the import stopped at line ${line}. The right lines before it are imported. ` +
      'Correct the file and send it again.',
    { more: { report } },
  );

const tooLong = (line: number): Problem =>
  new Problem(422, 'too_long_line', `Line ${line} has more than ${LONGEST_LINE} characters. Shorten it.`);

/** A decoder for the charset of the Content-Type, or for UTF-8 where it names none. */
function decoderOf(ctx: Ctx): TextDecoder {
  const charset = charsetOf(ctx.header('Content-Type'));
  try {
    return new TextDecoder(charset);
  } catch {
    throw new Problem(415, 'unsupported_encoding', 'The charset is unknown. Send UTF-8.');
  }
}

async function writeBatch<Row>(ctx: Ctx, it: ImportOf<Row>, rows: readonly Row[]): Promise<Outcome[]> {
  const cause = { actor: ctx.actor, subject: `import/${it.what}`, correlationId: ctx.correlationId };
  return change(ctx.records, cause, async (transaction) => {
    const outcomes = await it.write(transaction, rows);
    const events = outcomes.flatMap((outcome, index) => {
      const row = rows[index];
      return 'did' in outcome && row !== undefined ? eventsOf(it, outcome, row) : [];
    });
    await recordAll(transaction, events);
    const accepted = outcomes.filter((outcome) => 'did' in outcome).length;
    await record(transaction, 'imported', {}, { what: it.what, lines: rows.length, accepted });
    return outcomes;
  });
}

function eventsOf<Row>(it: ImportOf<Row>, outcome: Exclude<Outcome, Refused>, row: Row): Entry[] {
  const { id, did } = outcome;
  const said = it.event?.(id, row) ?? {};
  if (did === 'changed') return [entryOf(it.kind, id, outcome.change, said)];
  if (did === 'unchanged') return [];
  return [{ type: recorded[it.kind], about: {}, ...said, subject: `${it.kind}/${id}` }];
}

/** Counts the bytes and stops above the limit. */
async function* limited(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > LIMIT_BYTES) throw tooLarge('32 MiB');
    yield piece;
  }
}
