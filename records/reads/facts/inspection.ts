import { dayOf } from '../../../domain/day';
import type { Claim } from '../../../domain/pathways/inspection';
import { inForce, type Policy } from '../../../domain/policy';
import type { InspectionFacts } from '../../../domain/preconditions/inspection';
import { subjectsInTime } from '../../kernel/in-time';
import { subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';
import { proposedAbout } from './proposed';
import { notExtended } from './waits';

/** The facts that the commands of inspections depend on, by inspection. */
export async function inspectionFacts(view: View, ids: string[]): Promise<Map<string, InspectionFacts>> {
  const { tx, givenAt } = view;
  const select = {
    id: true,
    state: true,
    ground: true,
    facts: true,
    steps: true,
    resolution: true,
    lateDecision: true,
    findingOnly: true,
    jobKind: true,
    openedAt: true,
    referral: { select: { issuedAt: true } },
  };
  const rows = await tx.inspection.findMany({ where: { id: { in: ids } }, select });
  const extended = await notExtended(view, 'inspection', ids, 'resolution');
  const heard = await heardInTime(view, rows);
  const proposed = await proposedAbout(
    tx,
    'resolution_withdrawal',
    ids.map((id) => subjectOf('inspection', id)),
  );
  const { policies } = await view.law();
  return new Map(
    rows.map(({ id, jobKind, openedAt, referral, ...row }) => [
      id,
      {
        ...row,
        directive: directiveFacts(policies, { jobKind, openedAt, referral }),
        notExtended: extended.get(id),
        wasHeardInTime: heard.has(id),
        proposed: proposed.get(subjectOf('inspection', id))?.id ?? null,
        givenOn: dayOf(givenAt),
      },
    ]),
  );
}

type Referred = { jobKind: string; openedAt: Date; referral: { issuedAt: Date } | null };

function directiveFacts(
  policies: readonly Policy[],
  { jobKind, openedAt, referral }: Referred,
): InspectionFacts['directive'] {
  const referredOn = dayOf(referral?.issuedAt ?? openedAt);
  const version = inForce(policies, referredOn);
  return {
    jobKind: jobKind as 'vacant',
    referredOn,
    hasReferral: referral !== null,
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
