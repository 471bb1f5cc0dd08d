import type { Json } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import type { NoticeType } from '../../domain/words/notices.en';
import type { Transaction } from './transaction';

/** `proposal`: the contacts known when an account was proposed, also when they have changed since [money §5]. */
export type Recipient = { kind: 'employer' | 'person' | 'official' | 'proposal'; id: string };

export interface NoticeOrder {
  type: NoticeType;
  to: Recipient;
  params?: Record<string, Json>;
  /** Distinguishes two messages of one type for the same row, e.g. by the rung or the attempt. */
  occasion?: string;
}

/**
 * Queues a message on every channel of the recipient. The row's workflow sends it after the commit. The key is unique, so the
 * same message is never queued twice. Contacts are read at the sending, and not kept in the notice.
 */
export async function notify(
  transaction: Transaction,
  { type, to, params = {}, occasion = '' }: NoticeOrder,
): Promise<void> {
  const channels = await channelsOf(transaction, to);
  if (channels.length === 0) return;
  await transaction.tx.notice.createMany({
    data: channels.map((channel) => ({
      key: [transaction.subject, type, to.id, occasion, channel].filter((part) => part !== '').join('/'),
      subject: transaction.subject,
      type,
      params: params as Json,
      recipient: to.kind,
      recipientId: to.id,
      channel,
      state: 'queued',
      createdAt: transaction.now,
    })),
    skipDuplicates: true,
  });
}

/** Sends a message to the owner of a task: the employer, the case manager, or all officials of the office. */
export async function notifyOwner(
  transaction: Transaction,
  task: Task,
  why: 'reminder' | 'overdue' | 'escalated' | 'asked',
): Promise<void> {
  const params = { kind: task.kind, subject: task.subject, due: task.due?.toISOString() ?? null };
  const occasion = `${task.kind}${task.ref && `-${task.ref}`}-${transaction.today}`;
  for (const to of await ownersOf(transaction, task))
    await notify(transaction, { type: why, to, params: params as Record<string, Json>, occasion });
}

async function ownersOf(transaction: Transaction, task: Task): Promise<Recipient[]> {
  if (task.role === 'employer') return task.employerId ? [{ kind: 'employer', id: task.employerId }] : [];
  if (task.assigneeId) return [{ kind: 'official', id: task.assigneeId }];
  const officials = await transaction.tx.official.findMany({
    where: { role: task.role, area: task.area, leftOn: null, ...(task.rank && { rank: task.rank }) },
    select: { id: true },
  });
  return officials.map(({ id }) => ({ kind: 'official', id }));
}

async function channelsOf(transaction: Transaction, to: Recipient): Promise<('sms' | 'email')[]> {
  const contact = await contactOf(transaction.tx, to);
  return (['sms', 'email'] as const).filter((channel) => contact[channel]);
}

/** The recipient's contacts now. A person who died has none. */
export async function contactOf(
  tx: Transaction['tx'],
  to: Recipient,
): Promise<{ sms?: string | null; email?: string | null }> {
  const found = await contacts[to.kind](tx, to.id);
  return found ? { sms: found.phone, email: found.email } : {};
}

interface Contact {
  phone: string | null;
  email: string | null;
}

const select = { phone: true, email: true } as const;
const contacts: Record<Recipient['kind'], (tx: Transaction['tx'], id: string) => Promise<Contact | null>> = {
  employer: (tx, id) => tx.employer.findUnique({ where: { id }, select }),
  official: (tx, id) => tx.official.findUnique({ where: { id }, select }),
  person: (tx, id) => tx.person.findUnique({ where: { id, diedOn: null }, select }),
  async proposal(tx, id) {
    const { body } = await tx.approval.findUniqueOrThrow({ where: { id }, select: { body: true } });
    return (body as { contacts?: Contact }).contacts ?? null;
  },
};
