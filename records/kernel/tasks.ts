import type { Json } from '../../prisma/db';
import { Prisma, type Task } from '../../prisma/generated/client';
import { addDays, at, type Day, dayOf, daysBetween } from '../../domain/day';
import {
  type DeadlineRule,
  dueOf,
  ladder,
  type Length,
  nextRung,
  type Paused,
  pause,
  recomputed,
  resume,
  weeklyAfter,
} from '../../domain/deadline';
import { type Duty, obligation, type ObligationKind } from '../../domain/obligations';
import type { LengthName } from '../../domain/lengths';
import type { Policy } from '../../domain/policy';
import type { Rank, Role } from '../../domain/roles';
import { levelOf } from '../../domain/soato';
import { record } from './events';
import { barredFromWait } from './participations';
import { notify, notifyOwner } from './notices';
import { appointing, officeFor } from './offices';
import { bringBack } from './returning';
import { rowOf } from './rows';
import type { Transaction } from './transaction';
import { wake } from './wake';

/** Where a task belongs: the area of the office, and the person or employer who owes it. */
export interface Place {
  area: string;
  assigneeId?: string | null;
  employerId?: string | null;
  caseId?: string | null;
  personId?: string | null;
}

export interface Opening extends Place {
  kind: ObligationKind;
  subject?: string;
  ref?: string;
  /** The day of the event the length is counted from; today unless given. */
  from?: Day;
  notBefore?: Day;
  /** Another length than the kind's own; null: without end. */
  length?: Length | null;
  /** Persons who may not do it, having taken part before: where nobody else is left, the next level has it [money §7]. */
  barred?: readonly string[];
  /** For waits until an instant (a check's morning) and questions to a register: when they first fire. */
  firesAt?: Date;
}

/**
 * Opens a wait with its owner, due instant and ladder. Where the owner's office has nobody the next level has it at once,
 * and the administrator sees the gap [pathway §1]. An open wait of the same kind and ref is replaced.
 */
export async function openTask(transaction: Transaction, opening: Opening): Promise<void> {
  const { kind, ref = '', subject = transaction.subject } = opening;
  const duty = dutyOf(kind, 0);
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
  const data = {
    subject,
    kind,
    ref,
    ...owner,
    caseId: opening.caseId ?? null,
    personId: opening.personId ?? null,
    since: transaction.now,
    due: due ?? opening.firesAt ?? null,
    ...(rule && { rule: rule as Json }),
    nextAt: firstRung(transaction, kind, duty, { due, rule, firesAt: opening.firesAt }),
    policyId: (await policyNow(transaction)).id,
  };
  transaction.opened.add(`${subject} ${kind}`);
  const { count } = await transaction.tx.task.createMany({ data: [data], skipDuplicates: true });
  if (count > 0) return;
  await closeTasks(transaction, { subject, kinds: [kind], ref }, 'replaced');
  await transaction.tx.task.create({ data });
}

const dutyOf = (kind: ObligationKind, escalated: number): Duty => {
  const { duties } = obligation(kind);
  return duties[Math.min(escalated, duties.length - 1)] ?? duties[0];
};

/** A length as the policy in force today sets it. */
export const lengthNow = async (transaction: Transaction, name: LengthName): Promise<Length> =>
  (await policyNow(transaction)).rules.lengths[name];

const policyNow = async (transaction: Transaction): Promise<Policy> =>
  (await transaction.law()).policyOn(transaction.today);

const lengthOf = async (transaction: Transaction, { length }: Duty): Promise<Length | undefined> =>
  length && lengthNow(transaction, length);

/** A wait's reminders, counted from its end or from the event, and its end. */
const rungsOf = (transaction: Transaction, duty: Duty, due: Date, rule: DeadlineRule | null) =>
  ladder(
    due,
    [...(duty.remindDaysBefore ?? []), ...(rule ? beforeTheEnd(duty, due, rule) : [])],
    transaction.settings.reminderHour,
  );

/** Reminders counted from the event, as days before the end, wherever a day off moved it; what would come later is left out. */
const beforeTheEnd = ({ remindDaysAfter = [] }: Duty, due: Date, { from }: DeadlineRule): number[] =>
  remindDaysAfter.map((n) => daysBetween(addDays(from, n), dayOf(due))).filter((days) => days >= 0);

const ruleOf = ({ rule }: Task): DeadlineRule | null => rule as DeadlineRule | null;

function firstRung(
  transaction: Transaction,
  kind: ObligationKind,
  duty: Duty,
  { due, rule, firesAt }: { due: Date | null; rule: DeadlineRule | null; firesAt?: Date | undefined },
): Date {
  if (obligation(kind).question) return firesAt ?? transaction.now;
  if (due)
    return (
      rungsOf(transaction, duty, due, rule).find((rung) => rung.at > transaction.now)?.at ??
      new Date(due.getTime() + 1000)
    );
  return firesAt ?? nextWeek(transaction);
}

