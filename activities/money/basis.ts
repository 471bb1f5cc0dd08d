import type { Day } from '../../domain/day';
import type { Correction, MismatchResolution } from '../../contracts/claim';
import type { Entitlement } from '../../domain/money/entitlement';
import type { Resolution } from '../../domain/money/mismatch';
import { boundClaim } from '../../domain/pathways/claim';
import type { Json } from '../../prisma/db';
import type { Claim } from '../../prisma/generated/client';
import { withDays, worthOf } from '../../records/money/terms';
import { wrongField } from '../../records/kernel/refusal';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { paidMonth } from '../../records/money/paid-month';
import type { WholeClaim } from './read';

/** The basis of a month's amount: the contract by a document, no work, or the known facts. */
export type Basis = Pick<Correction, 'contract' | 'nothingWorked'>;

/** A month's amount in whole so'm, its share in units of 1/377,580 month, and its calculation. */
interface Worth {
  amount: bigint;
  share?: number;
  calculation: Json;
}

/** The steps of a calculation, as employers and auditors read them. */
const shownCalculation = ({ amount, bhm, ...rest }: Entitlement): Json => ({
  ...rest,
  amount: Number(amount),
  bhm: bhm.map((part) => ({ ...part, amount: Number(part.amount) })),
});

/**
 * A month's amount by the rule, on a basis. Nobody types the amount in.
 *
 * @throws Refusal 422 for an adaptation: it is due as ordered or not at all
 */
export async function worthBy(
  transaction: Transaction,
  claim: WholeClaim,
  { contract, nothingWorked }: Basis,
): Promise<Worth> {
  if (claim.month === '') {
    if (!nothingWorked)
      throw wrongField('nothingWorked', 'missing', 'An adaptation is corrected to nothing, or not at all.');
    return { amount: 0n, calculation: claim.calculation as Json };
  }
  const worth = await worthOf(transaction, await withDays(transaction, claim.subsidy), claim.month, contract);
  const said = { ...worth, ...(nothingWorked && { amount: 0n, share: 0 }) };
  return { amount: said.amount, share: said.share, calculation: shownCalculation(said) };
}

/**
 * The basis of a month's days: the document of the last correction, or the register's answer where a person found it right.
 * The job's end as known now limits both.
 */
export async function daysAsKnown(transaction: Transaction, claim: WholeClaim): Promise<Basis> {
  const corrections = await transaction.tx.approval.findMany({
    where: { kind: 'correction', about: subjectOf('claim', claim.id), state: 'approved' },
    orderBy: { decidedAt: 'desc' },
    select: { body: true },
  });
  const documented = corrections.map(({ body }) => body as Correction).find((body) => body.document);
  const { contract = registered(claim), nothingWorked } = documented ?? {};
  if (nothingWorked) return { nothingWorked };
  if (!contract) return {};
  const { lastDay } = claim.subsidy;
  const until = [contract.until, lastDay].filter((day) => typeof day === 'string').toSorted()[0];
  return { contract: { since: contract.since, ...(until !== undefined && { until }) } };
}

/** The contract from the first day in the labour register, where a person found that the register is right. */
function registered(claim: Claim): Basis['contract'] {
  const { since } = (claim.facts ?? {}) as { since?: Day };
  return resolvedTo(claim) === 'register_stands' && since !== undefined ? { since } : undefined;
}

/** The facts of a month without a new document: its days, or the fact that nothing was accrued for them. */
export async function basisAsKnown(transaction: Transaction, claim: WholeClaim): Promise<Basis> {
  const days = await daysAsKnown(transaction, claim);
  return !days.contract && (await wasNotWorked(transaction, claim)) ? { nothingWorked: true } : days;
}

/** Whether nothing was accrued for a month that has paid days. */
async function wasNotWorked(transaction: Transaction, claim: Claim): Promise<boolean> {
  const { accrued } = (claim.facts ?? {}) as { accrued?: number };
  if (accrued !== undefined && resolvedTo(claim) !== 'declaration_stands') return accrued === 0;
  const { amount } = await transaction.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  const days = claim.calculation as { amount?: number } | null;
  return amount === 0n && claim.amount === 0n && (days?.amount ?? 0) > 0;
}

/** The side of a mismatch that a person found right. */
const resolvedTo = ({ resolution }: Claim): Resolution | undefined =>
  (resolution as MismatchResolution | null)?.resolution;

/** All payables of a claim's month, oldest first. */
export const payablesOf = (
  transaction: Transaction,
  { subsidyId, month }: Pick<Claim, 'subsidyId' | 'month'>,
) => transaction.tx.claim.findMany({ where: { subsidyId, month }, orderBy: { n: 'asc' } });

/** The amount that the month's other payables have paid or will pay, and its recovered part, in whole so'm. */
export async function byOthers(
  transaction: Transaction,
  claim: Claim,
): Promise<{ bound: bigint; recovered: bigint }> {
  const others = (await payablesOf(transaction, claim)).filter(
    ({ id, state }) => id !== claim.id && paying.includes(state),
  );
  const { recovered } = await paidMonth(
    transaction,
    others.map(({ id }) => id),
  );
  return { bound: others.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n), recovered };
}

const paying: readonly string[] = ['ready', ...boundClaim];
