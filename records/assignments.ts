import type { Day } from '../domain/day';
import { contains } from '../domain/soato';
import type { Case, Official } from '../prisma/generated/client';
import { record } from './kernel/events';
import { barredFromWait } from './kernel/participations';
import { notNow, Refusal, wrongField } from './kernel/refusal';
import { move, type States, subjectOf } from './kernel/rows';
import { officeFor } from './kernel/offices';
import { dutyOf } from './kernel/tasks/ladder';
import { ownerOf } from './kernel/tasks/owner';
import { reportGap, reportMahalla } from './kernel/gaps';
import type { Transaction } from './kernel/transaction';
import { giveTask, giveWaits } from './workers';
import type { Rank, Role } from '../domain/roles';

export interface Assignment {
  /** The official whose cases move: all open ones with all tasks, or only the cases named. */
  from?: string;
  cases?: readonly string[];
  /** A case manager, or the office: the supervisor's worklist. */
  to: string;
  /** The last day at work of the official who leaves, `from`. */
  leaves?: Day;
}

/**
 * Moves cases with their tasks to another case manager or to the office, all in one step. An official who leaves keeps none
 * [pathway §1]. The deadlines do not change.
 *
 * @returns how many cases and tasks moved
 * @throws Refusal 404 for an official or a case outside the caller's area; 422 when nothing is named or `to` cannot take it
 */
export async function assign(
  transaction: Transaction,
  it: Assignment,
): Promise<{ cases: number; tasks: number }> {
  if (it.from === undefined && !it.cases)
    throw wrongField('cases', 'missing', 'Name the cases, or the official whose cases move.');
  if (it.leaves !== undefined && it.from === undefined)
    throw wrongField('from', 'missing', 'Name the official who leaves.');
  if (it.leaves !== undefined && it.cases)
    throw wrongField(
      'cases',
      'all_together',
      'An official who leaves gives up all cases: name no single cases.',
    );
  const from = it.from === undefined ? null : await officialHere(transaction, it.from);
  if (from && it.leaves !== undefined) mayLeave(transaction, from, it.leaves);
  const rows = await lockCases(transaction, it);
  const managerId = it.to === 'office' ? null : await receiver(transaction, it, from, rows);
  let tasks = 0;
  for (const row of rows) tasks += await assignCase(transaction, row, managerId);
  if (from && !it.cases) tasks += await assignRest(transaction, from, managerId);
  if (from && it.leaves !== undefined) tasks += await leave(transaction, from, it.leaves);
  return { cases: rows.length, tasks };
}

/**
 * A supervisor moves the work of case managers and of the supervisors below. An official who leaves has not left before, and the
 * last day is not in the future.
 */
function mayLeave({ actor, today }: Transaction, from: Official, leaves: Day): void {
  if (actor.role === 'supervisor' && !['case_manager', 'supervisor'].includes(from.role))
    throw new Refusal(
      403,
      'not_yours',
      'Only an administrator moves the work of officials of other offices.',
    );
  if (from.leftOn !== null) throw notNow('left_already', `The official left on ${from.leftOn}.`);
  if (leaves > today)
    throw wrongField(
      'leaves',
      'impossible_day',
      'The day is in the future: enter it on the last day or later.',
    );
}

/** Locked, so that nobody leaves and moves at once. */
async function officialHere(transaction: Transaction, id: string): Promise<Official> {
  await transaction.tx.$queryRaw`SELECT id FROM officials WHERE id = ${id} FOR NO KEY UPDATE`;
  const official = await transaction.tx.official.findUnique({ where: { id } });
  if (!official || !contains(transaction.actor.area, official.area))
    throw new Refusal(404, 'not_found', 'There is no such official in your area.');
  return official;
}

/**
 * The case manager who gets the work. A supervisor heads every case manager of the own area, and chooses among them. An
 * administrator heads nobody: the case manager's area must hold the work. Another area takes a case over by a transfer
 * [pathway §3, moves].
 *
 * @param from the official whose work moves
 * @param rows the cases that move
 */
async function receiver(
  transaction: Transaction,
  { to }: Assignment,
  from: Official | null,
  rows: readonly Case[],
): Promise<string> {
  const official = await transaction.tx.official.findUnique({ where: { id: to } });
  const areas = [...rows.map(({ area }) => area), ...(from ? [from.area] : [])];
  const reach = transaction.actor.role === 'supervisor' ? transaction.actor.area : official?.area;
  if (
    official?.role !== 'case_manager' ||
    official.leftOn !== null ||
    !contains(transaction.actor.area, official.area) ||
    !areas.every((area) => reach !== undefined && contains(reach, area))
  )
    throw wrongField(
      'to',
      'not_a_case_manager',
      'Cases go to a case manager of their own area, or to the "office". A case whose person moved is handed over by POST /cases/{id}/transfer.',
    );
  if (official.id === from?.id) throw wrongField('to', 'same_official', 'From and to are the same official.');
  return official.id;
}

