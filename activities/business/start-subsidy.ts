import type { StartApplication } from '../../contracts/start-subsidy';
import type { Transaction } from '../../records/kernel/transaction';
import { enterStart } from '../money/start-subsidies';
import { readBusiness } from '../steps/business';

/** The person applied on paper for the costs of the registration. */
export async function startSubsidy(
  transaction: Transaction,
  id: string,
  body: Omit<StartApplication, 'programme'>,
): Promise<{ made: { kind: 'start-subsidy'; id: string } }> {
  const row = await readBusiness(transaction, id);
  return { made: { kind: 'start-subsidy', id: await enterStart(transaction, row, body) } };
}
