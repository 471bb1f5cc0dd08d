import type { Db } from '../../prisma/db';

/** The money at the end of a scenario; amounts in so'm. */
export interface Money {
  subsidies: { id: string; programme: string; state: string }[];
  claims: { id: string; month: string; state: string; amount: number | null; setOff: number }[];
  payments: { key: string; state: string; amount: number }[];
  recoveries: { id: string; state: string; amount: number; left: number }[];
  /** The accounts of each line that was used, without its appropriation. */
  ledger: { line: string; accounts: Record<string, number> }[];
}

export async function readMoney(db: Db): Promise<Money> {
  const byId = { orderBy: { id: 'asc' } } as const;
  const [subsidies, claims, payments, recoveries, balances] = await Promise.all([
    db.subsidy.findMany({ select: { id: true, programme: true, state: true }, ...byId }),
    db.claim.findMany({
      select: { id: true, month: true, state: true, amount: true, setOff: true },
      ...byId,
    }),
    db.payment.findMany({ select: { key: true, state: true, amount: true }, orderBy: { key: 'asc' } }),
    db.recovery.findMany({ select: { id: true, state: true, amount: true, left: true }, ...byId }),
    db.ledgerEntry.groupBy({
      by: ['lineId', 'account'],
      _sum: { amount: true },
      orderBy: [{ lineId: 'asc' }, { account: 'asc' }],
    }),
  ]);
  const used = [...new Set(balances.map(({ lineId }) => lineId))].map((line) => ({
    line,
    accounts: Object.fromEntries(
      balances
        .filter(({ lineId, account }) => lineId === line && account !== 'appropriation')
        .map(({ account, _sum }) => [account, Number(_sum.amount ?? 0n)] as const)
        .filter(([, amount]) => amount !== 0),
    ),
  }));
  return {
    subsidies,
    claims: claims.map((claim) => ({
      ...claim,
      amount: claim.amount === null ? null : Number(claim.amount),
      setOff: Number(claim.setOff),
    })),
    payments: payments.map((payment) => ({ ...payment, amount: Number(payment.amount) })),
    recoveries: recoveries.map((recovery) => ({
      ...recovery,
      amount: Number(recovery.amount),
      left: Number(recovery.left),
    })),
    ledger: used.filter(({ accounts }) => Object.keys(accounts).some((account) => account !== 'free')),
  };
}
