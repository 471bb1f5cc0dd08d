import { toPayee } from './payees';
import { isAmountSet } from '../../domain/money/terms';
import type { Programme } from '../../domain/policy';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { notify } from '../kernel/notices';
import { kindOfSubsidy, move } from '../kernel/rows';
import { openTask } from '../kernel/tasks';
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
 * The application waits until a version sets the amount. The wait belongs to the administrator. It is looked at monthly, and
 * the employer is told [money §1].
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
    params: { subsidy: id },
    occasion: transaction.today,
  });
}
