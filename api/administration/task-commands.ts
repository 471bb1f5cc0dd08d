import { z } from 'zod';
import { type ObligationKind, toldKinds } from '../../domain/obligations';
import type { Json } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { takeTask } from '../../records/colleagues';
import { eventsWithin } from '../../records/kernel/entries';
import { endsByFinding } from '../../records/kernel/defects';
import { record } from '../../records/kernel/events';
import { notNow, Refusal } from '../../records/kernel/refusal';
import { lockRow, rowOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { describerOf } from '../../records/reads/tasks';
import { asCommand } from '../http/commands';
import { idLike, text } from '../http/fields';
import { route } from '../http/route';
import { isTold, possibleOn, shown, task, worklist } from './tasks';

const finding = route({
  method: 'post',
  path: '/tasks/{id}/finding',
  tag: 'tasks',
  summary: 'Close with a finding: impossible news of a register, or a failed step that nothing tries again',
  description:
    'For the tasks `told_of_person`, `told_of_employer` and `told_of_payment`: the news has an impossible day, or a succession in a circle. The news changes nothing. Record the true facts by their own route, such as a death by closing the case. For administrators, tasks `defect` whose allowedActions name it: the work was left out, and nothing tries it again. Every other task `defect` ends when the next try succeeds.',
  who: ['case_manager', 'supervisor', 'employment_officer', 'finance_officer', 'administrator'],
  command: true,
  actions: ['task.finding'],
  params: z.strictObject({ id: idLike(/^\d{1,18}$/, '17') }),
  body: z.strictObject({ words: text }),
  answers: { 200: task },
  handle: (ctx) =>
    asCommand(ctx, { name: 'finding', body: ctx.body }, async (transaction) => {
      const row = await toBeFound(transaction, ctx.params.id);
      transaction.subject = row.subject;
      await (isTold(row) ? findTold : findDefect)(transaction, row, ctx.body.words);
      const described = await describerOf(transaction.tx, [row], ctx.actor, ctx.now);
      return { status: 200, body: { ...shown(row, described(row), ctx), allowedActions: [] } as Json };
    }),
});

async function findTold(transaction: Transaction, { subject, kind }: Task, words: string): Promise<void> {
  await closeTasks(transaction, { kinds: [kind as ObligationKind] }, 'found');
  const events = await eventsWithin(transaction);
  const { caseId, personId, employerId } = await events.findFirstOrThrow({
    where: { subject, type: 'left_to_person' },
  });
  await record(transaction, 'told_found', { caseId, personId, employerId }, {}, words);
  wake(transaction, subject);
}

async function findDefect(transaction: Transaction, { ref }: Task, words: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['defect'], ref }, 'found');
  await record(transaction, 'defect_found', {}, { of: ref }, words);
}

/**
 * An open task of the caller's worklist, its row locked.
 *
 * @throws Refusal 404, 409 when it is closed
 */
async function lockTask(
  { tx, actor, now }: Transaction,
  id: string,
  kindsWanted?: readonly string[],
): Promise<Task> {
  const where = {
    AND: [await worklist(tx, actor, now)],
    id: BigInt(id),
    ...(kindsWanted && { kind: { in: [...kindsWanted] } }),
  };
  const seen = await tx.task.findFirst({ where });
  if (!seen) throw notOnWorklist();
  const row = rowOf(seen.subject);
  if (row) await lockRow(tx, row.kind, row.id);
  await tx.$queryRaw`SELECT id FROM tasks WHERE id = ${seen.id} FOR NO KEY UPDATE`;
  const locked = await tx.task.findFirst({ where });
  if (!locked) throw notOnWorklist();
  if (locked.closedAt !== null)
    throw notNow('closed_already', 'This task is closed already. Read GET /tasks again.');
  return locked;
}

const notOnWorklist = (): Refusal =>
  new Refusal(404, 'not_found', 'There is no such task on your worklist. Read GET /tasks again.');

/**
 * A task of the caller's worklist that ends with a finding, its row locked.
 *
 * @throws Refusal 404, 409 when it is closed or ends in another way
 */
async function toBeFound(transaction: Transaction, id: string): Promise<Task> {
  const now = await lockTask(transaction, id, [...toldKinds, 'defect']);
  if (!isTold(now) && !endsByFinding(now))
    throw notNow(
      'tried_again',
      'This task ends when the step succeeds: a wait and a look are tried again at 09:00 of the next day, a command by POST /commands/{id}/retry.',
    );
  return now;
}

const take = route({
  method: 'post',
  path: '/tasks/{id}/take',
  tag: 'tasks',
  summary: 'Take a colleague’s task, where the mahalla shares its worklist',
  description:
    'The reminders of the task come to the caller from then on. The case keeps its case manager, who has the tasks that follow.',
  who: ['case_manager'],
  command: true,
  actions: ['task.take'],
  params: z.strictObject({ id: idLike(/^\d{1,18}$/, '17') }),
  body: z.strictObject({}),
  answers: { 200: task },
  handle: (ctx) =>
    asCommand(ctx, { name: 'take', body: ctx.body }, async (transaction) => {
      const row = await lockTask(transaction, ctx.params.id);
      transaction.subject = row.subject;
      const taken = await takeTask(transaction, row);
      const possible = await possibleOn(ctx, [taken]);
      const described = await describerOf(transaction.tx, [taken], ctx.actor, ctx.now);
      return {
        status: 200,
        body: shown(taken, described(taken), ctx, possible.get(taken.subject)) as Json,
      };
    }),
});

export const taskCommands = [finding, take];
