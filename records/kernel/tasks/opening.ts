import type { Json } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import type { Day } from '../../../domain/day';
import { EMPLOYMENT } from '../../../domain/fund';
import { type DeadlineRule, dueOf, type Length } from '../../../domain/deadline';
import { obligation, type ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';
import { closeTasks, closing, type Which } from './closing';
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
export const openTask = async (transaction: Transaction, opening: Opening): Promise<void> =>
  void (await openTasks(transaction, [opening]));

/** The open waits that end where another begins, and how they end. */
export type Ended = Which & { how: string };

/**
 * Opens waits in one statement, as `openTask` opens one. Each has another subject, kind or ref.
 *
 * @returns the waits in the same order
 * @param ended waits that are closed in the same statement, as `closeTasks` closes them; none is of a kind that is opened
 */
export async function openTasks(
  transaction: Transaction,
  openings: readonly Opening[],
  ended?: Ended,
): Promise<readonly Pick<NewTask, 'kind' | 'due'>[]> {
  const { tx, opened, now } = transaction;
  const tasks: NewTask[] = [];
  for (const opening of openings) tasks.push(await taskOf(transaction, opening));
  for (const { subject, kind } of tasks) opened.add(`${subject} ${kind}`);
  const made = await tx.$queryRaw<Pick<NewTask, 'subject' | 'kind' | 'ref'>[]>`
    ${ended ? Prisma.sql`WITH closed AS (${closing(transaction, ended, ended.how)})` : Prisma.empty}
    INSERT INTO tasks (subject, kind, ref, role, rank, area, home, fund, assignee_id, employer_id, centre_id, case_id, person_id,
      since, due, rule, next_at, policy_id)
    SELECT subject, kind, ref, role, rank, area, home, fund, "assigneeId", "employerId", "centreId", "caseId", "personId",
      ${now}::timestamptz, due, rule, "nextAt", "policyId"
    FROM jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) AS task(subject text, kind text, ref text, role text,
      rank text, area text, home text, fund text, "assigneeId" text, "employerId" text, "centreId" text, "caseId" text, "personId" text,
      due timestamptz, rule jsonb, "nextAt" timestamptz, "policyId" text)
    ON CONFLICT DO NOTHING
    RETURNING subject, kind, ref`;
  const isMade = (task: NewTask) =>
    made.some(({ subject, kind, ref }) => subject === task.subject && kind === task.kind && ref === task.ref);
  for (const { rule, ...task } of tasks.filter((one) => !isMade(one))) {
    const { subject, kind, ref } = task;
    await closeTasks(transaction, { subject, kinds: [kind], ref }, 'replaced');
    await tx.task.create({ data: { ...task, since: now, ...(rule && { rule }) } });
  }
  return tasks;
}

type NewTask = Awaited<ReturnType<typeof taskOf>>;

async function taskOf(transaction: Transaction, opening: Opening) {
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
  return {
    subject,
    kind,
    ref,
    ...owner,
    home: opening.area,
    fund: opening.fund ?? EMPLOYMENT,
    caseId: opening.caseId ?? null,
    personId: opening.personId ?? null,
    due: due ?? firesAt ?? null,
    rule: rule as Json | null,
    nextAt: isAsked
      ? (firesAt ?? transaction.now)
      : due
        ? nextOnLadder(transaction, { duty, due, rule })
        : (firesAt ?? nextWeek(transaction)),
    policyId: (await policyNow(transaction)).id,
  };
}
