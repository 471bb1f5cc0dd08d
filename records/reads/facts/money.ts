import { dayOf } from '../../../domain/day';
import { monthsClaim } from '../../../domain/money/claim-id';
import { barringActs, type FourEyesDecision } from '../../../domain/money/participations';
import type { ApprovalKind } from '../../../domain/pathways/approval';
import { START } from '../../../domain/policy';
import type { ApprovalFacts } from '../../../domain/preconditions/approval';
import type { RecoveryFacts } from '../../../domain/preconditions/recovery';
import type { StatementFacts } from '../../../domain/preconditions/statement';
import type { SubsidyFacts } from '../../../domain/preconditions/subsidy';
import { Prisma } from '../../../prisma/generated/client';
import { subjectOf, subjectOfSubsidy } from '../../kernel/rows';
import type { View } from '../../kernel/view';
import { appliedAgain } from '../../money/applied-again';
import { datedBeforeRefusal } from '../../money/late-paper';
import { lastDayToObject } from '../../money/objecting';
import { ownParts } from './participations';

const decisions = ['review', 'order', 'objection'] as const satisfies FourEyesDecision[];

/** The facts that the commands of subsidies and adaptations depend on, by subsidy. */
export async function subsidyFacts(view: View, ids: string[]): Promise<Map<string, SubsidyFacts>> {
  const { tx, givenAt } = view;
  const rows = await tx.subsidy.findMany({ where: { id: { in: ids } } });
  const { partsIn } = await ownParts(
    view,
    rows.map(({ id }) => subjectOfSubsidy(id)),
  );
  const late = await datedBeforeRefusal(
    view,
    rows.filter(
      ({ state, employerId }) => employerId !== null && (state === 'review' || state === 'ordering'),
    ),
  );
  const again = await appliedAgain(
    tx,
    rows.filter(({ state }) => state === 'refused'),
  );
  const facts = new Map<string, SubsidyFacts>();
  for (const row of rows) {
    const { id, state, programme, hiredOn, periodTo, refusedAt, appliedAt, objection } = row;
    const parts = partsIn([subjectOfSubsidy(id)]);
    facts.set(id, {
      state,
      isAdaptation: programme === 'workplace_adaptation',
      hiredOn,
      periodTo,
      wasObjected: objection !== null,
      objectUntil: await lastDayToObject(view, dayOf(refusedAt ?? appliedAt)),
      appliedAgain: again.get(id) ?? null,
      barredBy: Object.fromEntries(
        decisions
          .filter((decision) => decision !== 'review' || late.has(id) || programme === START)
          .map((decision) => [decision, barringActs(parts, decision)]),
      ),
      givenOn: dayOf(givenAt),
    });
  }
  return facts;
}

/** The facts that the commands of proposals depend on, by proposal. */
export async function approvalFacts(view: View, ids: string[]): Promise<Map<string, ApprovalFacts>> {
  const rows = await view.tx.approval.findMany({
    where: { id: { in: ids } },
    select: { id: true, kind: true, holder: true, body: true },
  });
  const untried = await untriedParts(view, rows);
  const owed = await view.tx.task.findMany({
    where: {
      subject: { in: ids.map((id) => subjectOf('approval', id)) },
      kind: 'account_conversation',
      closedAt: null,
    },
    select: { subject: true },
  });
  const conversations = new Set(owed.map(({ subject }) => subject));
  const { partsIn } = await ownParts(
    view,
    ids.map((id) => subjectOf('approval', id)),
  );
  return new Map(
    rows.map(({ id, kind, holder }) => [
      id,
      {
        kind: kind as ApprovalKind,
        tookPart: barringActs(partsIn([subjectOf('approval', id)]), 'approval'),
        holder,
        awaitsConversation: conversations.has(subjectOf('approval', id)),
        untried: untried.get(id) ?? null,
      },
    ]),
  );
}

/** The proposed parts of the law that reach back without a dry run on file, by proposal [money §1]. */
async function untriedParts(
  { tx, now }: View,
  rows: readonly { id: string; kind: string; body: unknown }[],
): Promise<Map<string, NonNullable<ApprovalFacts['untried']>>> {
  const numbers = new Map(
    rows.flatMap(({ id, kind, body }) =>
      kind === 'policy' ? [[id, (body as { policy: string }).policy]] : [],
    ),
  );
  if (numbers.size === 0) return new Map();
  const find = {
    where: {
      id: { in: [...numbers.values()] },
      validFrom: { lt: dayOf(now) },
      dryRun: { equals: Prisma.DbNull },
    },
    select: { id: true, validFrom: true },
  };
  const parts = [...(await tx.policyVersion.findMany(find)), ...(await tx.datedAmount.findMany(find))];
  return new Map(
    [...numbers].flatMap(([id, number]) =>
      parts
        .filter((part) => part.id === number)
        .map(({ validFrom }) => [id, { number, from: validFrom }] as const),
    ),
  );
}

/**
 * The facts that the decision on recoveries depends on, by recovery. The parts in a month's corrections are recorded under its
 * claim.
 */
export async function recoveryFacts(view: View, ids: string[]): Promise<Map<string, RecoveryFacts>> {
  const rows = await view.tx.recovery.findMany({ where: { id: { in: ids } } });
  const claims = await view.tx.claim.findMany({ where: { id: { in: rows.map(({ claimId }) => claimId) } } });
  const matters = new Map(claims.map((claim) => [claim.id, subjectOf('claim', monthsClaim(claim))]));
  const { partsIn } = await ownParts(view, [...matters.values()]);
  return new Map(
    rows.map(({ id, claimId, outcome, personId, instalmentsFrom }) => [
      id,
      {
        isPersons: personId !== null,
        isOwed: personId === null || instalmentsFrom !== null,
        wasExtended: (outcome as { extended?: unknown } | null)?.extended !== undefined,
        tookPart: barringActs(partsIn([matters.get(claimId) ?? '']), 'recovery'),
      },
    ]),
  );
}

/** The facts that the explanations of statements depend on, by statement. */
export async function statementFacts({ tx }: View, ids: string[]): Promise<Map<string, StatementFacts>> {
  const subjects = new Map(ids.map((id) => [subjectOf('statement', id), id]));
  const open = await tx.task.groupBy({
    by: ['subject', 'area'],
    where: { subject: { in: [...subjects.keys()] }, kind: 'difference', closedAt: null },
  });
  return new Map(
    ids.map((id) => [
      id,
      { areas: open.flatMap(({ subject, area }) => (subjects.get(subject) === id ? area : [])) },
    ]),
  );
}
