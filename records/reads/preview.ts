import { Prisma } from '../../prisma/generated/client';
import type { Event, Notice, Task } from '../../prisma/generated/client';
import type { Actor } from '../../domain/roles';
import { wordsIn } from '../../domain/words/catalogue';
import { eventInWords } from '../../domain/words/words';
import { fill, type Reader, stateInWords } from '../../domain/words/values';
import { change } from '../kernel/change';
import { rowOf, type ShownKind } from '../kernel/rows';
import type { Cause, Records, Transaction } from '../kernel/transaction';
import { namedIn, namesOf } from './names';
import { readerOf } from './reader';
import { describerOf } from './tasks';

/** A row of the preview. `subject` is its workflow id. */
type Of<T> = T & { subject: string };

/** What a change would do, in words. Nothing of it is written. */
export interface Preview {
  /** The rows that would leave their states. */
  rows: Of<{ from: string; to: string; words: string }>[];
  /** The acts that nobody would owe any more, and the acts that somebody would owe. */
  ends: Of<{ what: string; words: string }>[];
  begins: Of<{ what: string; words: string; role: string }>[];
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

/** What a change did, read before it is undone. The acts that end are still to be described. */
interface Tried extends Omit<Preview, 'ends'> {
  ended: bigint[];
  now: Date;
}

/** Undoes the transaction of a preview. */
class TakenBack extends Error {
  constructor(readonly tried: Tried) {
    super('taken back');
  }
}

/**
 * Makes a change in a transaction, reads what it did, and undoes it. Nothing is written, and nobody is woken or told. The acts
 * that end are described as they are owed without the change.
 *
 * @throws the refusal of the change
 */
export async function previewOf(
  records: Records,
  cause: Cause,
  work: (transaction: Transaction) => Promise<unknown>,
): Promise<Preview> {
  const { ended, now, ...preview } = await tried(records, cause, work);
  const tasks = await records.db.task.findMany({ where: { id: { in: ended } }, orderBy: { id: 'asc' } });
  const described = await describerOf(records.db, tasks, cause.actor, now);
  const ends = tasks.map((task) => ({ subject: task.subject, what: task.kind, words: described(task).what }));
  return { ...preview, ends };
}

async function tried(
  records: Records,
  cause: Cause,
  work: (transaction: Transaction) => Promise<unknown>,
): Promise<Tried> {
  try {
    return await change(records, cause, async (transaction) => {
      const { _max } = await transaction.tx.event.aggregate({ _max: { id: true } });
      await work(transaction);
      throw new TakenBack(await read(transaction, cause, _max.id ?? 0n));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.tried;
    throw error;
  }
}

/** The columns that are read of the entries that a change wrote. */
type WrittenEvent = Pick<Event, 'subject' | 'type' | 'params'>;
type WrittenNotice = Pick<Notice, 'subject' | 'type' | 'recipient' | 'recipientId' | 'channel'>;

/** Reads the entries of this transaction alone: other transactions have other numbers (`xmin`). */
async function read(transaction: Transaction, { actor, subject }: Cause, lastEvent: bigint): Promise<Tried> {
  const { tx, now, moved } = transaction;
  const events = await ours<WrittenEvent>(
    transaction,
    Prisma.sql`id, subject, type, params`,
    Prisma.sql`events`,
    Prisma.sql`id > ${lastEvent}`,
  );
  const subjects = [...new Set([subject, ...moved.keys(), ...events.map((event) => event.subject)])];
  const about = Prisma.sql`subject = ANY(${subjects})`;
  const owed = await ours<{ id: bigint }>(transaction, Prisma.sql`id`, Prisma.sql`tasks`, about);
  const tasks = await tx.task.findMany({
    where: { id: { in: owed.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
  const owedNow = tasks.filter((task) => isOpen(task) && task.role !== 'register' && task.role !== 'clock');
  const described = await describerOf(tx, owedNow, actor, now);
  const notices = await ours<WrittenNotice>(
    transaction,
    Prisma.sql`key, subject, type, recipient, recipient_id AS "recipientId", channel`,
    Prisma.sql`notices`,
    about,
  );
  // An employer reads no names of officials, and no time lines, whose words name them.
  const isEmployer = actor.role === 'employer';
  const shownEvents = isEmployer ? [] : events;
  const named = notices.filter(({ recipient }) => !isEmployer || recipient === 'employer');
  const names = await namesOf(tx, [...namedIn(shownEvents), ...named.map((notice) => notice.recipientId)]);
  const reader = readerOf(actor, now, names);
  return {
    rows: [...moved].flatMap(([row, { from, to }]) =>
      from === to ? [] : { subject: row, from, to, words: moveInWords(reader, row, from, to) },
    ),
    ended: tasks.filter((task) => !isOpen(task)).map(({ id }) => id),
    begins: owedNow.map((task) => ({
      subject: task.subject,
      what: task.kind,
      words: described(task).what,
      role: task.role,
    })),
    events: shownEvents.map(({ subject: row, type, params }) => ({
      subject: row,
      type,
      words: eventInWords(reader, type, params as Record<string, unknown>),
    })),
    told: told(notices, names),
    now,
  };
}

const isOpen = ({ closedAt }: Task): boolean => closedAt === null;

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
function told(notices: readonly WrittenNotice[], names: (id: string) => string | undefined): Preview['told'] {
  const entries = new Map<string, Preview['told'][number]>();
  for (const { subject, type, recipient, recipientId: id, channel } of notices) {
    const key = [subject, type, recipient, id].join(' ');
    const entry = entries.get(key) ?? {
      subject,
      recipient: recipient === 'proposal' ? 'employer' : recipient,
      name: names(id) ?? null,
      channels: [],
    };
    entry.channels.push(channel);
    entries.set(key, entry);
  }
  return [...entries.values()];
}
