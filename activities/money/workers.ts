import type { AdaptationApplication } from '../../contracts/adaptation';
import type { EmploymentEvidence } from '../../contracts/application';
import type { Subsidy, Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { stillEmployed } from '../../records/money/workplaces';
import { closeTasks, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { employingIn } from '../../records/money/payees';
import type { ContractAnswer } from '../../registers/yammt';
import { refuseSubsidy } from './deciding';
import { type Confirmed, employmentOf, goOnByLaw } from './employing';
import { aboutSubsidy, readSubsidy } from './read';

type Said = ContractAnswer & { answer: 'yes' | 'no' };

/** YAMMT has answered about one of the people hired for an adaptation. The last answer decides the next step [PQ-4804]. */
export async function workerAnswered(
  transaction: Transaction,
  row: Subsidy,
  task: Task,
  said: Said,
): Promise<void> {
  await closeTasks(transaction, { kinds: ['employment_answer'], ref: task.ref }, said.answer);
  if (said.answer === 'yes')
    await confirm(transaction, row, task.ref, { since: said.since, contract: said.contract, proof: 'yammt' });
  if (!(await openWait(transaction, 'employment_answer'))) await goOn(transaction, row);
}

/** A document in place of YAMMT's missing answers. It shows that all persons in question work there, or that none does. */
export async function workersProved(
  transaction: Transaction,
  row: Subsidy,
  body: EmploymentEvidence,
): Promise<void> {
  const asked = await transaction.tx.task.findMany({
    where: { subject: transaction.subject, kind: 'employment_answer', closedAt: null },
    select: { ref: true },
  });
  const { workers } = row.application as AdaptationApplication;
  for (const { person, hiredOn } of workers)
    if (body.inForce && asked.some(({ ref }) => ref === person))
      await confirm(transaction, row, person, { since: hiredOn, contract: '', proof: 'evidence' });
  await closeTasks(transaction, { kinds: ['employment_answer'] }, 'evidence');
  await goOn(transaction, row);
}

async function confirm(
  transaction: Transaction,
  row: Subsidy,
  personId: string,
  it: Confirmed,
): Promise<void> {
  const employment = await employmentOf(transaction, personId, employingIn(row), it);
  await record(
    transaction,
    'employment_confirmed',
    { ...aboutSubsidy(row), personId },
    { subsidy: row.id, employment, since: it.since, proof: it.proof },
  );
}

/**
 * YAMMT was asked about everybody. With somebody hired the application is reviewed. Without, or if the law excludes it, it is
 * refused.
 */
async function goOn(transaction: Transaction, row: Subsidy): Promise<void> {
  await closeTasks(transaction, { kinds: ['employment_evidence'] }, 'answered');
  const employed = await stillEmployed(transaction, row);
  if (employed.length === 0) return refuseSubsidy(transaction, row, { code: 'not_confirmed' });
  await transaction.tx.subsidy.update({ where: { id: row.id }, data: { confirmedAt: transaction.now } });
  await goOnByLaw(transaction, await readSubsidy(transaction, row.id));
}
