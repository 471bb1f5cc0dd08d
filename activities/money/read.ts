import type { Claim, Recovery, Subsidy } from '../../prisma/generated/client';
import { START, STIPEND } from '../../domain/policy';
import { kindOfSubsidy, type SubsidyKind } from '../../records/kernel/rows';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';

/** A claim with its subsidy. */
export type WholeClaim = Claim & { subsidy: Subsidy };

export const readSubsidy = (transaction: Transaction, id: string): Promise<Subsidy> =>
  transaction.tx.subsidy.findUniqueOrThrow({ where: { id } });

export const isAdaptation = ({ programme }: Pick<Subsidy, 'programme'>): boolean =>
  programme === 'workplace_adaptation';

export const isStipend = ({ programme }: Pick<Subsidy, 'programme'>): boolean => programme === STIPEND;

export const isStart = ({ programme }: Pick<Subsidy, 'programme'>): boolean => programme === START;

/** The row's kind. The kinds of subsidies share a table. */
export const kindOf = ({ id }: Pick<Subsidy, 'id'>): SubsidyKind => kindOfSubsidy(id);

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

/** The employer and the person of a subsidy, for its events, and the case of a person's. */
export const aboutSubsidy = ({ employerId, personId, caseId }: About) => ({
  employerId,
  personId: personId || null,
  caseId,
});
type About = Pick<Subsidy, 'employerId' | 'personId' | 'caseId'>;

/** The employer of a recovery, for its events. Of a person's: the person and the case of the stipend. */
export const aboutRecovery = async (
  transaction: Transaction,
  { employerId, personId, subsidyId }: Pick<Recovery, 'employerId' | 'personId' | 'subsidyId'>,
) => (personId === null ? { employerId } : aboutSubsidy(await readSubsidy(transaction, subsidyId)));

/** The number of a subsidy, for its events. Their words say that a person's is a stipend or a start subsidy. */
export const numbered = (row: Pick<Subsidy, 'id' | 'programme' | 'employerId'>) => ({
  subsidy: row.id,
  ...(row.employerId === null && { programme: row.programme }),
});

/** The wait for the order. A start subsidy's is the supervisor's of the region [measures §3]. */
export const signingOf = (row: Subsidy) => (isStart(row) ? 'start_signing' : 'signing');
