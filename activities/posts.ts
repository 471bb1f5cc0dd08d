import type { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { system } from '../domain/roles';
import { noticeText } from '../domain/words/notices.en';
import type { Notice } from '../prisma/generated/client';
import { contactOf, type Recipient } from '../records/notices';
import { lockRow, rowOf } from '../records/rows';
import { change, type Records } from '../records/unit';
import type { Registers } from '../registers/registers';
import { refreshOf } from '../workflows/messages';
import { type NoticeState, settleNotice } from './delivery';

/** What leaves the record after a commit: messages to people, and the waking of other rows' workflows. */
export function createPostActivities(records: Records, registers: Registers, client: Client) {
  const { db } = records;

  const settle = (notice: Notice, state: NoticeState, more?: { why?: string; at?: Date }) =>
    change(records, { actor: system, subject: notice.subject, correlationId: notice.key }, async (unit) => {
      const row = rowOf(notice.subject);
      if (row) await lockRow(unit.tx, row.kind, row.id);
      await settleNotice(unit, notice.key, state, more);
    });

  /** @returns whether the message is out of our hands; if not it is to be sent again */
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
    const text = noticeText(notice.type, notice.params as Record<string, unknown>);
    const sending = await registers.notifications.send({ key: notice.key, channel, to, text });
    if (sending.answer === 'unknown' || (sending.answer === 'failed' && !sending.permanent)) return false;
    await settle(notice, sending.answer, sending.answer === 'accepted' ? {} : sending);
    return true;
  }

  return {
    /**
     * Sends the subject's queued messages. The gateway honours their keys, so sending again never delivers twice.
     *
     * @throws ApplicationFailure `GatewaySilent` while some could not be sent: tried again with growing pauses
     */
    async sendNotices(subject: string): Promise<void> {
      const queued = await db.notice.findMany({
        where: { subject, state: 'queued' },
        orderBy: { key: 'asc' },
      });
      let left = 0;
      for (const notice of queued) if (!(await send(notice))) left += 1;
      if (left > 0) throw ApplicationFailure.retryable(`${left} messages could not be sent`, 'GatewaySilent');
    },

    /** Begins or wakes the workflows that the subject's last changes concern; a closed row's workflow just ends. */
    async wakeOthers(subject: string): Promise<void> {
      const wakes = await db.outbox.findMany({ where: { subject } });
      for (const target of new Set(wakes.map((wake) => wake.target)))
        await client.workflow.signalWithStart(...refreshOf(target));
      await db.outbox.deleteMany({ where: { id: { in: wakes.map((wake) => wake.id) } } });
    },
  };
}
