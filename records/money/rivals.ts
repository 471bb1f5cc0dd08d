import { isExcludedBy, type Rival } from '../../domain/money/eligible';
import { subsidyPeriod } from '../../domain/money/entitlement';
import { type Month, monthOf } from '../../domain/money/months';
import { monthsOf } from '../../domain/money/period';
import { wageTerms } from '../../domain/money/terms';
import type { Programme, WageProgramme } from '../../domain/policy';
import { type Claim, type Commitment, Prisma, type Subsidy } from '../../prisma/generated/client';
import { recordsOf } from '../joining';
import type { Transaction } from '../kernel/transaction';

type Other = Subsidy & { claims: Claim[]; commitments: Commitment[] };

/**
 * The other valid wage subsidies of a worker and employer. An application that was waived, refused or abandoned bars no other
 * [money §3].
 */
async function othersOf(transaction: Transaction, { id, personId, employerId }: Subsidy): Promise<Other[]> {
  if (personId === '') return [];
  return transaction.tx.subsidy.findMany({
    where: {
      id: { not: id },
      personId: { in: await recordsOf(transaction.tx, personId) },
      employerId,
      hiredOn: { not: null },
      state: { notIn: ['refused', 'abandoned'] },
      NOT: { state: 'stopped', order: { equals: Prisma.DbNull } },
    },
    include: { claims: { where: { n: 0 } }, commitments: true },
    orderBy: { id: 'asc' },
  });
}

/** The same subsidies, as the rules for an application see them. */
export async function rivalsOf(transaction: Transaction, row: Subsidy): Promise<Rival[]> {
  const law = await transaction.law();
  return (await othersOf(transaction, row)).map((other) => {
    const { rule, ...terms } = wageTerms(law.policy(other.policyId), other.programme as WageProgramme);
    const order = other.order as { date: string } | null;
    const dates = {
      hire: other.hiredOn ?? other.appliedOn,
      application: other.appliedOn,
      order: order?.date,
    };
    const period = subsidyPeriod({ rule, ...terms }, dates);
    const { lastDay } = other;
    const upTo = monthsOf(period).filter((month) => lastDay === null || month <= monthOf(lastDay));
    return {
      programme: other.programme as Programme,
      excludes: rule.excludes,
      months: order === null ? upTo : monthsHeldBy(other),
      goesOn: lastDay === null && period.to >= row.appliedOn,
    };
  });
}

/** The months that other subsidies have and this one leaves out. A month is paid once, to the subsidy that reserved it first. */
export async function monthsHeldByOthers(
  transaction: Transaction,
  row: Subsidy,
): Promise<ReadonlySet<Month>> {
  const law = await transaction.law();
  const excludes = ({ policyId, programme }: Subsidy) => ({
    programme: programme as Programme,
    excludes: wageTerms(law.policy(policyId), programme as WageProgramme).rule.excludes,
  });
  const rivals = (await othersOf(transaction, row)).filter((other) =>
    isExcludedBy(excludes(other), excludes(row)),
  );
  return new Set(rivals.flatMap(monthsHeldBy));
}

/** The months that a subsidy has reserved or draws. A month without a payment is free. */
const monthsHeldBy = ({ commitments, claims }: Other): Month[] => [
  ...commitments.filter(({ needed }) => needed > 0n).map(({ month }) => month),
  ...claims.filter(({ state }) => !cameToNothing.includes(state)).map(({ month }) => month),
];

const cameToNothing: readonly string[] = ['zero', 'lapsed', 'stopped'];
