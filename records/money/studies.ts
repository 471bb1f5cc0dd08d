import type { Law } from '../kernel/law';
import type { Calendar } from '../../domain/calendar';
import { addDays, type Day } from '../../domain/day';
import { type Entitlement, worthOfMonth } from '../../domain/money/entitlement';
import type { Period } from '../../domain/money/period';
import { RuleError } from '../../domain/money/rule-error';
import { type Study, stipendMonths } from '../../domain/money/stipend';
import { multipleSet } from '../../domain/money/terms';
import { STIPEND, type StipendRule } from '../../domain/policy';
import { weekOf } from '../../domain/training/attendance';
import type { Weekday } from '../../domain/training/course';
import type { Tx } from '../../prisma/db';
import type { Course, Subsidy, Training } from '../../prisma/generated/client';
import { recordsOf } from '../joining';

type Reads = Pick<Tx, 'subsidy' | 'training' | 'person' | '$queryRaw'>;

/** A training with its course. */
export type WholeTraining = Training & { course: Course };

export const trainingOf = (tx: Pick<Tx, 'training'>, id: string): Promise<WholeTraining> =>
  tx.training.findUniqueOrThrow({ where: { id }, include: { course: true } });

/**
 * The person's studies up to that of a stipend, in the order of their stipends. A later one takes nothing from an earlier one. The days
 * are those that are known now: planned until the first day, and to the course's last day until the study ends.
 */
export async function studiesOf(tx: Reads, row: Pick<Subsidy, 'id' | 'personId'>): Promise<Study[]> {
  const stipends = await tx.subsidy.findMany({
    where: {
      programme: STIPEND,
      personId: { in: await recordsOf(tx, row.personId) },
      id: { lte: row.id },
      OR: [{ id: row.id }, { state: { not: 'stopped' } }],
    },
    select: { id: true, trainingId: true },
    orderBy: { id: 'asc' },
  });
  const person = await tx.person.findUnique({ where: { id: row.personId }, select: { diedOn: true } });
  const trainings = await tx.training.findMany({
    where: { id: { in: stipends.flatMap(({ trainingId }) => trainingId ?? []) } },
    include: { course: true },
  });
  return stipends.flatMap(({ id, trainingId }) => {
    const training = trainings.find((each) => each.id === trainingId);
    const period = training && beforeDeath(periodOfStudy(training), person?.diedOn ?? null);
    return training && period
      ? [
          {
            id,
            period,
            interruptions: interruptionsOf(training),
            week: weekOf(training.course.heldOn as Weekday[]),
          },
        ]
      : [];
  });
}

/** The person's own first day and the last; undefined while neither is known, and for a study that ended before it began. */
export function periodOfStudy({
  startedOn,
  endedOn,
  firstOn,
  lastOn,
  endedAt,
}: Training): Period | undefined {
  const from = startedOn ?? firstOn;
  const to = [endedOn, lastOn].filter((day) => day !== null).toSorted()[0];
  if (from === null || to === undefined || (startedOn === null && endedAt !== null)) return undefined;
  return from <= to ? { from, to } : undefined;
}

/** Days before the death alone are paid. */
function beforeDeath(period: Period | undefined, diedOn: Day | null): Period | undefined {
  if (!period || diedOn === null || period.to < diedOn) return period;
  return period.from < diedOn ? { from: period.from, to: addDays(diedOn, -1) } : undefined;
}

/** The times without study. One without an end goes on to the last day. */
export function interruptionsOf({ interruptions, lastOn }: Training): Period[] {
  const all = interruptions as { from: Day; to?: Day | null }[];
  return all.map(({ from, to }) => ({ from, to: to ?? lastOn ?? from }));
}

/** The rule that a stipend keeps. @throws RuleError no_rule */
export function stipendRule(law: Law, { policyId }: Pick<Subsidy, 'policyId'>): StipendRule {
  const rule = law.policy(policyId).rules.programmes.training_stipend;
  if (!rule) throw new RuleError('no_rule', STIPEND);
  return rule;
}

/**
 * The amounts of a stipend's months, in order [measures §4].
 *
 * @throws RuleError no_rule, amount_not_set, no_bhm
 */
export function stipendWorths(
  row: Pick<Subsidy, 'id' | 'policyId'>,
  studies: readonly Study[],
  { law, calendar, orderDate }: { law: Law; calendar: Calendar; orderDate: Day },
): Entitlement[] {
  const rule = stipendRule(law, row);
  const multiple = multipleSet(rule.multiple, STIPEND);
  const months = stipendMonths(studies, { calendar, proRata: rule.proRata }).get(row.id) ?? [];
  return months.map(({ month, days, share }) =>
    worthOfMonth(
      { month, share, paid: days },
      { rule, multiple, version: row.policyId, bhms: law.bhm, orderDate },
    ),
  );
}
