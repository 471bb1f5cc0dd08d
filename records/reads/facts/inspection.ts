import { dayOf } from '../../../domain/day';
import type { Claim } from '../../../domain/pathways/inspection';
import { inForce, type Policy } from '../../../domain/policy';
import type { InspectionFacts } from '../../../domain/preconditions/inspection';
import type { Inspection, Task } from '../../../prisma/generated/client';
import { instant } from '../../kernel/columns';
import { subjectsInTime } from '../../kernel/in-time';
import { subjectOf } from '../../kernel/rows';
import { whyNotExtended } from '../../kernel/tasks';
import type { View } from '../../kernel/view';

type Read = Pick<
  Inspection,
  | 'id'
  | 'state'
  | 'ground'
  | 'facts'
  | 'steps'
  | 'resolution'
  | 'lateDecision'
  | 'findingOnly'
  | 'jobKind'
  | 'openedAt'
> & {
  /** The instant at which the referral was issued; null without a referral. */
  issuedAt: Date | null;
  wait: (Pick<Task, 'rule' | 'extended' | 'escalated'> & { due: number | null }) | null;
  proposed: string | null;
};

/** The facts that the commands of inspections depend on, by inspection. */
export async function inspectionFacts(view: View, ids: string[]): Promise<Map<string, InspectionFacts>> {
  const { tx, givenAt } = view;
  const rows = await tx.$queryRaw<Read[]>`
    SELECT it.id, it.state, it.ground, it.facts, it.steps, it.resolution, it.late_decision AS "lateDecision",
      it.finding_only AS "findingOnly", it.job_kind AS "jobKind", it.opened_at AS "openedAt", referral.issued_at AS "issuedAt",
      (SELECT json_build_object('rule', rule, 'extended', extended, 'escalated', escalated,
          'due', CASE WHEN isfinite(due) THEN ms(due) END)
       FROM tasks WHERE subject = 'inspection/' || it.id AND kind = 'resolution' AND closed_at IS NULL LIMIT 1) AS wait,
      (SELECT id FROM approvals WHERE kind = 'resolution_withdrawal' AND about = 'inspection/' || it.id AND open LIMIT 1) AS proposed
    FROM inspections AS it LEFT JOIN referrals AS referral ON referral.id = it.referral_id
    WHERE it.id = ANY(${ids})`;
  const heard = await heardInTime(view, rows);
  const { policies } = await view.law();
  return new Map(
    rows.map(({ jobKind, openedAt, issuedAt, wait, ...row }) => [
      row.id,
      {
        ...row,
        directive: directiveFacts(policies, { jobKind, openedAt, issuedAt }),
        notExtended: whyNotExtended(wait && { ...wait, due: instant(wait.due) }, givenAt),
        wasHeardInTime: heard.has(row.id),
        givenOn: dayOf(givenAt),
      },
    ]),
  );
}

type Referred = Pick<Read, 'jobKind' | 'openedAt' | 'issuedAt'>;

function directiveFacts(
  policies: readonly Policy[],
  { jobKind, openedAt, issuedAt }: Referred,
): InspectionFacts['directive'] {
  const referredOn = dayOf(issuedAt ?? openedAt);
  const version = inForce(policies, referredOn);
  return {
    jobKind: jobKind as 'vacant',
    referredOn,
    hasReferral: issuedAt !== null,
    directiveFor: version?.rules.directiveFor ?? [],
    ...(version && { version: version.id, from: version.validFrom }),
  };
}

type Heard = { id: string; ground: string; facts: unknown };

/** The inspections that say unheard, though the hearing was given in time [pathway §5, received in time]. */
async function heardInTime({ tx, givenAt }: View, rows: readonly Heard[]): Promise<Set<string>> {
  const unheard = rows.filter(({ facts }) => (facts as { claim?: Claim } | null)?.claim === 'unheard');
  const found = new Set<string>();
  for (const [kind, isOfEnd] of [
    ['end_hearing', true],
    ['hearing', false],
  ] as const) {
    const of = unheard.filter(({ ground }) => (ground === 'ended_early') === isOfEnd);
    const subjects = of.map(({ id }) => subjectOf('inspection', id));
    const inTime = subjects.length > 0 ? await subjectsInTime(tx, subjects, { kind }, givenAt) : new Set();
    for (const { id } of of) if (inTime.has(subjectOf('inspection', id))) found.add(id);
  }
  return found;
}
