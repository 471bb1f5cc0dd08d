import type { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { system } from '../domain/roles';
import type { Language } from '../domain/words/languages';
import type { Notice } from '../prisma/generated/client';
import { contactOf, type Recipient } from '../records/kernel/notices';
import { reportDefect } from '../records/kernel/defects';
import { lockRow, rowOf } from '../records/kernel/rows';
import { textOf } from '../records/reads/notice';
import { change } from '../records/kernel/change';
import type { Records } from '../records/kernel/transaction';
import type { Registers } from '../registers/registers';
import { isWalked, refreshOf } from '../records/kernel/walking';
import type { View } from '../workflows/view';
import { leaveOut } from './batch';
import { type NoticeState, settleNotice } from './delivery';
import { tried } from './tried';

const SIDE_BY_SIDE = 20;

/** The activities after a commit: they send messages to people and wake the workflows of other rows. */
export function createOutgoingActivities(
  records: Records,
  registers: Registers,
  client: Client,
  view: (subject: string) => Promise<View>,
) {
  const { db } = records;

  const settle = (
    notice: Notice,
    state: NoticeState,
    more?: { why?: string; at?: Date; language?: Language },
  ) =>
    change(
      records,
      { actor: system, subject: notice.subject, correlationId: notice.key },
      async (transaction) => {
        const row = rowOf(notice.subject);
        if (row) await lockRow(transaction.tx, row.kind, row.id);
        await settleNotice(transaction, notice.key, state, more);
      },
    );

  /** @returns whether the message is settled; otherwise it is sent again */
  async function send(notice: Notice): Promise<boolean> {
    const channel = notice.channel as 'sms' | 'email';
    const contact = await contactOf(db, {
      kind: notice.recipient as Recipient['kind'],
      id: notice.recipientId,
    });
    const to = contact[channel];
    if (!to) {
      await settle(notice, 'dropped', { why: 'no contact' });
      return true;
    }
    const { language: chosen, contact: ours } = records.settings;
    const language = contact.language ?? chosen;
    const text = await textOf(db, notice, language, ours);
    const sending = await registers.notifications.send({ key: notice.key, channel, to, text });
    if (sending.answer === 'unknown' || (sending.answer === 'failed' && !sending.permanent)) return false;
    await settle(notice, sending.answer, { language, ...(sending.answer === 'accepted' ? {} : sending) });
    return true;
  }

  /** Drops a message whose text cannot be written. */
  async function dropAsDefect(notice: Notice, error: unknown): Promise<boolean> {
    await change(
      records,
      { actor: system, subject: notice.subject, correlationId: notice.key },
      async (transaction) => {
        await settleNotice(transaction, notice.key, 'dropped', { why: 'defect' });
        await reportDefect(transaction, 'notice', error);
      },
    );
    records.onDefect?.(notice.subject, error);
    return true;
  }

  return {
    /**
     * Sends the row's queued messages. The gateway knows their keys, so a second try never delivers twice. A message whose text
     * cannot be written is dropped, and the administrator has a task.
     *
     * @returns the row's view afterwards
     * @throws ApplicationFailure `GatewaySilent` while some messages could not be sent: Temporal tries again with growing pauses
     */
    async sendNotices(subject: string): Promise<View> {
      const queued = await db.notice.findMany({
        where: { subject, state: 'queued' },
        orderBy: { key: 'asc' },
      });
      let left = 0;
      for (const notice of queued) {
        const isOut = await tried(
          () => send(notice),
          (error) => dropAsDefect(notice, error),
        );
        if (!isOut) left += 1;
      }
      if (left > 0) throw ApplicationFailure.retryable(`${left} messages could not be sent`, 'GatewaySilent');
      return view(subject);
    },

    /**
     * Begins or wakes the workflows that the row's last changes concern. The workflow of a closed row ends at once. A workflow
     * that Temporal refuses is left out, and the administrator has a task until its row is looked at.
     *
     * @returns the ids of those workflows
     */
    async wakeOthers(subject: string): Promise<string[]> {
      const wakes = await db.outbox.findMany({ where: { subject }, orderBy: { id: 'asc' } });
      const targets = [...new Set(wakes.map(({ target }) => target))];
      for (let from = 0; from < targets.length; from += SIDE_BY_SIDE) {
        const some = targets.slice(from, from + SIDE_BY_SIDE);
        await Promise.all(
          some.filter(isWalked).map((target) =>
            tried(
              async () => void (await client.workflow.signalWithStart(...refreshOf(target))),
              (error) => leaveOut(records, target, 'look', error),
            ),
          ),
        );
        // Woken rows are removed, so that a try after a time-out goes on with the other rows.
        const ids = wakes.filter(({ target }) => some.includes(target)).map(({ id }) => id);
        await db.outbox.deleteMany({ where: { id: { in: ids } } });
      }
      return targets.filter(isWalked);
    },
  };
}
