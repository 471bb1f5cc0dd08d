import type { Json } from '../../../prisma/db';
import type { Task } from '../../../prisma/generated/client';
import { type DeadlineRule, dueOf, nextRung } from '../../../domain/deadline';
import type { Duty, ObligationKind } from '../../../domain/obligations';
import { record } from '../events';
import { notifyOwner } from '../notices';
import { barredFromWait } from '../participations';
import type { Transaction } from '../transaction';
import {
  afterEnd,
  dutyOf,
  lengthOf,
  nextOnLadder,
  nextWeek,
  policyNow,
  ruleOf,
  rungsOf,
  STAYED,
} from './ladder';
import { ownerOf } from './owner';
import { openWait } from './reading';
import { updateIn } from '../writing';

/** Sends the last of the reminders that are due. The owner of a task that stayed, or is paused, is reminded weekly. */
export async function remind(transaction: Transaction, task: Task): Promise<void> {
  if (task.rung === STAYED || !task.due) {
    await notifyOwner(transaction, task, 'overdue');
    await updateIn(transaction.tx, 'tasks', task.id, { nextAt: nextWeek(transaction) });
    return;
  }
  const ending = { duty: dutyOf(task), due: task.due, rule: ruleOf(task) };
  const { fire: rung, next } = nextRung(rungsOf(transaction, ending), transaction.now, task.rung - 1);
  if (rung) await notifyOwner(transaction, task, 'reminder');
  await updateIn(transaction.tx, 'tasks', task.id, {
    rung: rung ? rung.index + 1 : task.rung,
    nextAt: next?.at ?? afterEnd(task.due),
  });
}

/** The last duty's time is over: the task is overdue and stays with its owner until somebody acts. The supervisor sees it. */
export async function stay(transaction: Transaction, task: Task): Promise<void> {
  await record(transaction, 'deadline_passed', task, { kind: task.kind });
  await notifyOwner(transaction, task, 'overdue');
  await updateIn(transaction.tx, 'tasks', task.id, { rung: STAYED, nextAt: nextWeek(transaction) });
}

/** The next owner has the task now. Where that duty has no length, the old due instant stays and the task is overdue. */
export async function escalate(transaction: Transaction, task: Task): Promise<void> {
  const escalated = task.escalated + 1;
  const duty = dutyOf({ kind: task.kind, escalated });
  const barred = await barredFromWait(transaction.tx, task);
  const owner = await ownerOf(transaction, duty, { ...task, assigneeId: null }, barred);
  const length = await lengthOf(transaction, duty);
  const moved = await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      ...owner,
      escalated,
      ...(length
        ? await withEndOfItsOwn(transaction, { from: transaction.today, length }, duty)
        : { rung: STAYED, nextAt: nextWeek(transaction) }),
    },
  });
  await record(transaction, 'escalated', task, {
    kind: task.kind,
    to: owner.role,
    rank: owner.rank,
    area: owner.area,
  });
  await notifyOwner(transaction, moved, 'escalated');
}

async function withEndOfItsOwn(transaction: Transaction, rule: DeadlineRule, duty: Duty) {
  const due = dueOf(rule, await transaction.calendar());
  return {
    rung: 0,
    due,
    rule: rule as Json,
    policyId: (await policyNow(transaction)).id,
    nextAt: nextOnLadder(transaction, { duty, due, rule }),
  };
}

/** More persons are barred from a wait now. Where its office has nobody else, the next level has it [money §7]. */
export async function leaveToOthers(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await openWait(transaction, kind);
  if (!task) return;
  const barred = await barredFromWait(transaction.tx, task);
  const { role, area } = await ownerOf(transaction, dutyOf(task), task, barred);
  if (area === task.area) return;
  await updateIn(transaction.tx, 'tasks', task.id, { area });
  await record(transaction, 'left_to_others', task, { kind, role, area: area || 'republic' });
}
