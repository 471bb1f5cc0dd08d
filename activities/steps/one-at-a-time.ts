import type { Day } from '../../domain/day';
import { isHeld } from '../../domain/pathways/training';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';

/** The outcome of a measure in the plan when the next one began. */
const NEXT_MEASURE = 'next_measure';

/**
 * One measure of the plan is active at a time, a job apart. A course and a business may meet, because a register says yes late. The
 * measure that began first then ends in the plan on the first day of the next. Its row goes on: the person keeps the course with its
 * stipend, and the business with its checks and its subsidy [measures §1].
 */
export async function keepOneActive(transaction: Transaction, personId: string): Promise<void> {
  const { tx, today } = transaction;
  const active = await tx.measure.findMany({
    where: {
      kind: { not: 'job' },
      case: { personId: { in: await recordsOf(tx, personId) } },
      startedOn: { lte: today },
      endedOn: null,
    },
    orderBy: [{ startedOn: 'asc' }, { caseId: 'asc' }, { n: 'asc' }],
  });
  for (const [i, { caseId, n, kind, region }] of active.slice(0, -1).entries()) {
    const on = active[i + 1]?.startedOn ?? today;
    await tx.measure.update({
      where: { caseId_n: { caseId, n } },
      data: { endedOn: on, outcome: NEXT_MEASURE },
    });
    const said = { n, kind, on, outcome: NEXT_MEASURE, region };
    await record(transaction, 'measure_ended', { caseId, personId }, said);
  }
}

/**
 * A measure has not begun on a day after all. The course or business that ended in the plan on that day is active again.
 */
export async function activeAgain(transaction: Transaction, personId: string, on: Day): Promise<void> {
  const { tx } = transaction;
  const personIds = { in: await recordsOf(tx, personId) };
  const select = { caseId: true, measure: true } as const;
  const goingOn = [
    ...(await tx.business.findMany({ where: { personId: personIds, state: 'active' }, select })),
    ...(await tx.training.findMany({
      where: { personId: personIds, state: { in: [...isHeld] }, endedOn: null },
      select,
    })),
  ];
  await tx.measure.updateMany({
    where: {
      OR: goingOn.map(({ caseId, measure: n }) => ({ caseId, n })),
      endedOn: on,
      outcome: NEXT_MEASURE,
    },
    data: { endedOn: null, outcome: null },
  });
  await keepOneActive(transaction, personId);
}
