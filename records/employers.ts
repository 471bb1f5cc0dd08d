import type { Employer, Prisma } from '../prisma/generated/client';
import { record } from './kernel/events';
import { nextNumber } from './kernel/numbers';
import type { Transaction } from './kernel/transaction';

/**
 * Records a new employer and its event.
 *
 * @param params the parameters of the event
 */
export async function recordEmployer(
  transaction: Transaction,
  facts: Omit<Prisma.EmployerUncheckedCreateInput, 'id'>,
  params: Record<string, string> = {},
): Promise<Employer> {
  const id = await nextNumber(transaction.tx, 'employer');
  const row = await transaction.tx.employer.create({ data: { id, ...facts } });
  await record(
    { ...transaction, subject: `employer/${id}` },
    'employer_recorded',
    { employerId: id },
    params,
  );
  return row;
}