async function ownerOf(transaction: Transaction, duty: Duty, place: Place, barred: readonly string[] = []) {
  const { owner } = duty;
  const rank = duty.rank ?? null;
  const employerId = place.employerId ?? null;
  if (owner === 'register' || owner === 'clock' || owner === 'employer')
    return { role: owner, rank, area: place.area, assigneeId: null, employerId };
  if (owner === 'case_manager' && place.assigneeId)
    return { role: owner, rank, area: place.area, assigneeId: place.assigneeId, employerId };
  // A case without a manager of its own is the supervisor's [pathway §1, §3].
  if (owner === 'case_manager') await reportMahalla(transaction, place.area);
  const role: Role = owner === 'case_manager' ? 'supervisor' : owner;
  const office = await officeFor(transaction.tx, role, rank, place.area, barred);
  for (const gap of office.gaps) await reportGap(transaction, { role, rank, area: gap });
  return { role, rank, area: office.area, assigneeId: null, employerId };
}

/** Work arises in a mahalla that has no case manager: the administrator sees the gap [pathway §1]. */
export async function reportMahalla(transaction: Transaction, area: string): Promise<void> {
  if (levelOf(area) !== 'mahalla') return;
  const { gaps } = await officeFor(transaction.tx, 'case_manager', null, area);
  if (gaps.includes(area)) await reportGap(transaction, { role: 'case_manager', rank: null, area });
}

/** An office, or with the rank of a head its head's place. */
export interface Post {
  role: Role;
  rank: Rank | null;
  area: string;
}

/**
 * The administrator's task for an office that has nobody, or no head for a head's work: one for each, shown in the worklist
 * and overdue after its length. No row's workflow walks an office, so nothing reminds of the gap; the administrators are
 * told once, when it is found.
 *
 * @param transaction of the row whose work found nobody: its workflow sends the message
 */
export async function reportGap(transaction: Transaction, post: Post): Promise<void> {
  const subject = gapOf(post);
  const length = await lengthNow(transaction, 'officeGap');
  const rule: DeadlineRule = { from: transaction.today, length };
  const data = {
    subject,
    kind: 'office_gap',
    role: 'administrator',
    area: '',
    since: transaction.now,
    due: dueOf(rule, await transaction.calendar()),
    rule: rule as Json,
    nextAt: null,
    policyId: (await policyNow(transaction)).id,
  };
  // Known already, or found by another a moment ago.
  if ((await transaction.tx.task.createMany({ data: [data], skipDuplicates: true })).count === 0) return;
  await record(transaction, 'office_gap', {}, { ...post, role: placeIn(post) });
  await tellAdministrators(transaction, subject);
}

async function tellAdministrators(transaction: Transaction, office: string): Promise<void> {
  if (!rowOf(transaction.subject)) return;
  const administrators = await transaction.tx.official.findMany({
    where: { role: 'administrator', leftOn: null },
    select: { id: true },
  });
  for (const { id } of administrators)
    await notify(transaction, {
      type: 'told',
      to: { kind: 'official', id },
      params: { subject: office, what: 'the office has nobody; appoint somebody' },
      occasion: `${office}-${transaction.today}`,
    });
  await wake(transaction, transaction.subject);
}

const placeIn = ({ role, rank }: Post): string => (rank === 'head' ? `${role}-head` : role);
const gapOf = (post: Post): string => `office/${placeIn(post)}/${post.area || 'republic'}`;

/**
 * Somebody is appointed: the administrator's task ends, and the work that went up meanwhile comes back. An officer is no
 * head; a head does an officer's work, too.
 */
export async function fillGap(transaction: Transaction, { role, rank, area }: Post): Promise<void> {
  await appointing(transaction.tx, role);
  const filled = rank === 'head' ? ([null, rank] as const) : [null];
  for (const place of filled)
    await closeTasks(transaction, { subject: gapOf({ role, rank: place, area }) }, 'filled');
  await bringBack(transaction, role, area);
}

export interface Which {
  subject?: string;
  caseId?: string;
  kinds?: readonly ObligationKind[];
  /** All but this kind. */
  but?: ObligationKind;
  ref?: string;
}

/**
 * Closes open waits, and with each the administrator's task for a defect of it.
 *
 * @param how stays readable on the closed task
 * @returns how many there were
 */
