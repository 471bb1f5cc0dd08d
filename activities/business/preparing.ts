import type { BusinessWithdrawal, Preparation } from '../../contracts/business';
import { record } from '../../records/kernel/events';
import { refuseFields, wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import {
  aboutBusiness,
  everyQuestion,
  type OwnBusiness,
  placeOfBusiness,
  planAnew,
  readBusiness,
} from '../steps/business';
import { addService, pastDay } from '../steps/services';
import { askRegister } from './registering';

/**
 * The case manager enters what was agreed with the person. The register of the form is asked at once. Until it says yes, form and
 * trade can be entered again.
 */
export async function preparation(transaction: Transaction, id: string, body: Preparation): Promise<void> {
  const row = await readBusiness(transaction, id);
  const { form, trade, help } = body;
  await addHelp(transaction, row, help);
  const now = { ...row, form, trade };
  const over = ['business_preparation', 'registration_evidence', ...everyQuestion] as const;
  await closeTasks(transaction, { kinds: over }, 'entered');
  if (row.state === 'preparing')
    await openTask(transaction, { ...placeOfBusiness(now), kind: 'registration_limit' });
  await askRegister(transaction, now);
  await move(transaction, 'business', row, 'registering', { form, trade });
  await record(transaction, 'business_prepared', aboutBusiness(row), { form });
}

/** Each help is a service of the plan, which the case manager has [measures §3]. */
async function addHelp(
  transaction: Transaction,
  { case: of }: OwnBusiness,
  help: Preparation['help'],
): Promise<void> {
  if (help.length === 0) return;
  if (!of.open)
    throw wrongField('help', 'case_closed', 'The case is closed, and help is a service of its plan.');
  refuseFields(
    help.flatMap(({ dueOn }, i) =>
      dueOn !== undefined && dueOn <= transaction.today ? [pastDay(`help.${i}.dueOn`)] : [],
    ),
  );
  const there = inRow(transaction, subjectOf('case', of.id));
  const known = await transaction.tx.service.count({ where: { caseId: of.id } });
  for (const [i, one] of help.entries()) await addService(there, of, known + i + 1, one);
}

/** The person gives the business up, in their own words. */
export async function withdrawal(
  transaction: Transaction,
  id: string,
  { words }: BusinessWithdrawal,
): Promise<void> {
  const row = await readBusiness(transaction, id);
  await closeTasks(transaction, {}, 'withdrawn');
  await move(transaction, 'business', row, 'withdrawn', { endedAt: transaction.now });
  await record(transaction, 'business_withdrawn', aboutBusiness(row), { number: id }, words);
  await planAnew(transaction, row);
}
