import { programmeOfPerson, toPayee } from './payees';
import { isAmountSet } from '../../domain/money/terms';
import type { Programme } from '../../domain/policy';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { notify } from '../kernel/notices';
import { kindOfSubsidy, move } from '../kernel/rows';
import { closeTasks, openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';

/** Whether the version whose terms an application keeps leaves its amount empty [money §1]. */
export async function isLawAwaited(
  transaction: Transaction,
  row: Pick<Subsidy, 'policyId' | 'programme'>,
): Promise<boolean> {
  const policy = (await transaction.law()).policy(row.policyId);
  return !isAmountSet(policy, row.programme as Programme);
}

/**
 * The wait for the law is looked at. It goes on, and the payee is told, while no version sets the amount [money §1].
 *
 * @returns the row, once a version has set it
 */
export async function amountIsSet(transaction: Transaction, id: string): Promise<Subsidy | undefined> {
  await closeTasks(transaction, { kinds: ['law'] }, 'looked_at');
  const row = await transaction.tx.subsidy.findUniqueOrThrow({ where: { id } });
  if (await isLawAwaited(transaction, row)) {
    await waitForLaw(transaction, row);
    return undefined;
  }
  const { employerId, caseId, programme, policyId: version } = row;
  const about = { employerId, personId: row.personId || null, caseId };
  await record(transaction, 'amount_set', about, { subsidy: id, programme, version });
  return row;
}

/**
 * The application waits until a version sets the amount. The wait belongs to the administrator. It is looked at monthly, and
 * the payee is told [money §1].
 */
export async function waitForLaw(transaction: Transaction, row: Subsidy): Promise<void> {
  const { id, area, employerId, caseId } = row;
  const personId = row.personId || null;
  await openTask(transaction, { area, employerId, personId, kind: 'law' });
  await move(transaction, kindOfSubsidy(id), row, 'awaiting_law');
  await record(
    transaction,
    'awaiting_law',
    { employerId, personId, caseId },
    {
      subsidy: id,
      programme: row.programme,
      version: row.policyId,
    },
  );
  await notify(transaction, {
    type: 'awaiting_law',
    to: toPayee(row),
    params: { subsidy: id, programme: programmeOfPerson(row) },
    occasion: transaction.today,
  });
}
