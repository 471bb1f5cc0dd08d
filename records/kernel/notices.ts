import { Prisma, type Task } from '../../prisma/generated/client';
import { EMPLOYMENT } from '../../domain/fund';
import { officeFund } from '../../domain/money/funds';
import type { RowKind } from '../../domain/pathways';
import type { Role } from '../../domain/roles';
import { isLanguage, type Language } from '../../domain/words/languages';
import type { Saying } from '../../domain/words/notice-params';
import { rowOf } from './rows';
import type { Transaction } from './transaction';

/** `proposal`: the contacts known when an account was proposed, also when they have changed since [money §5]. */
export type Recipient = { kind: 'employer' | 'person' | 'official' | 'proposal'; id: string };

export type NoticeOrder = Saying & {
  to: Recipient;
  /** Distinguishes two messages of one type for the same row, e.g. by the rung or the attempt. */
  occasion?: string;
};

/**
 * Queues a message on every channel of the recipient. The row's workflow sends it after the commit. The key is unique, so the
 * same message is never queued twice. Contacts and names are read at the sending, and not kept in the notice.
 */
export const notify = (transaction: Transaction, order: NoticeOrder): Promise<void> =>
  notifyAll(transaction, [order]);

/** Queues several messages at once. */
export async function notifyAll(
  { tx, subject, now }: Transaction,
  orders: readonly NoticeOrder[],
): Promise<void> {
  const queued = orders.map(({ type, to, params, occasion = '' }) => {
    const key = [subject, type, to.id, occasion].filter((part) => part !== '').join('/');
    return Prisma.sql`
      SELECT ${`${key}/`}, ${type}, ${JSON.stringify(params)}::jsonb, ${to.kind}, ${to.id}, phone, email
      FROM (${contactOnRecord[to.kind](to.id, subject)}) AS contact`;
  });
  await tx.$executeRaw`
    INSERT INTO notices (key, subject, type, params, recipient, recipient_id, channel, state, created_at)
    SELECT key || channel, ${subject}, type, params, recipient, recipient_id, channel, 'queued', ${now}::timestamptz
    FROM (${Prisma.join(queued, ' UNION ALL ')}) AS message (key, type, params, recipient, recipient_id, phone, email),
      LATERAL (VALUES ('sms', phone), ('email', email)) AS channels (channel, address)
    WHERE address <> ''
    ON CONFLICT DO NOTHING`;
}

/** The kinds of rows that end with the case, for the person. All others go on after it: money, accounts, and measures under way. */
const withCase: readonly RowKind[] = ['case', 'referral', 'inspection', 'retention'];

function outlasts(subject: string): boolean {
  const row = rowOf(subject);
  return row !== undefined && !withCase.includes(row.kind);
}

/**
 * The contacts of a recipient now, and the language that they have chosen, as SQL. A person has them while a case of theirs is open,
 * and for messages of rows that outlast it. Nothing is sent after a death, and nothing else after a withdrawal [pathway §3].
 */
const contactOnRecord: Readonly<Record<Recipient['kind'], (id: string, subject: string) => Prisma.Sql>> = {
  employer: (id) => Prisma.sql`SELECT phone, email, language FROM employers WHERE id = ${id}`,
  official: (id) => Prisma.sql`SELECT phone, email, language FROM officials WHERE id = ${id}`,
  person: (id, subject) => Prisma.sql`
    SELECT phone, email, language FROM people
    WHERE id = ${id} AND died_on IS NULL
      AND (${outlasts(subject)} OR EXISTS (SELECT FROM cases WHERE person_id = people.id AND open))`,
  proposal: (id) => Prisma.sql`
    SELECT body #>> '{contacts,phone}' AS phone, body #>> '{contacts,email}' AS email,
      coalesce((SELECT language FROM employers WHERE id = employer_id), payee.language) AS language
    FROM approvals LEFT JOIN people AS payee ON payee.id = split_part(about, '/', 2)
    WHERE approvals.id = ${id} AND payee.died_on IS NULL`,
};

/** Sends a message to the owner of a task: the employer, the case manager, or all officials of the office. */
export async function notifyOwner(
  transaction: Transaction,
  task: Task,
  why: 'reminder' | 'overdue' | 'escalated' | 'asked',
): Promise<void> {
  const params = {
    kind: task.kind,
    due: task.due?.toISOString() ?? null,
    person: task.personId,
    employer: task.employerId,
  };
  const occasion = `${task.kind}${task.ref && `-${task.ref}`}-${transaction.today}`;
  for (const to of await ownersOf(transaction, task))
    await notify(transaction, { type: why, to, params, occasion });
}

async function ownersOf(transaction: Transaction, task: Task): Promise<Recipient[]> {
  if (task.role === 'employer') return task.employerId ? [{ kind: 'employer', id: task.employerId }] : [];
  if (task.assigneeId) return [{ kind: 'official', id: task.assigneeId }];
  return inOffice(transaction, task);
}

/**
 * Tells everybody of an office.
 *
 * @param occasion distinguishes one message about the row from the next of its type
 */
export async function notifyOffice(
  transaction: Transaction,
  { centreId = null, ...office }: Pick<Task, 'role' | 'area'> & { centreId?: string | null },
  saying: Saying,
  occasion = '',
): Promise<void> {
  for (const to of await inOffice(transaction, { ...office, rank: null, fund: EMPLOYMENT, centreId }))
    await notify(transaction, { ...saying, to, occasion });
}

async function inOffice(
  { tx }: Transaction,
  { role, area, rank, fund, centreId }: Pick<Task, 'role' | 'area' | 'rank' | 'fund' | 'centreId'>,
): Promise<Recipient[]> {
  const place = role === 'training_officer' ? { centreId } : { area };
  const officials = await tx.official.findMany({
    where: { role, ...place, leftOn: null, fund: officeFund(role as Role, fund), ...(rank && { rank }) },
    select: { id: true },
  });
  return officials.map(({ id }) => ({ kind: 'official', id }));
}

/** The contacts of a recipient, and the language that they have chosen, if any. */
export interface Contact {
  sms: string | null;
  email: string | null;
  language?: Language;
}

/**
 * The contacts of recipients now, by kind and id as `contactKey` joins them.
 *
 * @param subject the row that the messages are about
 */
export async function contactsOf(
  tx: Pick<Transaction['tx'], '$queryRaw'>,
  subject: string,
  recipients: readonly Recipient[],
): Promise<Map<string, Contact>> {
  const asked = recipients.map(
    ({ kind, id }) =>
      Prisma.sql`SELECT ${kind} AS kind, ${id} AS id, phone, email, language FROM (${contactOnRecord[kind](id, subject)}) AS contact`,
  );
  const rows = await tx.$queryRaw<
    (Recipient & { phone: string | null; email: string | null; language: string | null })[]
  >(Prisma.join(asked, ' UNION '));
  return new Map(
    rows.map(({ phone, email, language, ...recipient }) => [
      contactKey(recipient),
      { sms: phone, email, ...(isLanguage(language) && { language }) },
    ]),
  );
}

export const contactKey = ({ kind, id }: Recipient): string => `${kind}/${id}`;
