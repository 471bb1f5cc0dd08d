import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import { askOwner, tellOfficial } from '../steps/tell';
import type { CaseRow } from './read';

/** Asks for the supervisor's yes. A message tells the supervisor at once. */
export async function askSupervisor(
  transaction: Transaction,
  row: CaseRow,
  kind: 'referral_consent' | 'closure_consent',
  ref = '',
): Promise<void> {
  await askOwner(transaction, { ...placeOf(row), kind, ref });
}

/** Tells the case manager of the supervisor's no. The reason is on record and not in the message. */
export async function tellOfNo(
  transaction: Transaction,
  row: CaseRow,
  what: 'closure' | 'referral',
): Promise<void> {
  const occasion = transaction.now.toISOString();
  await tellOfficial(transaction, row.managerId, { type: 'supervisors_no', params: { what } }, occasion);
}
