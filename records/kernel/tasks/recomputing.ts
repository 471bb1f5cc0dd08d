import type { Task } from '../../../prisma/generated/client';
import { type DeadlineRule, recomputed } from '../../../domain/deadline';
import type { LengthName } from '../../../domain/lengths';
import { obligation, type ObligationKind } from '../../../domain/obligations';
import type { Policy } from '../../../domain/policy';
import type { Transaction } from '../transaction';
import { dutyOf, nextOnLadder, ruleOf, STAYED } from './ladder';

/**
 * Computes an open wait's due instant again after the calendar changed. A deadline that has fired is not revived. A deadline that
 * would now be in the past ends today.
 *
 * @returns whether it moved
 */
export async function recomputeTask(transaction: Transaction, task: Task): Promise<boolean> {
  const due = await movedDue(transaction, task);
  const rule = ruleOf(task);
  if (!due || !rule) return false;
  const nextAt = nextOnLadder(transaction, { duty: dutyOf(task), due, rule }, task.rung);
  await transaction.tx.task.update({ where: { id: task.id }, data: { due, nextAt } });
  return true;
}

/** The due instant of an open wait by the calendar as it is now; undefined where it stays the same. */
export async function movedDue(
  transaction: Pick<Transaction, 'now' | 'calendar'>,
  task: Task,
): Promise<Date | undefined> {
  const rule = ruleOf(task);
  if (!rule || !task.due || task.paused || isQuestion(task)) return undefined;
  const due = recomputed(rule, await transaction.calendar(), transaction.now, task.rung === STAYED, task.due);
  return due.getTime() === task.due.getTime() ? undefined : due;
}

const isQuestion = ({ kind }: Task): boolean => obligation(kind as ObligationKind).question !== undefined;

/**
 * An open wait's rule and end under a version of the policy that changed lengths. Undefined where the version did not change its
 * length, where the deadline has fired, and where the wait is paused: the rest of its time is kept.
 *
 * @param changed the lengths the version changed
 */
export async function underPolicy(
  transaction: Pick<Transaction, 'now' | 'law' | 'calendar'>,
  task: Task,
  policy: Policy,
  changed: ReadonlySet<LengthName>,
): Promise<{ rule: DeadlineRule; due: Date } | undefined> {
  const { length: name } = dutyOf(task);
  const rule = ruleOf(task);
  if (!name || !changed.has(name) || !rule || !task.due || task.paused || task.rung === STAYED)
    return undefined;
  const taken = (await transaction.law()).policies.find(({ id }) => id === task.policyId)?.rules.lengths[
    name
  ];
  // The length was given by a person, not by the policy: the policy does not change it.
  if (taken?.n !== rule.length.n || taken.unit !== rule.length.unit) return undefined;
  const next = { ...rule, length: policy.rules.lengths[name] };
  return {
    rule: next,
    due: recomputed(next, await transaction.calendar(), transaction.now, false, task.due),
  };
}

/**
 * Gives an open wait the length of a version that changed it. A deadline that has fired is not revived. A deadline that would now
 * be in the past ends today.
 *
 * @returns whether it has another length now
 */
export async function relengthenTask(
  transaction: Transaction,
  task: Task,
  policy: Policy,
  changed: ReadonlySet<LengthName>,
): Promise<boolean> {
  const next = await underPolicy(transaction, task, policy, changed);
  if (!next) return false;
  const nextAt = nextOnLadder(transaction, { duty: dutyOf(task), ...next }, task.rung);
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { ...next, policyId: policy.id, ...(!isQuestion(task) && { nextAt }) },
  });
  return true;
}
