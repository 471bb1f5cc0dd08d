import { type Day, dayOf } from '../../domain/day';
import { mostSetOff } from '../../domain/money/instalments';
import { correctionOf, setOff } from '../../domain/money/overpayment';
import { partiesOf } from '../../domain/money/payee';
import { numberIn } from '../../domain/policy-numbers';
import type { Rules } from '../../domain/policy';
import type { Tx } from '../../prisma/db';
import { type Approval, type Claim, Prisma, type Recovery } from '../../prisma/generated/client';
import { columnsOf } from '../kernel/columns';
import { paidMonths } from './paid-month';

/* What follows for a payee's debts, before it is decided [money §6]. */

/** States of a payable that is decided or to be decided, and not sent. An overpayment is set off against it. */
export const unpaid = ['ready', 'approved'] as const;

/** States of a recovery that may still be repaid. A recovery at a court may be repaid too, until it is written off. */
export const owed = ['demanded', 'partly_repaid', 'handed_over'] as const;

type Payable = Pick<Claim, 'id' | 'payee' | 'fund' | 'lineId' | 'subsidyId' | 'month'>;

const isSameMonth = (a: Pick<Payable, 'subsidyId' | 'month'>, b: Pick<Payable, 'subsidyId' | 'month'>) =>
  a.subsidyId === b.subsidyId && a.month === b.month;

/**
 * The recoveries that are set off against payees' payables, the oldest first. They belong to another month and, where the
 * policy says so, to the same line [money §6]. They never belong to another fund, and a person consents to it [measures §4].
 *
 * @param sameLine the policy's `setOffOnSameLine`
 * @returns by the number of the payable
 */
export async function debtsBeside(
  tx: Pick<Tx, '$queryRaw'>,
  sameLine: boolean,
  payables: readonly Payable[],
): Promise<Map<string, Recovery[]>> {
  const payees = [...new Set(payables.map(({ payee }) => payee))];
  const lines = [...new Set(payables.map(({ lineId }) => lineId))];
  const rows = await tx.$queryRaw<(Recovery & { month: string })[]>`
    SELECT ${columnsOf(Prisma.RecoveryScalarFieldEnum, 'recovery')}, debtor.month
    FROM recoveries AS recovery JOIN claims AS debtor ON debtor.id = recovery.claim_id
    WHERE recovery.payee = ANY(${payees}) AND recovery.state = ANY(${[...owed]}) AND recovery.left > 0
      AND (${!sameLine} OR recovery.line_id = ANY(${lines}))
      AND (recovery.person_id IS NULL OR recovery.consent->>'consents' = 'true')
    ORDER BY recovery.demanded_at, recovery.id`;
  const isBeside = (payable: Payable, debt: (typeof rows)[number]): boolean =>
    debt.payee === payable.payee &&
    debt.fund === payable.fund &&
    !(sameLine && debt.lineId !== payable.lineId) &&
    !isSameMonth(debt, payable);
  return new Map(
    payables.map((payable) => [payable.id, rows.filter((recovery) => isBeside(payable, recovery))]),
  );
}

type RulesReader = Pick<Tx, 'policyVersion'>;

/** The rules in force on a day. */
async function rulesOn({ policyVersion }: RulesReader, today: Day): Promise<Rules | undefined> {
  const version = await policyVersion.findFirst({
    where: { state: 'active', validFrom: { lte: today } },
    orderBy: [{ validFrom: 'desc' }, { recordedAt: 'desc' }],
    select: { rules: true },
  });
  return version?.rules as Rules | undefined;
}

/**
 * The sums that the approval of ready claims would keep back towards debts, in so'm, by claim. A claim without debts is left
 * out.
 */
export async function keptBackOf(
  tx: RulesReader & Pick<Tx, '$queryRaw'>,
  claims: readonly (Payable & Pick<Claim, 'state' | 'amount' | 'setOff'>)[],
  now: Date,
): Promise<Map<string, number>> {
  const ready = claims.filter(({ state }) => state === 'ready');
  if (ready.length === 0) return new Map();
  const rules = await rulesOn(tx, dayOf(now));
  const debts = await debtsBeside(tx, rules?.setOffOnSameLine ?? true, ready);
  const percent = numberIn(rules ?? {}, 'personsSetOffPercent');
  const sums = ready.map(({ id, payee, amount, setOff: planned }): [string, number] => {
    const isPersons = partiesOf(payee).personId !== null;
    const free = (isPersons ? mostSetOff(amount ?? 0n, percent) : (amount ?? 0n)) - planned;
    const owes = (debts.get(id) ?? []).reduce((total, { left }) => total + left, 0n);
    return [id, Number(planned + (owes < free ? owes : free))];
  });
  return new Map(sums.filter(([, sum]) => sum > 0));
}

/** An overpayment in so'm: one part is set off against unpaid claims, the other is demanded back. */
export interface Overpayment {
  setOff: number;
  demand: number;
}

/**
 * What would become of the overpayments that open corrections establish, by the number of the proposal. The number of queries
 * does not grow with the proposals.
 */
export async function overpaymentsOf(
  tx: RulesReader & Pick<Tx, 'claim' | 'ledgerEntry'>,
  rows: readonly Pick<Approval, 'id' | 'kind' | 'open' | 'body'>[],
  now: Date,
): Promise<Map<string, Overpayment>> {
  const lowering = rows.flatMap(({ id, kind, open, body }) => {
    const { claim, before, after } = body as { claim: string; before: number; after: number };
    return kind === 'correction' && open && after < before ? [{ id, claim, after }] : [];
  });
  if (lowering.length === 0) return new Map();
  const months = await tx.claim.findMany({ where: { id: { in: lowering.map(({ claim }) => claim) } } });
  const payables = await tx.claim.findMany({
    where: { OR: months.map(({ subsidyId, month }) => ({ subsidyId, month })) },
    select: { id: true, subsidyId: true, month: true },
  });
  const sums = await paidMonths(
    { tx },
    payables.map(({ id }) => id),
  );
  const others = await tx.claim.findMany({
    where: { payee: { in: months.map(({ payee }) => payee) }, state: { in: [...unpaid] } },
  });
  const sameLine = (await rulesOn(tx, dayOf(now)))?.setOffOnSameLine ?? true;
  const outcome = ({ claim, after }: (typeof lowering)[number]): Overpayment | undefined => {
    const month = months.find(({ id }) => id === claim);
    if (!month) return undefined;
    const ofMonth = payables.filter((each) => isSameMonth(each, month)).map(({ id }) => id);
    const change = correctionOf({ entitlement: BigInt(after), ...sums(ofMonth) });
    if (change.kind !== 'overpaid') return undefined;
    const beside = others.filter(
      (each) =>
        partiesOf(each.payee).personId === null &&
        each.payee === month.payee &&
        each.fund === month.fund &&
        !isSameMonth(each, month),
    );
    const { left } = setOff(change.by, beside.map(asUnpaid), month.lineId, sameLine);
    return { setOff: Number(change.by - left), demand: Number(left) };
  };
  return new Map(
    lowering.flatMap((each) => {
      const found = outcome(each);
      return found ? [[each.id, found] as const] : [];
    }),
  );
}

/** A payable as the rule of setting off reads it. */
export const asUnpaid = ({ id, lineId, openedAt, amount, setOff: planned }: Claim) => ({
  id,
  line: lineId,
  since: openedAt.toISOString(),
  amount: (amount ?? 0n) - planned,
});
