import { type Calculation, reachedInWords } from '../../domain/money/reached';
import type { Actor } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { blockersForAll } from './blockers';
import { paidBy } from './paid-by';

type Shown = { id: string; state: string } & Record<string, unknown>;

/** A subsidy as the API shows it: its claims beside it, and for the offices what is reserved. */
export async function readSubsidy(tx: Tx, id: string, actor: Actor): Promise<Shown> {
  const {
    rev: _rev,
    correlationId: _correlation,
    ...row
  } = await tx.subsidy.findUniqueOrThrow({
    where: { id },
    include: {
      claims: {
        orderBy: { id: 'asc' },
        select: { id: true, month: true, state: true, amount: true, settledOn: true },
      },
      commitments: { orderBy: { month: 'asc' }, omit: { subsidyId: true } },
    },
  });
  const shown = { ...row, personId: row.personId || null };
  if (actor.role !== 'employer') return shown;
  const { commitments: _commitments, snapshot: _snapshot, ...theirs } = shown;
  return theirs;
}

/**
 * A claim as the API shows it: how its amount was reached, what stands in the way of its approval, its payments. The raw
 * answers of registers are the auditor's chain, not the employer's.
 */
export async function readClaim(tx: Tx, id: string, actor: Actor, now: Date): Promise<Shown> {
  const {
    rev: _rev,
    correlationId: _correlation,
    entitlementId: _entitlement,
    subsidy,
    ...row
  } = await tx.claim.findUniqueOrThrow({
    where: { id },
    include: {
      subsidy: true,
      payments: { orderBy: { attempt: 'asc' }, omit: { claimId: true } },
    },
  });
  const blockers = (await blockersForAll(tx, [{ ...row, subsidy }], now)).get(id) ?? [];
  const shown = {
    ...row,
    programme: subsidy.programme,
    personId: subsidy.personId || null,
    blockers,
    reached: reachedInWords(row.calculation as Calculation | null, row.amount),
    paidBy: await paidBy(tx, row, now),
  };
  if (actor.role !== 'employer') return shown;
  const { facts: _facts, approval: _approval, ...theirs } = shown;
  return theirs;
}
