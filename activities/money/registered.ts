import { type BusinessForm, questionOf } from '../../domain/business';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOfClaim } from './claims';
import type { WholeClaim } from './read';

/**
 * Before a start subsidy is paid, the register of the business's form is asked whether it is still registered [measures §4].
 *
 * @param how `ref` and first instant; at once unless given
 */
export async function askWhetherRegistered(
  transaction: Transaction,
  claim: WholeClaim,
  how: { ref?: string; firesAt?: Date } = {},
): Promise<void> {
  const kind = questionOf(await formOfStart(transaction, claim));
  await openTask(transaction, { ...placeOfClaim(claim), kind, firesAt: transaction.now, ...how });
}

/** The form of the business, whose register is asked. */
export async function formOfStart({ tx }: Transaction, { subsidy }: WholeClaim): Promise<BusinessForm> {
  const where = { id: subsidy.businessId ?? '' };
  const { form } = await tx.business.findUniqueOrThrow({ where, select: { form: true } });
  return form as BusinessForm;
}
