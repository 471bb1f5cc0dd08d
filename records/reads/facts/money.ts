import { type Day, dayOf } from '../../../domain/day';
import { monthsClaim } from '../../../domain/money/claim-id';
import { barringActs, type FourEyesDecision } from '../../../domain/money/participations';
import type { ApprovalKind } from '../../../domain/pathways/approval';
import type { ApprovalFacts } from '../../../domain/preconditions/approval';
import type { ClaimFacts } from '../../../domain/preconditions/claim';
import type { RecoveryFacts } from '../../../domain/preconditions/recovery';
import type { StatementFacts } from '../../../domain/preconditions/statement';
import type { SubsidyFacts } from '../../../domain/preconditions/subsidy';
import { Prisma } from '../../../prisma/generated/client';
import { barredByAccount } from '../../kernel/participations';
import { subjectOf, subjectOfSubsidy } from '../../kernel/rows';
import type { View } from '../../kernel/view';
import { appliedAgain } from '../../money/applied-again';
import { firstDayOfUse } from '../../money/accounts';
import { blockersForAll } from '../../money/blockers';
import { datedBeforeRefusal } from '../../money/late-paper';
import { lastDayToObject } from '../../money/objecting';
import { ownParts } from './participations';
import { proposedAbout } from './proposed';

/** The facts that the commands of claims depend on, by claim. */
export async function claimFacts(view: View, ids: string[]): Promise<Map<string, ClaimFacts>> {
  const { tx } = view;
  const rows = await tx.claim.findMany({ where: { id: { in: ids } }, include: { subsidy: true } });
  const subjects = new Map(
    rows.map(({ id, subsidyId }) => [id, [subjectOf('claim', id), subjectOfSubsidy(subsidyId)]]),
  );
  const { person, partsIn } = await ownParts(view, [...subjects.values()].flat());
  const byAccount = await barredByAccount(
    tx,
    rows.map(({ employerId }) => employerId),
  );
  const blockers = await blockersForAll(view, rows);
  const rests = await restingAccounts(tx, rows, blockers);
  const corrected = await correctedMonths(tx, rows);
  const about = (row: (typeof rows)[number]) => subjectOf('claim', monthsClaim(row));
  const proposed = await proposedAbout(tx, 'correction', rows.map(about));
  return new Map(
    rows.map((row) => {
      const { id, state, attempt, declaredAt, employerId, subsidy } = row;
      const open = proposed.get(about(row));
      return [
        id,
        {
          state,
          programme: subsidy.programme,
          isDeclared: declaredAt !== null,
          isCorrected: corrected.has(`${row.subsidyId} ${row.month}`),
          attempt,
          tookPart: [
            ...barringActs(partsIn(subjects.get(id) ?? []), 'claim'),
            ...(byAccount.get(employerId) ?? []).flatMap((part) => (part.person === person ? part.act : [])),
          ],
          blockers: blockers.get(id) ?? [],
          accountFrom: rests.get(employerId) ?? null,
          proposed: open && open.state !== 'drafted' ? open.id : null,
        },
      ];
    }),
  );
}

/** The first day of payment to each confirmed account that still rests, by employer. */
async function restingAccounts(
  tx: View['tx'],
  rows: readonly { id: string; employerId: string }[],
  blockers: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, Day>> {
  const waiting = rows.filter(({ id }) => blockers.get(id)?.includes('account_unconfirmed'));
  if (waiting.length === 0) return new Map();
  const accounts = await tx.account.findMany({
    where: { employerId: { in: waiting.map(({ employerId }) => employerId) }, state: 'confirmed' },
    select: { employerId: true, usableFrom: true },
  });
  return new Map(
    accounts.flatMap(({ employerId, usableFrom }) =>
      usableFrom ? [[employerId, firstDayOfUse(usableFrom)] as const] : [],
    ),
  );
}

type OfMonth = { subsidyId: string; month: string };

/** The months that have a further payable, as `<subsidy> <month>`. */
async function correctedMonths(tx: View['tx'], rows: readonly OfMonth[]): Promise<Set<string>> {
  const further = await tx.claim.findMany({
    where: { subsidyId: { in: rows.map(({ subsidyId }) => subsidyId) }, n: { gt: 0 } },
    select: { subsidyId: true, month: true },
  });
  return new Set(further.map(({ subsidyId, month }) => `${subsidyId} ${month}`));
}

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
    rows.filter(({ state }) => state === 'review' || state === 'ordering'),
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
          .filter((decision) => decision !== 'review' || late.has(id))
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
    rows.map(({ id, claimId, outcome }) => [
      id,
      {
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
