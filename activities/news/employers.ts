import type { Employer } from '../../prisma/generated/client';
import { wakeRowsOfEmployer } from '../../records/employer-rows';
import { recordChange } from '../../records/kernel/changes';
import type { About } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import type { Told } from './read';

export async function liquidated(
  transaction: Transaction,
  { stir, on: endedOn }: Told<'employer_liquidated'>,
): Promise<About> {
  const employer = await transaction.tx.employer.findUnique({ where: { stir } });
  if (!employer) return {};
  if (employer.state === 'active')
    await employerChanges(transaction, employer, { state: 'liquidated', endedOn });
  return { employerId: employer.id };
}

export async function reorganised(
  transaction: Transaction,
  { stir, successorStir, on: endedOn }: Told<'employer_reorganised'>,
): Promise<About> {
  const employer = await transaction.tx.employer.findUnique({ where: { stir } });
  const successor = await transaction.tx.employer.findUnique({ where: { stir: successorStir } });
  if (!employer) return {};
  const isNews = employer.state === 'active' || (employer.successorId === null && successor !== null);
  if (isNews && employer.id !== successor?.id)
    await employerChanges(transaction, employer, {
      state: 'reorganised',
      endedOn,
      ...(successor && { successorId: successor.id }),
    });
  return { employerId: employer.id };
}

/** Each row of the employer handles the change in a separate step, because an employer may have very many rows. */
async function employerChanges(
  transaction: Transaction,
  before: Employer,
  data: { state: 'liquidated' | 'reorganised'; endedOn: string; successorId?: string },
): Promise<void> {
  const { id } = before;
  await transaction.tx.employer.update({ where: { id }, data });
  await recordChange(transaction, {
    kind: 'employer',
    key: id,
    before,
    said: data,
    about: { employerId: id },
  });
  await wakeRowsOfEmployer(transaction, id);
}
