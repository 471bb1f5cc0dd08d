import { ApplicationFailure } from '@temporalio/common';
import { system } from '../domain/roles';
import type { Language } from '../domain/words/languages';
import { type Notice, Prisma } from '../prisma/generated/client';
import { columnsOf } from '../records/kernel/columns';
import { type Contact, contactKey, contactsOf, type Recipient } from '../records/kernel/notices';
import { reportDefect } from '../records/kernel/defects';
import { isOutOfReach } from '../records/kernel/faults';
import { lockRow, rowOf } from '../records/kernel/rows';
import { textOf, writerOf } from '../records/reads/notice';
import { change } from '../records/kernel/change';
import type { Records } from '../records/kernel/transaction';
import type { Registers } from '../registers/registers';
import { isWalked } from '../records/kernel/walking';
import type { View } from '../workflows/view';
import { bySystem } from './batch';
import { type NoticeState, type Settled, settleNotice } from './delivery';
import { tried } from './tried';
import type { Waking } from './waking';

const SIDE_BY_SIDE = 20;

/** So many messages are sent before their outcomes are recorded. The gateway may need ten seconds for each, and an attempt has two minutes. */
const SENT_TOGETHER = 5;

/** What became of a message that the gateway was given, or could not be given. */
type Outcome = Settled & { notice: Notice; state: NoticeState };

const recipientOf = ({ recipient, recipientId }: Notice): Recipient => ({
  kind: recipient as Recipient['kind'],
  id: recipientId,
});

type Writer = (notice: Notice, language: Language) => string | Promise<string>;

/** The activities after a commit: they send messages to people and wake the workflows of other rows. */
export function createOutgoingActivities(
  records: Records,
  registers: Registers,
  waking: Waking,
  view: (subject: string) => Promise<View>,
) {
  const { db } = records;

  /** Records what became of some messages of a row. */
  const settle = (subject: string, outcomes: readonly Outcome[]): Promise<void> =>
    change(records, bySystem(subject), async (transaction) => {
      const row = rowOf(subject);
      if (row) await lockRow(transaction.tx, row.kind, row.id);
      for (const { notice, state, ...more } of outcomes) await settleNotice(transaction, notice, state, more);
    });

  /** @returns what became of a message; undefined where that is not known, and it is sent again */
  async function send(
    notice: Notice,
    contact: Contact | undefined,
    write: Writer,
  ): Promise<Outcome | undefined> {
    const channel = notice.channel as 'sms' | 'email';
    const to = contact?.[channel];
    if (!to) return { notice, state: 'dropped', why: 'no contact' };
    const language = contact.language ?? records.settings.language;
    const text = await write(notice, language);
    const sending = await registers.notifications.send({ key: notice.key, channel, to, text });
    if (sending.answer === 'unknown' || (sending.answer === 'failed' && !sending.permanent)) return undefined;
    return { notice, state: sending.answer, language, ...(sending.answer === 'accepted' ? {} : sending) };
  }

  /** Drops a message whose text cannot be written. */
  async function dropAsDefect(notice: Notice, error: unknown): Promise<void> {
    await change(
      records,
      { actor: system, subject: notice.subject, correlationId: notice.key },
      async (transaction) => {
        await settleNotice(transaction, notice, 'dropped', { why: 'defect' });
        await reportDefect(transaction, 'notice', error);
      },
    );
    records.onDefect?.(notice.subject, error);
  }

  /**
   * Sends some messages of a row and records what became of them. A message that a defect stops is dropped, and the others go on.
   *
   * @returns how many are sent again
   */
  async function sendSome(subject: string, some: readonly Notice[]): Promise<number> {
    const write = await writerFor(some);
    const contacts = await contactsOf(db, subject, some.map(recipientOf));
    const settled: Outcome[] = [];
    let dropped = 0;
    const drop = async (notice: Notice, error: unknown): Promise<undefined> => {
      await dropAsDefect(notice, error);
      dropped += 1;
    };
    for (const notice of some) {
      const outcome = await tried(
        () => send(notice, contacts.get(contactKey(recipientOf(notice))), write),
        (error) => drop(notice, error),
      );
      if (outcome) settled.push(outcome);
    }
    const oneByOne = async (): Promise<void> => {
      for (const outcome of settled)
        await tried(
          () => settle(subject, [outcome]),
          (error) => drop(outcome.notice, error),
        );
    };
    if (settled.length > 0) await tried(() => settle(subject, settled), oneByOne);
    return some.length - settled.length - dropped;
  }

  /** Reads for all at once. After a defect each message is read for alone, so that only its own defect stops it. */
  const writerFor = async (some: readonly Notice[]): Promise<Writer> => {
    const { contact } = records.settings;
    try {
      return await writerOf(db, some, contact);
    } catch (error) {
      if (isOutOfReach(error)) throw error;
      return (notice, language) => textOf(db, notice, language, contact);
    }
  };

  return {
    /**
     * Sends the row's queued messages. The gateway knows their keys, so a second try never delivers twice. A message whose text
     * cannot be written is dropped, and the administrator has a task.
     *
     * @returns the row's view afterwards
     * @throws ApplicationFailure `GatewaySilent` while some messages could not be sent: Temporal tries again with growing pauses
     */
    async sendNotices(subject: string): Promise<View> {
      const queued = await db.$queryRaw<Notice[]>`
        SELECT ${columnsOf(Prisma.NoticeScalarFieldEnum, 'it')} FROM notices AS it
        WHERE it.subject = ${subject} AND it.state = 'queued' ORDER BY it.key`;
      let left = 0;
      for (let from = 0; from < queued.length; from += SENT_TOGETHER)
        left += await sendSome(subject, queued.slice(from, from + SENT_TOGETHER));
      if (left > 0) throw ApplicationFailure.retryable(`${left} messages could not be sent`, 'GatewaySilent');
      return view(subject);
    },

    /**
     * Begins or wakes the workflows that the row's last changes concern. The workflow of a closed row ends at once. A wake
     * that can wait stays in the outbox during a burst.
     *
     * @returns the ids of those workflows
     */
    async wakeOthers(subject: string): Promise<string[]> {
      const wakes = await db.$queryRaw<{ id: bigint; target: string; canWait: boolean }[]>`
        SELECT id, target, can_wait AS "canWait" FROM outbox WHERE subject = ${subject} ORDER BY id`;
      const thatCanWait = wakes.filter(({ canWait }) => canWait);
      const due = [
        ...wakes.filter(({ canWait }) => !canWait),
        ...thatCanWait.slice(0, waking.goNow(thatCanWait.length)),
      ];
      for (let from = 0; from < due.length; from += SIDE_BY_SIDE) {
        const some = due.slice(from, from + SIDE_BY_SIDE);
        await waking.now(some.map(({ target }) => target));
        // Woken rows are removed, so that a try after a time-out goes on with the other rows.
        await db.$executeRaw`DELETE FROM outbox WHERE id = ANY(${some.map(({ id }) => id)})`;
      }
      return [...new Set(due.map(({ target }) => target))].filter(isWalked);
    },
  };
}
