import { employingIn } from './payees';
import type { AdaptationApplication } from '../../contracts/adaptation';
import type { ProvedCost } from '../../contracts/costs';
import type { StartApplication } from '../../contracts/start-subsidy';
import type { Day } from '../../domain/day';
import { adaptationAmount, type CostLine, type WorkplaceAmount } from '../../domain/money/adaptation';
import { type CappedCosts, cappedCosts, costCap } from '../../domain/money/costs';
import { type Entitlement, entitlementsOf, type Reckoning } from '../../domain/money/entitlement';
import type { Month } from '../../domain/money/months';
import { RuleError } from '../../domain/money/rule-error';
import { wageTerms } from '../../domain/money/terms';
import type { Study } from '../../domain/money/stipend';
import { type PaidOnce, STIPEND, type WageProgramme } from '../../domain/policy';
import type { Employer, Subsidy } from '../../prisma/generated/client';
import type { Transaction } from '../kernel/transaction';
import { stipendRule, stipendWorths, studiesOf } from './studies';

/** The law and the calendar of a calculation. They need not be those in force. */
type Reckoner = Pick<Transaction, 'today' | 'law' | 'calendar'>;

/** A subsidy with the rows that its days follow from: its employer's working week, or of a stipend the person's studies. */
export type WithDays = Subsidy & { employer: Pick<Employer, 'week'> | null; studies: readonly Study[] };

/** A subsidy's employer. */
export const employerOf = (
  transaction: Pick<Transaction, 'tx'>,
  row: Pick<Subsidy, 'employerId'>,
): Promise<Employer> => transaction.tx.employer.findUniqueOrThrow({ where: { id: employingIn(row) } });

/** The same with the rows that its days follow from, for a calculation. */
export const withDays = async (transaction: Pick<Transaction, 'tx'>, row: Subsidy): Promise<WithDays> => ({
  ...row,
  employer: row.employerId === null ? null : await employerOf(transaction, row),
  studies: row.programme === STIPEND ? await studiesOf(transaction.tx, row) : [],
});

/**
 * The amounts of a subsidy's months, in order: of a stipend by the days studied, of any other by those of the contract.
 *
 * @throws RuleError no_rule, amount_not_set, no_bhm
 */
export async function worthsOf(
  transaction: Reckoner,
  row: WithDays,
  contract?: { since: Day; until?: Day | undefined },
): Promise<Entitlement[]> {
  if (row.programme !== STIPEND) return entitlementsOf(await reckoningOf(transaction, row, contract));
  const law = await transaction.law();
  const calendar = await transaction.calendar();
  return stipendWorths(row, row.studies, { law, calendar, orderDate: orderDayOf(transaction, row) });
}

/** The day of the order, or today while it is not signed. */
export const orderDayOf = (transaction: Pick<Transaction, 'today'>, { order }: Pick<Subsidy, 'order'>): Day =>
  (order as { date: Day } | null)?.date ?? transaction.today;

/**
 * The input for the months of a wage subsidy: its terms, its dates, the contract as recorded, and the BHM published by now.
 */
export async function reckoningOf(
  transaction: Reckoner,
  row: WithDays,
  contract: { since: Day; until?: Day | undefined } = contractOf(row),
): Promise<Reckoning> {
  const law = await transaction.law();
  const order = row.order as { date: Day } | null;
  return {
    terms: wageTerms(law.policy(row.policyId), row.programme as WageProgramme),
    dates: { hire: hiredOnOf(row), application: row.appliedOn, order: order?.date },
    contract,
    week: (row.employer?.week ?? 'five') as 'five' | 'six',
    calendar: await transaction.calendar(),
    bhms: law.bhm,
    orderDate: orderDayOf(transaction, row),
  };
}

/** The amount of a subsidy's month now. It is nothing where the period does not touch the month, after its terms changed. */
export async function worthOf(
  transaction: Reckoner,
  row: WithDays,
  month: Month,
  contract?: { since: Day; until?: Day | undefined },
): Promise<Entitlement> {
  const worth = (await worthsOf(transaction, row, contract)).find((each) => each.month === month);
  if (worth) return worth;
  const law = await transaction.law();
  const rule =
    row.programme === STIPEND
      ? stipendRule(law, row)
      : wageTerms(law.policy(row.policyId), row.programme as WageProgramme).rule;
  return {
    month,
    amount: 0n,
    share: 0,
    multiple: rule.multiple ?? 0,
    bhm: [],
    rule: rule.bhm,
    act: rule.act,
    version: row.policyId,
  };
}

/** The contract as the subsidy records it: from the hire to the last day, if there is one. */
export const contractOf = (row: Subsidy): { since: Day; until?: Day | undefined } => ({
  since: hiredOnOf(row),
  ...(row.lastDay !== null && { until: row.lastDay }),
});

export function hiredOnOf({ id, hiredOn }: Pick<Subsidy, 'id' | 'hiredOn'>): Day {
  if (hiredOn === null) throw new Error(`${id} has no hire`);
  return hiredOn;
}

/** The amount of costs that are paid once, by the costs that the review accepted and the BHM on the order's date. */
export type CostsWorth = { amount: bigint; act: string; version: string } & (
  | { workplaces: WorkplaceAmount[] }
  | { costs: CappedCosts }
);

/** @throws RuleError no_rule, amount_not_set, no_bhm */
export async function costsWorth(transaction: Reckoner, row: Subsidy): Promise<CostsWorth> {
  const law = await transaction.law();
  const programme = row.programme as PaidOnce;
  const rule = law.policy(row.policyId).rules.programmes[programme];
  if (!rule) throw new RuleError('no_rule', programme);
  const cap = costCap(rule, programme, law.bhm, orderDayOf(transaction, row));
  const by = { act: rule.act, version: row.policyId };
  if (programme === 'workplace_adaptation') return { ...adaptationAmount(acceptedCosts(row), cap), ...by };
  const costs = cappedCosts(accepted(row, (row.application as StartApplication).costs), cap);
  return { amount: costs.amount, costs, ...by };
}

/** The costs of an adaptation that the review accepted. */
export const acceptedCosts = (row: Subsidy): CostLine[] =>
  accepted(row, (row.application as AdaptationApplication).costs);

function accepted<C extends ProvedCost>({ review }: Subsidy, costs: readonly C[]) {
  const { accepted: sums } = (review ?? {}) as { accepted?: number[] };
  return costs.map(({ tiyin, ...cost }, n) => ({ ...cost, acceptedTiyin: BigInt(sums?.[n] ?? tiyin) }));
}
