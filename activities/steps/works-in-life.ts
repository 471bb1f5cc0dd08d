import { addDays, type Day } from '../../domain/day';
import { publicWorksPathway } from '../../domain/pathways/public-works';
import { recordsOf } from '../../records/joining';
import { lockRow, subjectOf } from '../../records/kernel/rows';
import { moveWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { cutShort, type Early, endEarly, readWorks, type Works } from './works';

/* What a hire, the end of a case, a move and a death do to public works [measures §1]. */

/** The public works of a case or a person that are proposed, agreed or under way. Each is read once it is locked. */
async function goingOn(
  transaction: Transaction,
  where: { caseId: string } | { personId: { in: string[] } },
): Promise<Works[]> {
  const open: readonly string[] = publicWorksPathway.open;
  const found = await transaction.tx.publicWorks.findMany({
    where: { ...where, state: { in: [...open] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const rows: Works[] = [];
  for (const { id } of found) {
    await lockRow(transaction.tx, 'public-works', id);
    rows.push(await readWorks(transaction, id));
  }
  return rows.filter(({ state }) => open.includes(state));
}

/**
 * The person is hired. Their public works, of any case, end on the day before. Those that have not begun end at once [measures §1].
 * Until a hire that lies ahead they go on. Another case than that of the hire plans anew.
 */
export async function endWorksAtHire(
  transaction: Transaction,
  { personId, caseId }: { personId: string; caseId: string | null },
  hiredOn: Day,
): Promise<void> {
  const before = addDays(hiredOn, -1);
  const hired: Early = { by: 'hire', code: 'hired' };
  const records = await recordsOf(transaction.tx, personId);
  for (const row of await goingOn(transaction, { personId: { in: records } })) {
    const liesAhead = row.startedOn !== null && before >= transaction.today;
    if (liesAhead) await cutShort(transaction, row, before, hired);
    else await endEarly(transaction, row, { ...hired, on: before, plans: row.caseId !== caseId });
  }
}

/** The outcomes of a case whose public works go on as they are. */
const leaves: readonly string[] = ['in_training', 'in_business', 'in_public_works'];

/**
 * The case closes. Public works that have begun go on with their own clocks. Those that have not end, unless the person withdraws
 * from the service after the agreement, or the outcome leaves them [measures §1]. Death ends all of the person's works: see
 * `endWorksAtDeath`.
 *
 * @returns the numbers of the plan's measures that go on
 */
export async function endWorksOfCase(
  transaction: Transaction,
  caseId: string,
  outcome: string,
): Promise<number[]> {
  const going: Works[] = [];
  for (const row of await goingOn(transaction, { caseId })) {
    const hasBegun = row.firstOn !== null && row.firstOn <= transaction.today;
    const isAgreed = row.state !== 'proposed' && outcome === 'withdrew';
    if (hasBegun || isAgreed || leaves.includes(outcome) || outcome === 'died') going.push(row);
    else
      await endEarly(transaction, row, {
        by: 'case',
        code: 'case_closed',
        on: transaction.today,
        plans: false,
      });
  }
  await nameCase(transaction, caseId, null);
  return going.map(({ measure }) => measure);
}

/** The waits of works that outlive their case do not name it. After a reopening they do again. */
export async function nameCase({ tx }: Transaction, caseId: string, named: string | null): Promise<void> {
  const rows = await tx.publicWorks.findMany({ where: { caseId, open: true }, select: { id: true } });
  await tx.task.updateMany({
    where: { subject: { in: rows.map(({ id }) => subjectOf('public-works', id)) }, closedAt: null },
    data: { caseId: named },
  });
}

/** The case moved, and its public works with it: the employment office of the new district has their waits. */
export async function moveWorks(transaction: Transaction, caseId: string, area: string): Promise<void> {
  const moved = await transaction.tx.publicWorks.updateManyAndReturn({
    where: { caseId },
    data: { area },
    select: { id: true },
  });
  const subject = { in: moved.map(({ id }) => subjectOf('public-works', id)) };
  const where = { subject, role: 'employment_officer', closedAt: null };
  for (const task of await transaction.tx.task.findMany({ where, orderBy: { id: 'asc' } }))
    await moveWait(transaction, task, area);
}

/** The person has died: all public works end on that day, whatever case they belong to. */
export async function endWorksAtDeath(transaction: Transaction, personId: string): Promise<void> {
  const records = await recordsOf(transaction.tx, personId);
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { diedOn: true },
  });
  for (const row of await goingOn(transaction, { personId: { in: records } })) {
    await endEarly(transaction, row, {
      by: 'death',
      code: 'died',
      on: diedOn ?? transaction.today,
      plans: false,
    });
  }
}