export async function closeTasks(transaction: Transaction, which: Which, how: string): Promise<number> {
  const { kinds, but, ref } = which;
  const { count } = await transaction.tx.task.updateMany({
    where: {
      ...(which.caseId === undefined
        ? { subject: which.subject ?? transaction.subject }
        : { caseId: which.caseId }),
      ...(kinds && {
        OR: [
          { kind: { in: [...kinds] }, ...(ref !== undefined && { ref }) },
          { kind: 'defect', ref: { in: [...kinds] } },
        ],
      }),
      ...(but && { kind: { not: but } }),
      closedAt: null,
    },
    data: { closedAt: transaction.now, closedHow: how, nextAt: null },
  });
  return count;
}

/** A task whose last duty has passed stays with its owner: `rung` is this and it is only reminded weekly. */
export const STAYED = -1;

/** Of reminders already past only the last is sent; a task that stayed, or is paused, is reminded weekly. */
export async function remind(transaction: Transaction, task: Task): Promise<void> {
  if (task.rung === STAYED || !task.due) {
    await notifyOwner(transaction, task, 'overdue');
    await transaction.tx.task.update({ where: { id: task.id }, data: { nextAt: nextWeek(transaction) } });
    return;
  }
  const duty = dutyOf(task.kind as ObligationKind, task.escalated);
  const { fire: rung, next } = nextRung(
    rungsOf(transaction, duty, task.due, ruleOf(task)),
    transaction.now,
    task.rung - 1,
  );
  if (rung) await notifyOwner(transaction, task, 'reminder');
  await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      rung: rung ? rung.index + 1 : task.rung,
      nextAt: next?.at ?? new Date(task.due.getTime() + 1000),
    },
  });
}

/** The last duty passed: the task is overdue and stays with its owner until somebody acts; the supervisor sees it. */
export async function stay(transaction: Transaction, task: Task): Promise<void> {
  await record(transaction, 'deadline_passed', task, { kind: task.kind });
  await notifyOwner(transaction, task, 'overdue');
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { rung: STAYED, nextAt: nextWeek(transaction) },
  });
}

const nextWeek = (transaction: Transaction): Date =>
  weeklyAfter(transaction.now, transaction.settings.reminderHour);

/** The act is the next owner's now; without a length of its own the old due instant stands and the task is overdue. */
export async function escalate(transaction: Transaction, task: Task): Promise<void> {
  const duty = dutyOf(task.kind as ObligationKind, task.escalated + 1);
  const barred = await barredFromWait(transaction.tx, task);
  const owner = await ownerOf(transaction, duty, { ...task, assigneeId: null }, barred);
  const length = await lengthOf(transaction, duty);
  const rule: DeadlineRule | null = length ? { from: transaction.today, length } : null;
  const due = rule ? dueOf(rule, await transaction.calendar()) : null;
  const rungs = due ? rungsOf(transaction, duty, due, rule) : [];
  const moved = await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      ...owner,
      escalated: task.escalated + 1,
      rung: due ? 0 : STAYED,
      ...(due && rule && { due, rule: rule as Json, policyId: (await policyNow(transaction)).id }),
      nextAt: rungs.find((rung) => rung.at > transaction.now)?.at ?? nextWeek(transaction),
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

/** Persons were barred from a wait meanwhile: where nobody else is left in its office, the next level has it [money §7]. */
export async function leaveToOthers(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind, closedAt: null },
  });
  if (!task) return;
  const barred = await barredFromWait(transaction.tx, task);
  const { role, area } = await ownerOf(transaction, dutyOf(kind, task.escalated), task, barred);
  if (area === task.area) return;
  await transaction.tx.task.update({ where: { id: task.id }, data: { area } });
  await record(transaction, 'left_to_others', task, { kind, role, area: area || 'republic' });
}

/**
 * Extends an open wait once, counted from its last day [domain §3].
 *
 * @returns false when there is none, it has been extended before, or it is over and somebody else's
 */
export async function extendTask(
  transaction: Transaction,
  kind: ObligationKind,
  by: Length,
): Promise<boolean> {
  const task = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind, closedAt: null },
  });
  if (!task?.rule || !task.due || task.extended || task.escalated > 0 || task.due < transaction.givenAt)
    return false;
  const rule = { ...(task.rule as DeadlineRule), extendedBy: by };
  const due = dueOf(rule, await transaction.calendar());
  const rungs = rungsOf(transaction, dutyOf(kind, task.escalated), due, rule);
  await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      rule: rule,
      due,
      extended: true,
      rung: 0,
      nextAt: rungs.find((rung) => rung.at > transaction.now)?.at ?? new Date(due.getTime() + 1000),
    },
  });
  return true;
}

/** Stops an open wait's clock: what is left of it is kept exactly until `resumeTask`. It stays open, reminded weekly. */
export async function pauseTask(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind, closedAt: null },
  });
  if (!task?.rule || !task.due || task.paused || task.due < transaction.givenAt) return;
  const paused = pause(task.rule as DeadlineRule, await transaction.calendar(), dayOf(transaction.givenAt));
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { paused: paused, due: null, nextAt: nextWeek(transaction) },
  });
}

