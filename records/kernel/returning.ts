import type { Rank, Role } from '../../domain/roles';
import { parentsOf, type Soato } from '../../domain/soato';
import { recordAll } from './events';
import { barredFromWait } from './participations';
import { officeFor } from './offices';
import { dutyOf } from './tasks/ladder';
import type { Transaction } from './transaction';

/**
 * Offices of a role have an official again. The waits that higher offices have because these were empty come back
 * [pathway §1]. Their deadlines do not change; each has an event, and nobody gets a message. Waits that escalated because their
 * time had passed stay with their present owner. Cases are given to a case manager by name (`assign`).
 *
 * @returns how many waits came back
 */
export async function bringBack(
  transaction: Transaction,
  role: Role,
  areas: readonly Soato[],
): Promise<number> {
  let returned = 0;
  for (const { rank, home, fund, tasks } of await wentUp(transaction, role, areas)) {
    for (const { barred, waits } of await byBarred(transaction, tasks)) {
      const office = await officeFor(transaction.tx, role, rank, home, barred, fund);
      returned += await giveBack(transaction, waits, office.area);
    }
  }
  return returned;
}

/**
 * Centres have an official again. Their waits that the employment department has because they had nobody come back, each to the
 * rank that owes it. A head's wait waits on for a head.
 *
 * @returns how many waits came back
 */
export async function bringBackToCentres(
  transaction: Transaction,
  centres: readonly string[],
): Promise<number> {
  if (centres.length === 0) return 0;
  const { tx } = transaction;
  const heads = await tx.official.findMany({
    where: { role: 'training_officer', rank: 'head', centreId: { in: [...centres] }, leftOn: null },
    select: { centreId: true },
  });
  const waits = await tx.task.findMany({
    where: { centreId: { in: [...centres] }, role: 'employment_officer', assigneeId: null, closedAt: null },
  });
  let returned = 0;
  for (const wait of waits) {
    const { owner, rank = null } = dutyOf(wait);
    const lacksHead = rank === 'head' && !heads.some(({ centreId }) => centreId === wait.centreId);
    if (owner !== 'training_officer' || lacksHead) continue;
    await tx.task.update({ where: { id: wait.id }, data: { role: owner, rank, area: wait.home } });
    await recordAll(transaction, [
      {
        type: 'returned_to_office',
        about: wait,
        params: { kind: wait.kind, role: owner, area: wait.centreId },
        subject: wait.subject,
      },
    ]);
    returned += 1;
  }
  return returned;
}

/** Waits by the persons who may not end them. They do not come back to an office that has nobody else [money §7]. */
async function byBarred(
  { tx }: Transaction,
  ids: bigint[],
): Promise<{ barred: string[]; waits: bigint[] }[]> {
  const found = new Map<string, { barred: string[]; waits: bigint[] }>();
  const tasks = await tx.task.findMany({
    where: { id: { in: ids } },
    select: { id: true, kind: true, subject: true },
  });
  for (const { id, ...wait } of tasks) {
    const barred = (await barredFromWait(tx, wait)).toSorted();
    const same = found.get(barred.join(' ')) ?? { barred, waits: [] };
    found.set(barred.join(' '), { barred, waits: [...same.waits, id] });
  }
  return [...found.values()];
}

/** The waits of offices above the areas whose home lies in one of them, by rank, home and fund. */
const wentUp = (transaction: Transaction, role: Role, areas: readonly Soato[]) =>
  transaction.tx.$queryRaw<{ rank: Rank | null; home: Soato; fund: string; tasks: bigint[] }[]>`
    SELECT rank, home, fund, array_agg(id) AS tasks
    FROM tasks
    WHERE closed_at IS NULL AND escalated = 0 AND assignee_id IS NULL
      AND role = ${role} AND area = ANY(${[...new Set(areas.flatMap(parentsOf))]})
      AND EXISTS (SELECT FROM unnest(${areas}::text[]) AS filled
                  WHERE starts_with(home, filled) AND starts_with(filled, area) AND filled <> area)
    GROUP BY rank, home, fund
    ORDER BY home, rank, fund`;

/** Gives back the waits that a higher office still has. Those that are closed or assigned meanwhile are left alone. */
async function giveBack(transaction: Transaction, ids: bigint[], area: Soato): Promise<number> {
  const returned = await transaction.tx.task.updateManyAndReturn({
    where: { id: { in: ids }, area: { in: parentsOf(area) }, assigneeId: null, closedAt: null },
    data: { area },
  });
  await recordAll(
    transaction,
    returned.map((task) => ({
      type: 'returned_to_office',
      about: task,
      params: { kind: task.kind, role: task.role, area },
      subject: task.subject,
    })),
  );
  return returned.length;
}