async function lockCases(transaction: Transaction, { from, cases }: Assignment): Promise<Case[]> {
  const where = {
    open: true,
    ...(from !== undefined && { managerId: from }),
    ...(cases && { id: { in: [...cases] } }),
  };
  const found = await transaction.tx.case.findMany({
    where,
    select: { id: true, area: true },
    orderBy: { id: 'asc' },
  });
  const ids = found.filter(({ area }) => contains(transaction.actor.area, area)).map(({ id }) => id);
  const wrong = (cases ?? found.map(({ id }) => id)).filter((id) => !ids.includes(id));
  if (wrong.length > 0) throw notOpenHere(wrong, cases ?? []);
  await transaction.tx.$queryRaw`SELECT id FROM cases WHERE id = ANY(${ids}) ORDER BY id FOR UPDATE`;
  return transaction.tx.case.findMany({ where: { ...where, id: { in: ids } }, orderBy: { id: 'asc' } });
}

/** @param named the cases as the command names them */
const notOpenHere = (wrong: readonly string[], named: readonly string[]): Refusal =>
  new Refusal(
    404,
    'not_found',
    `Not open, or not in your area: ${wrong.join(', ')}. Nothing was moved.`,
    wrong
      .filter((id) => named.includes(id))
      .map((id) => ({
        field: `cases.${named.indexOf(id)}`,
        detail: `${id} is not open, or not in your area. Leave it out.`,
      })),
  );

async function assignCase(transaction: Transaction, row: Case, managerId: string | null): Promise<number> {
  const here = { ...transaction, subject: subjectOf('case', row.id) };
  await move(here, 'case', row, row.state as States['case'], { managerId });
  await record(
    here,
    'reassigned',
    { caseId: row.id, personId: row.personId },
    { from: row.managerId, to: managerId ?? 'office' },
  );
  return giveWaits(here, { ...row, managerId }, row.managerId);
}

/** The waits that the official owes beside their own cases, such as a case that is offered to them. */
async function assignRest(
  transaction: Transaction,
  from: Official,
  managerId: string | null,
): Promise<number> {
  const rest = await transaction.tx.task.findMany({ where: { assigneeId: from.id, closedAt: null } });
  for (const task of rest) await giveTask(transaction, task, { area: task.area, managerId });
  return rest.length;
}

async function leave(transaction: Transaction, official: Official, on: Day): Promise<number> {
  await transaction.tx.official.update({ where: { id: official.id }, data: { leftOn: on } });
  await record(transaction, 'official_left', {}, { official: official.id, on });
  return vacate(transaction, official);
}

/**
 * An official works in an office no more. Where it has nobody else, its work goes to the next level at once [pathway §1].
 *
 * @param official as the office had them
 * @returns how many waits moved
 */
export async function vacate(transaction: Transaction, official: Official): Promise<number> {
  const role = official.role as Role;
  if (role === 'case_manager') {
    await reportLeftBehind(transaction, official.area);
    return 0;
  }
  if (official.centreId !== null) return vacateCentre(transaction, official.centreId);
  const orphans = await transaction.tx.task.findMany({
    where: {
      role,
      area: official.area,
      assigneeId: null,
      closedAt: null,
      ...(role === 'finance_officer' && { fund: official.fund }),
    },
  });
  let moved = 0;
  for (const task of orphans) {
    const rank = task.rank as Rank | null;
    const office = await officeFor(
      transaction.tx,
      role,
      rank,
      task.area,
      await barredFromWait(transaction.tx, task),
      task.fund,
    );
    const there = { ...transaction, subject: task.subject };
    for (const gap of office.gaps) await reportGap(there, { role, rank, area: gap, fund: task.fund });
    if (office.area === task.area) continue;
    await transaction.tx.task.update({ where: { id: task.id }, data: { area: office.area } });
    moved += 1;
  }
  return moved;
}

/** A centre has lost an officer. Where it has nobody else of the rank, the next level has its waits at once [measures §2]. */
async function vacateCentre(transaction: Transaction, centreId: string): Promise<number> {
  const waits = await transaction.tx.task.findMany({
    where: { role: 'training_officer', centreId, closedAt: null },
  });
  let moved = 0;
  for (const wait of waits) {
    const there = { ...transaction, subject: wait.subject };
    const owner = await ownerOf(there, dutyOf(wait), wait);
    if (owner.role === wait.role) continue;
    await transaction.tx.task.update({ where: { id: wait.id }, data: owner });
    moved += 1;
  }
  return moved;
}

/** The mahalla has lost its last case manager: its cases without a manager of their own are reported as a gap. */
async function reportLeftBehind(transaction: Transaction, area: string): Promise<void> {
  const behind = await transaction.tx.case.findFirst({
    where: { area, managerId: null, open: true },
    orderBy: { id: 'asc' },
  });
  if (behind) await reportMahalla({ ...transaction, subject: subjectOf('case', behind.id) }, area);
}