/** Lets a paused wait go on from today with what was left of it. */
export async function resumeTask(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind, closedAt: null },
  });
  if (!task?.paused) return;
  const rule = resume(task.paused as Paused, transaction.today);
  const due = dueOf(rule, await transaction.calendar());
  const duty = dutyOf(kind, task.escalated);
  await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      paused: Prisma.DbNull,
      rule: rule,
      due,
      nextAt: firstRung(transaction, kind, duty, { due, rule }),
    },
  });
}

/**
 * Computes an open wait's due instant again after the calendar changed. One that has fired is not revived; one that would
 * now lie in the past ends today.
 *
 * @returns whether it moved
 */
export async function recomputeTask(transaction: Transaction, task: Task): Promise<boolean> {
  if (!task.rule || !task.due || task.paused || obligation(task.kind as ObligationKind).question)
    return false;
  const due = recomputed(
    task.rule as DeadlineRule,
    await transaction.calendar(),
    transaction.now,
    task.rung === STAYED,
    task.due,
  );
  if (due.getTime() === task.due.getTime()) return false;
  const rungs = rungsOf(transaction, dutyOf(task.kind as ObligationKind, task.escalated), due, ruleOf(task));
  await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      due,
      nextAt: nextRung(rungs, transaction.now, task.rung - 1).next?.at ?? new Date(due.getTime() + 1000),
    },
  });
  return true;
}

/**
 * What an open wait's rule and end become under a version of the policy that changed lengths; undefined for one whose length
 * it did not change, which has fired, or stands still: what was left of it is kept.
 *
 * @param changed the lengths the version changed
 */
export async function underPolicy(
  transaction: Pick<Transaction, 'now' | 'law' | 'calendar'>,
  task: Task,
  policy: Policy,
  changed: ReadonlySet<LengthName>,
): Promise<{ rule: DeadlineRule; due: Date } | undefined> {
  const { length: name } = dutyOf(task.kind as ObligationKind, task.escalated);
  const rule = task.rule as DeadlineRule | null;
  if (!name || !changed.has(name) || !rule || !task.due || task.paused || task.rung === STAYED)
    return undefined;
  const taken = (await transaction.law()).policies.find(({ id }) => id === task.policyId)?.rules.lengths[
    name
  ];
  // A length that was given by hand, not by the policy, is not the policy's to change.
  if (taken?.n !== rule.length.n || taken.unit !== rule.length.unit) return undefined;
  const length = policy.rules.lengths[name];
  const next = { ...rule, length };
  return {
    rule: next,
    due: recomputed(next, await transaction.calendar(), transaction.now, false, task.due),
  };
}

/**
 * Gives an open wait the length of a version that changed it. One that has fired is not revived; one that would now lie in
 * the past ends today.
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
  const { rule, due } = next;
  const rungs = rungsOf(transaction, dutyOf(task.kind as ObligationKind, task.escalated), due, rule);
  const asked = obligation(task.kind as ObligationKind).question !== undefined;
  await transaction.tx.task.update({
    where: { id: task.id },
    data: {
      rule,
      due,
      policyId: policy.id,
      ...(!asked && {
        nextAt: nextRung(rungs, transaction.now, task.rung - 1).next?.at ?? new Date(due.getTime() + 1000),
      }),
    },
  });
  return true;
}

/** Puts a question to a register off to a later instant, or asks it at once. */
export async function askAgain(
  transaction: Transaction,
  task: Pick<Task, 'id' | 'attempts'>,
  nextAt: Date,
): Promise<void> {
  await transaction.tx.task.update({ where: { id: task.id }, data: { nextAt, attempts: task.attempts + 1 } });
}

const TWICE_A_DAY_MS = 12 * 3_600_000;

/** A register that has been silent for long is asked twice a day, beside the person who is asked for evidence. */
export const askTwiceADay = (transaction: Transaction, task: Pick<Task, 'id'>): Promise<void> =>
  askWithoutEnd(transaction, task, new Date(transaction.now.getTime() + TWICE_A_DAY_MS));

/** Goes on asking a register whose time is over: nobody waits for the answer any more, but it still counts. */
export async function askWithoutEnd(
  transaction: Transaction,
  task: Pick<Task, 'id'>,
  nextAt: Date,
): Promise<void> {
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { due: null, rule: Prisma.DbNull, nextAt },
  });
}

/** The morning of a day, at the hour of reminders and checks. */
export const morningOf = (transaction: Transaction, day: Day): Date =>
  at(day, transaction.settings.reminderHour);

/** The day `n` days from today, for notices and waits. */
export const inDays = (transaction: Transaction, n: number): Day => addDays(dayOf(transaction.now), n);
