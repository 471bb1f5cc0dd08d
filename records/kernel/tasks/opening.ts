import type { Json } from '../../../prisma/db';
import type { Day } from '../../../domain/day';
import { type DeadlineRule, dueOf, type Length } from '../../../domain/deadline';
import { obligation, type ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';
import { closeTasks } from './closing';
import { dutyOf, lengthOf, nextOnLadder, nextWeek, policyNow } from './ladder';
import { ownerOf, type Place } from './owner';

export interface Opening extends Place {
  kind: ObligationKind;
  subject?: string;
  ref?: string;
  /** The day of the event from which the length is counted; today unless given. */
  from?: Day;
  notBefore?: Day;
  /** A length in place of the kind's own; null: without end. */
  length?: Length | null;
  /** Persons who may not end it, because they took part before. Where the office has nobody else, the next level has it [money §7]. */
  barred?: readonly string[];
  /** The first instant, for a wait until an instant (a check's morning) and a question to a register. */
  firesAt?: Date;
}

/**
 * Opens a wait with its owner, due instant and reminders. Where the owner's office has nobody, the next level has it at once, and
 * the administrator sees the gap [pathway §1]. An open wait of the same kind and ref is replaced.
 */
export async function openTask(transaction: Transaction, opening: Opening): Promise<void> {
  const { kind, ref = '', subject = transaction.subject, firesAt } = opening;
  const duty = dutyOf({ kind, escalated: 0 });
  const length = opening.length === undefined ? await lengthOf(transaction, duty) : opening.length;
  const rule: DeadlineRule | null = length
    ? {
        from: opening.from ?? transaction.today,
        length,
        ...(opening.notBefore && { notBefore: opening.notBefore }),
      }
    : null;
  const due = rule ? dueOf(rule, await transaction.calendar()) : null;
  const owner = await ownerOf(transaction, duty, opening, opening.barred);
  const isAsked = obligation(kind).question !== undefined;
  const data = {
    subject,
    kind,
    ref,
    ...owner,
    home: opening.area,
    caseId: opening.caseId ?? null,
    personId: opening.personId ?? null,
    since: transaction.now,
    due: due ?? firesAt ?? null,
    ...(rule && { rule: rule as Json }),
    nextAt: isAsked
      ? (firesAt ?? transaction.now)
      : due
        ? nextOnLadder(transaction, { duty, due, rule })
        : (firesAt ?? nextWeek(transaction)),
    policyId: (await policyNow(transaction)).id,
  };
  transaction.opened.add(`${subject} ${kind}`);
  const { count } = await transaction.tx.task.createMany({ data: [data], skipDuplicates: true });
  if (count > 0) return;
  await closeTasks(transaction, { subject, kinds: [kind], ref }, 'replaced');
  await transaction.tx.task.create({ data });
}
