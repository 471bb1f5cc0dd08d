import type { CaseFacts, PolicyLimit } from '../../../domain/preconditions/case';
import { type Day, dayOf } from '../../../domain/day';
import type { ObligationKind } from '../../../domain/obligations';
import { certifiedUntil } from '../../../domain/eligibility';
import { referralInPlay } from '../../../domain/pathways/referral';
import { waitsForPlace } from '../../../domain/pathways/training';
import { holdsPerson, type MeasureRowKind, ofKind } from '../../../domain/measure-rows';
import { currentJob, plannedFor } from '../../../domain/plan';
import { recordsOfAll } from '../../joining';
import { type Aggregate, readAggregates, type Waiting } from '../../kernel/aggregates';
import { policyNumber, type PolicyNumber } from '../../kernel/policy-numbers';
import { subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';

/** The facts that the commands of cases depend on, by case. */
export const caseFacts = async (view: View, ids: string[]): Promise<Map<string, CaseFacts>> =>
  factsOfCases(view, await readAggregates(view.tx, 'case', ids));

/** The same of cases whose aggregates were read. */
export async function factsOfCases(
  view: Pick<View, 'tx' | 'law' | 'today' | 'givenAt'>,
  aggregates: readonly Aggregate<'case'>[],
): Promise<Map<string, CaseFacts>> {
  const { tx, today, givenAt } = view;
  const mostReferrals = limitOf(await policyNumber(view, 'openReferralsPerCase'));
  const mostTrainings = limitOf(await policyNumber(view, 'openTrainingsPerCase'));
  const reopenWithin = limitOf(await policyNumber(view, 'reopenWithinMonths'));
  const otherwise = await withOpenCase(
    tx,
    aggregates.flatMap(({ row: { open, personId } }) => (open ? [] : personId)),
  );
  return new Map(
    aggregates.map(({ row, around, waiting }) => [
      row.id,
      {
        area: row.area,
        managerId: row.managerId,
        movesTo: row.movesTo,
        isAssessed: row.assessment !== null,
        plansJob: currentJob(around.measures) !== undefined,
        plansWorks: plannedFor('public-works', around.measures, around.measureRows) !== undefined,
        plansTraining: plannedFor('training', around.measures, around.measureRows) !== undefined,
        openTrainings: ofKind(around.measureRows, 'training').filter(({ state }) =>
          waitsForPlace.includes(state),
        ).length,
        mostTrainings,
        business: holding(around, 'business', today),
        publicWorks: holding(around, 'public-works', today),
        hasService: around.services.some(({ endedOn }) => endedOn === null),
        hasDied: around.person.diedOn !== null,
        recommended: {
          eligibility: row.eligibility,
          recommendedUntil: around.person.recommendedUntil,
          certifiedUntil: certifiedUntil(row.evidence),
        },
        openReferrals: around.referrals.filter(({ state }) => referralInPlay.includes(state)).length,
        mostReferrals,
        asksForReferral: asks(row.id, waiting, 'referral_consent'),
        asksForClosure: asks(row.id, waiting, 'closure_consent'),
        foundAlone: row.foundAlone !== null,
        closedOn: row.closedAt && dayOf(row.closedAt),
        reopenWithin,
        hasOtherCase: otherwise.has(row.personId),
        today,
        givenOn: dayOf(givenAt),
      },
    ]),
  );
}

/** Whether a consent of the supervisor is asked for. */
const asks = (id: string, waiting: readonly Waiting[], consent: ObligationKind): boolean =>
  waiting.some(({ subject, kind }) => kind === consent && subject === subjectOf('case', id));

/** The persons who have an open case, under any of their records. */
async function withOpenCase(tx: View['tx'], personIds: readonly string[]): Promise<Set<string>> {
  const records = await recordsOfAll(tx, personIds);
  const all = [...records.values()].flat();
  if (all.length === 0) return new Set();
  const cases = await tx.case.findMany({
    where: { personId: { in: all }, open: true },
    select: { personId: true },
  });
  const open = new Set(cases.map(({ personId }) => personId));
  return new Set(personIds.filter((id) => records.get(id)?.some((one) => open.has(one))));
}

const limitOf = ({ n, version }: PolicyNumber): PolicyLimit => ({
  n,
  ...(version && { version: version.id, from: version.validFrom }),
});

/** The row of a kind that holds the person now, of any case. */
const holding = (
  { measureRows, measureRowsElsewhere }: Aggregate<'case'>['around'],
  kind: MeasureRowKind,
  today: Day,
): string | null =>
  ofKind([...measureRows, ...measureRowsElsewhere], kind).find((one) => holdsPerson(one, today))?.id ?? null;
