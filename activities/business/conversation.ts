import type { BusinessConversation } from '../../contracts/business';
import type { Transaction } from '../../records/kernel/transaction';
import { businessMonitoring, readBusiness } from '../steps/business';

/** The case manager spoke to the person about sales, earnings and help, or did not reach the person. */
export async function conversation(
  transaction: Transaction,
  id: string,
  body: BusinessConversation,
): Promise<void> {
  const row = await readBusiness(transaction, id);
  await businessMonitoring.spoken(transaction, row, body);
  await businessMonitoring.keepConversation(transaction, row, body);
}
