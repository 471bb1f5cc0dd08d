import type { Closure } from '../../contracts/case';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { stopMonitoring } from './ending';
import { forFindingOnly } from './finding-only';
import { endOpenReferrals } from './referrals';
import { endServices } from './services';
import { closedInMeasures } from './measures-in-life';

/**
 * Closes a case in one step, with its referrals, its monitoring and its waits. Inspections go on for the finding only,
 * because the end of a case removes `settled` and `directed` [pathway §3, §6]. Measures that have begun go on [measures §1].
 */
export async function endCase(transaction: Transaction, caseId: string, closure: Closure): Promise<void> {
  const row = await transaction.tx.case.findUniqueOrThrow({ where: { id: caseId } });
  await endOpenReferrals(transaction, caseId, undefined, 'case_ended');
  const employments = await transaction.tx.employment.findMany({
    where: { caseId, open: true },
    select: { id: true },
  });
  for (const { id } of employments) await stopMonitoring(transaction, id, closure.outcome);
  await forFindingOnly(transaction, { caseId, personId: row.personId }, 'case_ended');
  const goOn = await closedInMeasures(transaction, caseId, closure.outcome);
  const here = inRow(transaction, subjectOf('case', caseId));
  await closeTasks(here, { caseId }, 'case_closed');
  await endServices(here, row);
  const ended = await transaction.tx.measure.updateManyAndReturn({
    where: { caseId, n: { notIn: goOn }, startedOn: { not: null }, endedOn: null },
    data: { endedOn: transaction.today, outcome: closure.outcome },
  });
  for (const { n, kind, region } of ended)
    await record(
      here,
      'measure_ended',
      { caseId, personId: row.personId },
      { n, kind, on: transaction.today, outcome: closure.outcome, region },
    );
  await move(here, 'case', row, 'closed', {
    closure: closure as Json,
    outcome: closure.outcome,
    closedAt: transaction.now,
    movesTo: null,
  });
  await record(
    here,
    'case_closed',
    { caseId, personId: row.personId },
    { outcome: closure.outcome },
    closure.summary,
  );
}
