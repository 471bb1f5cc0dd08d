import type { CaseFacts, PolicyLimit } from '../../../domain/preconditions/case';
import { dayOf } from '../../../domain/day';
import { certifiedUntil } from '../../../domain/eligibility';
import { referralInPlay } from '../../../domain/pathways/referral';
import { currentJob } from '../../../domain/plan';
import { recordsOfAll } from '../../joining';
import { policyNumber, type PolicyNumber } from '../../kernel/policy-numbers';
import { subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';

/** The consents that a case manager asks of the supervisor. */
const consents = ['referral_consent', 'closure_consent'] as const;

/** The facts that the commands of cases depend on, by case. */
export async function caseFacts(view: View, ids: string[]): Promise<Map<string, CaseFacts>> {
  const { tx, today, givenAt } = view;
  const mostReferrals = limitOf(await policyNumber(view, 'openReferralsPerCase'));
  const reopenWithin = limitOf(await policyNumber(view, 'reopenWithinMonths'));
  const rows = await tx.case.findMany({
    where: { id: { in: ids } },
    include: {
      person: { select: { diedOn: true, recommendedUntil: true } },
      measures: { orderBy: { n: 'asc' }, select: { kind: true, endedOn: true, outcome: true } },
      services: { where: { endedOn: null }, select: { n: true }, take: 1 },
      referrals: { where: { state: { in: [...referralInPlay] } }, select: { id: true } },
    },
  });
  const asked = await tx.task.findMany({
    where: {
      subject: { in: ids.map((id) => subjectOf('case', id)) },
      kind: { in: [...consents] },
      closedAt: null,
    },
    select: { subject: true, kind: true },
  });
  const otherwise = await withOpenCase(
    tx,
    rows.flatMap(({ open, personId }) => (open ? [] : personId)),
  );
  const asks = (id: string, kind: (typeof consents)[number]) =>
    asked.some((task) => task.subject === subjectOf('case', id) && task.kind === kind);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        area: row.area,
        managerId: row.managerId,
        movesTo: row.movesTo,
        isAssessed: row.assessment !== null,
        plansJob: currentJob(row.measures) !== undefined,
        hasService: row.services.length > 0,
        hasDied: row.person.diedOn !== null,
        recommended: {
          eligibility: row.eligibility,
          recommendedUntil: row.person.recommendedUntil,
          certifiedUntil: certifiedUntil(row.evidence),
        },
        openReferrals: row.referrals.length,
        mostReferrals,
        asksForReferral: asks(row.id, 'referral_consent'),
        asksForClosure: asks(row.id, 'closure_consent'),
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
