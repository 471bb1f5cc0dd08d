import type { Day } from '../../domain/day';
import type { DrawnFor } from '../../domain/money/job-end';
import type { Tx } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import type { SuccessorProposal } from '../../records/money/succession';
import { employerOf, hiredOnOf } from '../../records/money/terms';
import { wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { employingIn } from '../../records/money/payees';
import type { ContractAnswer, Yammt } from '../../registers/yammt';
import { partiesOf } from '../steps/contract';

/** The parties of a contract in a question, and its number where it is known. */
type Asked = Pick<Subsidy, 'personId' | 'employerId' | 'contract'>;

/** Asks the labour register about the subsidy's own contract, and about no other contract between the two [money §4]. */
export const askAboutContract = async (yammt: Yammt, tx: Tx, row: Asked): Promise<ContractAnswer> =>
  yammt.contract({
    ...(await partiesOf(tx, { ...row, employerId: employingIn(row) })),
    contract: row.contract ?? undefined,
  });

/** The contract that a subsidy is drawn for. The register's answers are compared with it. */
export async function drawnForOf(transaction: Transaction, row: Subsidy): Promise<DrawnFor> {
  const { stir } = await employerOf(transaction, row);
  const successions = await transaction.tx.approval.findMany({
    where: { kind: 'successor', state: 'approved', body: { path: ['successor'], equals: stir } },
    select: { body: true },
  });
  const takenOverOn = successions
    .map(({ body }) => (body as SuccessorProposal).date)
    .toSorted()
    .at(-1);
  return { contract: row.contract, hiredOn: hiredOnOf(row), takenOverOn };
}

/** @throws Refusal 422 for a contract's last day before the day of hire */
export function mustNotEndBefore(hiredOn: Day | null, until: Day | undefined): void {
  if (hiredOn !== null && until !== undefined && until < hiredOn)
    throw wrongField('until', 'impossible_day', `The contract began on ${hiredOn}: it did not end before.`);
}
