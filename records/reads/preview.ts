import { recipientKind } from '../../domain/words/notice-params';
import { Prisma } from '../../prisma/generated/client';
import type { Event, Notice, Task } from '../../prisma/generated/client';
import { type Day, dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { wordsIn } from '../../domain/words/catalogue';
import { eventInWords } from '../../domain/words/words';
import { fill, type Params, type Reader, say, stateInWords } from '../../domain/words/values';
import type { Db, Tx } from '../../prisma/db';
import { change } from '../kernel/change';
import { writeEntries } from '../kernel/entries';
import {
  idsByKind,
  type RowKind,
  rowOf,
  type ShownKind,
  statesOf,
  subjectOf,
  subjectOfSubsidy,
} from '../kernel/rows';
import type { Cause, Records, Transaction } from '../kernel/transaction';
import { aboutAll } from './about';
import { maySeePerson } from './beside';
import { namedIn, namesOf } from './names';
import { readerOf } from './reader';
import { idsIn, subjectInWords } from './subject';
import { describerOf } from './tasks';

/** A row of the preview. `subject` is its workflow id, `about` its person, employer, job and number in one line. */
type Of<T> = T & { subject: string; about: string };

/** Of rows, by their workflow ids, those that a caller sees. */
export type Sees = (tx: Tx, subjects: readonly string[]) => Promise<ReadonlySet<string>>;

/** What a change would do, in words, as far as the caller sees its rows. Nothing of it is written. */
export interface Preview {
  /** The workflow ids of the rows that would be made. */
  made: string[];
  /** These rows. They have no number yet. */
  opens: { kind: string; state: string; about: string; words: string }[];
  /** The rows that would leave their states. */
  rows: Of<{ from: string; to: string; words: string }>[];
  /** The acts that nobody would owe any more, and the acts that somebody would owe. */
  ends: Of<{ what: string; words: string; dueOn: Day | null }>[];
  begins: Of<{ what: string; words: string; role: string; dueOn: Day | null }>[];
  /** The deadlines that would move, each with its day before and after. */
  moves: Of<{ what: string; words: string; from: Day; to: Day }>[];
  /** The reserved money that would be free again, by month. Amounts are in so'm. */
  frees: Of<{ month: string; amount: number; words: string }>[];
  /** The events of the time lines; none for an employer. */
  events: Of<{ type: string; words: string }>[];
  /** The messages, by their recipients. An employer reads no names of persons or officials. */
  told: Of<{ recipient: string; name: string | null; channels: string[] }>[];
}

/** A command that is tried and not given. */
export interface Trial {
  kind: ShownKind;
  id: string;
  name: string;
  body: object;
  actor: Actor;
  correlationId: string;
}

/** Undoes the transaction of a preview. */
class TakenBack extends Error {
  constructor(readonly preview: Preview) {
    super('taken back');
  }
}

/**
 * Makes a change in a transaction, reads what it did, and undoes it. Nothing is written, and nobody is woken or told. The acts
 * that end are described as they are owed without the change.
 *
 * @param sees tells which rows the caller sees, also those that the change makes
 * @throws the refusal of the change
 */
export async function previewOf(
  records: Records,
  cause: Cause,
  work: (transaction: Transaction) => Promise<unknown>,
  sees: Sees,
): Promise<Preview> {
  try {
    return await change(records, cause, async (transaction) => {
      const { _max } = await transaction.tx.event.aggregate({ _max: { id: true } });
      await work(transaction);
      await writeEntries(transaction);
      throw new TakenBack(await read(transaction, { ...cause, sees, recorded: records.db }, _max.id ?? 0n));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.preview;
    throw error;
  }
}

/** The columns that are read of the entries that a change wrote. */
type WrittenEvent = Pick<Event, 'subject' | 'type' | 'params'>;
type WrittenNotice = Pick<Notice, 'subject' | 'type' | 'recipient' | 'recipientId' | 'channel'>;

/**
 * Reads the entries of this transaction alone: other transactions have other numbers (`xmin`).
 *
 * @param recorded the record without this transaction
 */
async function read(
  transaction: Transaction,
  { actor, subject, sees, recorded }: Cause & { sees: Sees; recorded: Db },
  lastEvent: bigint,
): Promise<Preview> {
  const { tx, now, moved } = transaction;
  const events = await ours<WrittenEvent>(
    transaction,
    Prisma.sql`id, subject, type, params`,
    Prisma.sql`events`,
    Prisma.sql`id > ${lastEvent}`,
  );
  const subjects = [...new Set([subject, ...moved.keys(), ...events.map((event) => event.subject)])];
  const ofThem = Prisma.sql`subject = ANY(${subjects})`;
  const written = await ours<{ id: bigint }>(transaction, Prisma.sql`id`, Prisma.sql`tasks`, ofThem);
  const tasks = await tx.task.findMany({
    where: { id: { in: written.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
  const opened = tasks.filter(({ closedAt }) => closedAt === null);
  const begun = tasks.filter(isBegun);
  const toBegin = await describerOf(tx, begun, actor, now);
  const endedIds = tasks.filter(({ closedAt }) => closedAt !== null).map(({ id }) => id);
  const ended = await recorded.task.findMany({ where: { id: { in: endedIds } }, orderBy: { id: 'asc' } });
  const toEnd = await describerOf(recorded, ended, actor, now);
  const notices = await ours<WrittenNotice>(
    transaction,
    Prisma.sql`key, subject, type, recipient, recipient_id AS "recipientId", channel`,
    Prisma.sql`notices`,
    ofThem,
  );
  const named = [...new Set([...subjects, ...tasks.map((task) => task.subject)])];
  const seen = await sees(tx, named);
  const made = await madeIn(tx, recorded, named);
  const abouts = await aboutInWords(transaction, actor, named, new Set(made.map((row) => row.subject)));
  const about = (of: string): string => abouts.get(of) ?? '';
  const isSeen = (entry: { subject: string }): boolean => seen.has(entry.subject);
  // An employer reads no names of officials, and no time lines, whose words name them.
  const isEmployer = actor.role === 'employer';
  const shownEvents = isEmployer ? [] : events.filter(isSeen);
  const toldOf = notices.filter(isSeen);
  const readable = toldOf.filter(({ recipient }) => !isEmployer || recipient === 'employer');
  const names = await namesOf(tx, [...namedIn(shownEvents), ...readable.map((notice) => notice.recipientId)]);
  const reader = readerOf(actor, now, names);
  const owed = (task: Task, described: typeof toEnd) => ({
    subject: task.subject,
    about: about(task.subject),
    what: task.kind,
    words: described(task).what,
    dueOn: task.due && dayOf(task.due),
  });
  return {
    made: made.map((row) => row.subject),
    opens: made.filter(isSeen).map(({ subject: row, kind, state }) => ({
      kind,
      state,
      about: about(row),
      words: stateInWords(reader.language, kind, state),
    })),
    rows: [...moved].flatMap(([row, { from, to }]) =>
      from === to || !seen.has(row)
        ? []
        : { subject: row, about: about(row), from, to, words: moveInWords(reader, row, from, to) },
    ),
    ends: without(ended, opened)
      .filter(isSeen)
      .map((task) => owed(task, toEnd)),
    begins: without(begun, ended)
      .filter(isSeen)
      .map((task) => ({ ...owed(task, toBegin), role: task.role })),
    moves: [],
    frees: (await freed(transaction, reader))
      .filter(isSeen)
      .map((one) => ({ ...one, about: about(one.subject) })),
    events: shownEvents.map(({ subject: row, type, params }) => ({
      subject: row,
      about: about(row),
      type,
      words: eventInWords(reader, type, withoutNumbers(reader, params, made)),
    })),
    told: told(toldOf, names, about),
  };
}

/** Waits without those that end and begin again: for the same act, by the same owner and until the same day. */
const without = (tasks: readonly Task[], others: readonly Task[]): Task[] =>
  tasks.filter((task) => !others.some((other) => isSameAct(task, other)));

const isSameAct = (task: Task, other: Task): boolean =>
  task.subject === other.subject &&
  task.kind === other.kind &&
  task.ref === other.ref &&
  task.role === other.role &&
  task.due?.getTime() === other.due?.getTime();

/** The reserved money of each month that this transaction sets free [money §8]. */
async function freed(
  { tx, now }: Transaction,
  reader: Reader,
): Promise<Omit<Preview['frees'][number], 'about'>[]> {
  const rows = await tx.$queryRaw<{ subsidy: string; month: string | null; amount: bigint }[]>`
    SELECT subsidy_id AS subsidy, month, -sum(amount)::bigint AS amount FROM ledger_entries
    WHERE at = ${now} AND event = 'released' AND account = 'committed' AND xmin = pg_current_xact_id()::xid
    GROUP BY subsidy_id, month ORDER BY subsidy_id, month`;
  const { frees } = wordsIn(reader.language).changes;
  return rows.map(({ subsidy, month, amount }) => ({
    subject: subjectOfSubsidy(subsidy),
    month: month ?? '',
    amount: Number(amount),
    words: say(reader, frees, { month, amount }),
  }));
}

/** Whether people owe a written act. */
const isBegun = ({ closedAt, role }: Task): boolean =>
  closedAt === null && role !== 'register' && role !== 'clock';

/** A row that a change would make. */
interface Made {
  subject: string;
  id: string;
  kind: RowKind;
  state: string;
}

/** Of these rows those that are not on record without the transaction. */
async function madeIn(tx: Tx, recorded: Db, subjects: readonly string[]): Promise<Made[]> {
  const made: Made[] = [];
  for (const [kind, ids] of idsByKind(subjects)) {
    const known = new Set((await statesOf(recorded, kind, ids)).map(({ id }) => id));
    for (const { id, state } of await statesOf(tx, kind, ids))
      if (!known.has(id)) made.push({ subject: subjectOf(kind, id), id, kind, state });
  }
  return made;
}

/** Rows in one line each: person, employer, job and number. A row that would be made has no number. */
async function aboutInWords(
  { tx, now }: Transaction,
  actor: Actor,
  subjects: readonly string[],
  made: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const abouts = await aboutAll(tx, subjects);
  const kept = subjects
    .filter((subject) => !rowOf(subject))
    .map((subject) => [subject, keyOf(subject)] as const);
  const names = await namesOf(tx, [
    ...subjects.flatMap((subject) => idsIn(subject, abouts.get(subject) ?? {})),
    ...kept.map(([, key]) => key),
  ]);
  const reader = readerOf(actor, now, names);
  const inWords = (subject: string): string => {
    const about = abouts.get(subject) ?? {};
    const shown = maySeePerson(actor, about) ? about : { ...about, person: null };
    return subjectInWords(reader, made.has(subject) ? '' : subject, shown, actor.role);
  };
  return new Map([
    ...subjects.map((subject): [string, string] => [subject, inWords(subject)]),
    ...kept.map(([subject, key]): [string, string] => [subject, names(key) ?? key]),
  ]);
}

/** The key of a kept record: `vacancy/V-000001`. */
const keyOf = (subject: string): string => subject.slice(subject.indexOf('/') + 1);

/** The parameters of an event without the numbers of rows that are not made. */
const withoutNumbers = ({ language }: Reader, params: unknown, made: readonly Made[]): Params =>
  Object.fromEntries(
    Object.entries(params as Params).map(([name, value]) => [
      name,
      made.some(({ id }) => id === value) ? wordsIn(language).changes.made : value,
    ]),
  );

/** Columns of the rows of a table that this transaction wrote, in the order of the first column. */
const ours = <Row>(
  { tx }: Transaction,
  columns: Prisma.Sql,
  table: Prisma.Sql,
  where: Prisma.Sql,
): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    SELECT ${columns} FROM ${table} WHERE ${where} AND xmin = pg_current_xact_id()::xid ORDER BY 1`;

/** A row's change of state, both states in words. */
function moveInWords(reader: Reader, subject: string, from: string, to: string): string {
  const kind = rowOf(subject)?.kind;
  if (!kind) return `${from}, ${to}`;
  const { language } = reader;
  const [before, after] = [stateInWords(language, kind, from), stateInWords(language, kind, to)];
  return fill(language, wordsIn(language).changes.move, { before, after });
}

/** One entry for each recipient of a message, with its channels. A person behind a proposal is the employer. */
function told(
  notices: readonly WrittenNotice[],
  names: (id: string) => string | undefined,
  about: (subject: string) => string,
): Preview['told'] {
  const entries = new Map<string, Preview['told'][number]>();
  for (const { subject, type, recipient, recipientId: id, channel } of notices) {
    const key = [subject, type, recipient, id].join(' ');
    const entry = entries.get(key) ?? {
      subject,
      about: about(subject),
      recipient: recipientKind({ type, recipient }),
      name: names(id) ?? null,
      channels: [],
    };
    entry.channels.push(channel);
    entries.set(key, entry);
  }
  return [...entries.values()];
}
