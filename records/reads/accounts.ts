import type { Payee } from '../../domain/money/payee';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { shownAccount } from '../money/accounts';
import { namedInside } from './beside';

/** The most accounts that are shown. */
const EARLIER = 50;

/** The accounts of a payee: the one that is paid to, the proposed one with the number of its proposal, and earlier ones. */
export async function accountsOf(db: Tx, payee: Payee, actor: Actor, pinfl?: string) {
  const rows = await db.account.findMany({ where: { payee }, orderBy: { id: 'desc' }, take: EARLIER });
  const shown = await namedInside(
    db,
    rows.map((row) => shownAccount(row, actor, pinfl)),
    actor,
  );
  const proposal = await db.approval.findFirst({
    where: { kind: { in: ['account', 'persons_account'] }, about: payee, open: true },
    select: { id: true },
  });
  const proposed = shown.find(({ state }) => state === 'proposed');
  return {
    confirmed: shown.find(({ state }) => state === 'confirmed') ?? null,
    proposed: proposed ? { ...proposed, approval: proposal?.id ?? null } : null,
    history: shown.filter(({ state }) => state === 'refused' || state === 'replaced'),
  };
}
