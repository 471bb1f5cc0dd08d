import type { ProvedCost } from '../../contracts/costs';
import { documentKey, plain } from '../../domain/money/costs';
import type { Tx } from '../../prisma/db';
import type { Transaction } from '../kernel/transaction';

/* Each document that proves costs counts for one subsidy only, in the whole system [money §2, measures §3]. */

type Proved = Pick<ProvedCost, 'document'>;

const keyOf = ({ document: { issuerStir, number, date } }: Proved) => ({
  issuerStir,
  number: plain(number),
  date,
});

/** Of the documents of these costs those that are used already, as `documentKey` writes them. */
export async function usedDocuments(
  { tx }: { tx: Pick<Tx, 'usedDocument'> },
  costs: readonly Proved[],
): Promise<string[]> {
  const used = await tx.usedDocument.findMany({ where: { OR: costs.map(keyOf) } });
  return used.map(documentKey);
}

/** Takes up the documents of the costs for a subsidy. */
export async function useDocuments(
  { tx }: Transaction,
  subsidyId: string,
  costs: readonly Proved[],
): Promise<void> {
  await tx.usedDocument.createMany({ data: costs.map((cost) => ({ ...keyOf(cost), subsidyId })) });
}

/** The workplaces and documents of an application that ended without a payment may be named again. */
export async function giveUpCosts({ tx }: Transaction, subsidyId: string): Promise<void> {
  await tx.adaptedWorkplace.deleteMany({ where: { adaptationId: subsidyId } });
  await tx.usedDocument.deleteMany({ where: { subsidyId } });
}
