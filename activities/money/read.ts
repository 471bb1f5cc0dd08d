import type { Claim, Subsidy } from '../../prisma/generated/client';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';

/** A claim with its subsidy. */
export type WholeClaim = Claim & { subsidy: Subsidy };

export const readSubsidy = (transaction: Transaction, id: string): Promise<Subsidy> =>
  transaction.tx.subsidy.findUniqueOrThrow({ where: { id } });

export const isAdaptation = ({ programme }: Pick<Subsidy, 'programme'>): boolean =>
  programme === 'workplace_adaptation';

/** The row's kind. Both kinds of subsidy share a table. */
export const kindOf = (row: Pick<Subsidy, 'programme'>): 'subsidy' | 'adaptation' =>
  isAdaptation(row) ? 'adaptation' : 'subsidy';

/**
 * The offices of a subsidy's waits: the employment department of the employer's district, and the finance office of the
 * region.
 */
export const placeOfSubsidy = ({
  area,
  fund,
  employerId,
  personId,
}: Pick<Subsidy, 'area' | 'fund' | 'employerId' | 'personId'>): Place => ({
  area,
  fund,
  employerId,
  personId: personId || null,
});

/** The employer and the person of a subsidy, for its events. */
export const aboutSubsidy = ({ employerId, personId }: Pick<Subsidy, 'employerId' | 'personId'>) => ({
  employerId,
  personId: personId || null,
});
