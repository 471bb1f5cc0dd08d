import { recordDeath, recordsOf } from '../../records/joining';
import type { About } from '../../records/kernel/events';
import { lockRow } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { openCaseOf } from '../../records/opening';
import { reportDeath } from '../money/ending';
import { payeeDied } from '../money/persons-death';
import { endCase } from '../steps/end-case';
import { stopMonitoring } from '../steps/ending';
import { placeOf } from '../steps/place';
import { promptQuestion } from '../steps/prompt';
import { diedInMeasures } from '../steps/measures-in-life';
import { locked, personOf, type Told } from './read';

/** The case's question to TIEK is asked now, even after an earlier answer. */
export async function recommendationChanged(
  transaction: Transaction,
  told: Told<'recommendation_changed'>,
): Promise<About> {
  const person = await personOf(transaction, told.pinfl);
  if (!person) return {};
  const open = await openCaseOf(transaction.tx, person.id);
  if (!open) return { personId: person.id };
  const here = await locked(transaction, 'case', open.id);
  const row = await transaction.tx.case.findUniqueOrThrow({ where: { id: open.id } });
  if (row.open && !(await promptQuestion(here, ['eligibility'])))
    await openTask(here, { ...placeOf(row), kind: 'eligibility' });
  return { personId: person.id, caseId: open.id };
}

export async function died(transaction: Transaction, told: Told<'person_died'>): Promise<About> {
  const person = await personOf(transaction, told.pinfl);
  if (!person) return {};
  await recordDeath(transaction, person.id, told.on);
  const open = await openCaseOf(transaction.tx, person.id);
  if (open && (await lockRow(transaction.tx, 'case', open.id))?.open)
    await endCase(transaction, open.id, {
      outcome: 'died',
      summary: 'TIEK',
      personAgrees: false,
      on: told.on,
    });
  await diedInMeasures(transaction, person.id);
  const records = await recordsOf(transaction.tx, person.id);
  const alone = await transaction.tx.employment.findMany({
    where: { personId: { in: records }, open: true },
  });
  for (const { id } of alone) await stopMonitoring(await locked(transaction, 'retention', id), id, 'died');
  await reportDeath(transaction, person.id, person.diedOn ?? told.on);
  await payeeDied(transaction, person.id);
  return { personId: person.id, ...(open && { caseId: open.id }) };
}
