import { at } from '../../domain/day';
import { undecidedClaim } from '../../domain/pathways/claim';
import { isPaidOnce } from '../../domain/policy';
import { system } from '../../domain/roles';
import { subsidyPeriod } from '../../domain/money/entitlement';
import type { PolicyChange, Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { lawsAround, type Laws, type Part, readPart } from '../../records/money/policies';
import {
  effectOnSubsidy,
  FIRST,
  kindsWith,
  lengthsFor,
  type SubsidyEffect,
  touchedSubsidies,
} from '../../records/money/policy-effects';
import { costsWorth, reckoningOf, withDays, type WithDays } from '../../records/money/terms';
import { kindOfSubsidy, lockRow, move, subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import { relengthenTask } from '../../records/kernel/tasks';
import { change } from '../../records/kernel/change';
import type { Records, Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import {
  againMs,
  type Batch,
  batchOrLater,
  broughtIn,
  changeDeadlines,
  changeRows,
  hasWakes,
  leaveOut,
} from '../batch';
import { tried } from '../tried';
import { readClaim, setAmount } from './claims';
import { reserveOrWait } from './deciding';
import { lookForLaw } from './employing';
import { factsChanged } from './ending';
import { costsLine, need, needForMonths } from './funding';
import { pullBack } from './paying/binding';
import { aboutSubsidy, isStart, isStipend, kindOf, readSubsidy } from './read';
import { openDueClaims, shownCosts } from './running';
import { lookForCap } from './start-subsidy';
import { lookForAmount } from './stipend';

/** The number of subsidies that one step recalculates, each in its own transaction. */
const SUBSIDIES = 10;

/** The number of rows whose deadlines get new lengths in one step. */
const ROWS = 50;

/** A batch of the changes of an activated part of the law. */
export interface PolicyBatch extends Batch {
  /**
   * After the last subsidy: the time until the deadlines change, on the first day of the version. Absent when no deadlines
   * change.
   */
  waitMs?: number;
}

/** The activities of the workflow of an activated version of the policy, or of a dated amount. */
export const createPolicyActivities = (records: Records) => {
  const within = <T>(
    subject: string,
    work: (transaction: Transaction, row: PolicyChange, it: Part) => Promise<T>,
  ) => {
    const id = subject.slice('policy/'.length);
    return change(records, { actor: system, subject, correlationId: id }, async (transaction) => {
      const row = await transaction.tx.policyChange.findUniqueOrThrow({ where: { id } });
      const it = await readPart(transaction.tx, id);
      if (!it) throw new Error(`no policy ${id}`);
      return work(transaction, row, it);
    });
  };

  const recalculated = (subject: string, id: string): Promise<number> =>
    within(subject, async (transaction, _row, it) => {
      const changed = await recalculate(transaction, id, it);
      await broughtIn(transaction, subjectOfSubsidy(id), 'recalculation');
      return changed ? 1 : 0;
    });

  return {
    /**
     * Recalculates the next subsidies, the oldest order first: those whose terms the new version changes, and those whose
     * months change with the new amount. Nothing paid is touched. The last batch returns whether and when deadlines follow.
     *
     * @param subject `policy/<number>`
     * @param after the place where the last batch stopped, empty at the beginning
     */
    recalculateSubsidies: (subject: string, after: string): Promise<PolicyBatch> =>
      batchOrLater(records, subject, 'recalculation', async () => {
        const page = await within(subject, async (transaction, row, it) =>
          row.state === 'recalculating'
            ? touchedSubsidies(transaction.tx, it, after || FIRST, SUBSIDIES)
            : [],
        );
        let moved = 0;
        for (const { id } of page)
          moved += await tried(
            () => recalculated(subject, id),
            (error) => leaveOut(records, subjectOfSubsidy(id), 'recalculation', error),
          );
        const next = page.length === SUBSIDIES ? page.at(-1)?.place : undefined;
        return within(subject, async (transaction, row, it) => ({
          moved,
          ...(next === undefined ? await deadlinesFollow(transaction, row, it) : { next }),
          wakes: await hasWakes(transaction),
        }));
      }),

    /**
     * Gives the open deadlines of the next rows the lengths of a version that applies to running deadlines. A deadline that
     * has fired is not revived. A deadline that would now lie in the past ends today at 23:59:59. The last batch closes the
     * change, unless a defect left rows out.
     *
     * @param subject `policy/<number>`
     * @param after the last row of the batch before, empty at the beginning
     */
    relengthenDeadlines: (subject: string, after: string): Promise<Batch> =>
      batchOrLater(records, subject, 'relengthening', async () => {
        const locked = <T>(work: (transaction: Transaction, row: PolicyChange, it: Version) => Promise<T>) =>
          within(subject, async (transaction, { id }, it) => {
            await transaction.tx.$queryRaw`SELECT id FROM policy_changes WHERE id = ${id} FOR UPDATE`;
            const row = await transaction.tx.policyChange.findUniqueOrThrow({ where: { id } });
            return row.open && it.kind === 'version' ? work(transaction, row, it) : undefined;
          });

        const rows = await locked(async (transaction, _row, it) =>
          transaction.tx.task.groupBy({
            by: ['subject'],
            where: {
              subject: { gt: after },
              closedAt: null,
              NOT: { due: null },
              OR: [
                { kind: { in: kindsWith(lengthsFor(it.part, lawsAround(await transaction.law(), it))) } },
                { kind: 'defect', ref: 'relengthening' },
              ],
            },
            orderBy: { subject: 'asc' },
            take: ROWS,
          }),
        );
        const subjects = rows?.map((row) => row.subject) ?? [];
        const moved = await changeRows(records, subjects, 'relengthening', async (some) => {
          const relengthened = await locked((transaction, { id }, it) =>
            relengthen(transaction, id, it, some),
          );
          return relengthened ?? 0;
        });
        const next = subjects.length === ROWS ? subjects.at(-1) : undefined;
        return within(subject, async (transaction, row) => ({
          moved,
          ...(next === undefined ? await closeUnlessLeftOut(transaction, row) : { next }),
          wakes: await hasWakes(transaction),
        }));
      }),
  };
};

type Version = Extract<Part, { kind: 'version' }>;

/**
 * Gives the deadlines of rows the lengths of a version. A deadline with these lengths, or with those of a later version,
 * stays.
 */
async function relengthen(
  transaction: Transaction,
  id: string,
  it: Version,
  subjects: readonly string[],
): Promise<number> {
  const laws = lawsAround(await transaction.law(), it);
  const lengths = lengthsFor(it.part, laws);
  const kinds: ReadonlySet<string> = new Set(kindsWith(lengths));
  const { validFrom, recordedAt } = it.part;
  const since = laws.after.policies.filter(
    (other) =>
      other.validFrom > validFrom || (other.validFrom === validFrom && other.recordedAt >= recordedAt),
  );
  const done = new Set(since.map((policy) => policy.id));
  const moved = await changeDeadlines(transaction, subjects, 'relengthening', async (task) =>
    kinds.has(task.kind) && !done.has(task.policyId)
      ? relengthenTask(transaction, task, it.part, lengths)
      : false,
  );
  await transaction.tx.policyChange.update({ where: { id }, data: { deadlines: { increment: moved } } });
  return moved;
}

/**
 * The step after the last subsidy. A version for running deadlines waits for its first day. Any other change is done. Until
 * that day, the subsidies that a defect left out are tried again each morning.
 */
async function deadlinesFollow(
  transaction: Transaction,
  row: PolicyChange,
  it: Part,
): Promise<Pick<PolicyBatch, 'waitMs' | 'againMs'>> {
  if (!row.open) return {};
  const lengths =
    it.kind === 'version' ? lengthsFor(it.part, lawsAround(await transaction.law(), it)) : new Set();
  if (lengths.size === 0) return closeUnlessLeftOut(transaction, row);
  const waitMs = Math.max(0, at(it.part.validFrom, '00:00').getTime() - transaction.now.getTime());
  const again = await againMs(transaction, ['recalculation']);
  if (waitMs > 0 && again !== undefined) return { againMs: Math.min(waitMs, again) };
  if (row.state === 'recalculating')
    await transaction.tx.policyChange.update({
      where: { id: row.id },
      data: { state: 'awaiting', since: transaction.now, rev: { increment: 1 } },
    });
  return { waitMs };
}

/** The change is done. Where a defect left rows out, it begins again in the morning from the first subsidy. */
async function closeUnlessLeftOut(
  transaction: Transaction,
  { id, open, subsidies, deadlines }: PolicyChange,
): Promise<Pick<Batch, 'againMs'>> {
  if (!open) return {};
  const wait = await againMs(transaction, ['recalculation', 'relengthening']);
  if (wait !== undefined) {
    await transaction.tx.policyChange.update({
      where: { id },
      data: { state: 'recalculating', since: transaction.now, rev: { increment: 1 } },
    });
    return { againMs: wait };
  }
  await transaction.tx.policyChange.update({
    where: { id },
    data: { state: 'done', open: false, since: transaction.now, rev: { increment: 1 } },
  });
  await record(transaction, 'policy_carried_out', {}, { policy: id, subsidies, deadlines });
  return {};
}

/** @returns whether anything of the subsidy changed; a second run changes nothing */
async function recalculate(transaction: Transaction, id: string, it: Part): Promise<boolean> {
  await lockRow(transaction.tx, kindOfSubsidy(id), id);
  const row = await withDays(transaction, await readSubsidy(transaction, id));
  const laws: Laws = lawsAround(await transaction.law(), it);
  const effect = await effectOnSubsidy(transaction, row, it, laws);
  if (!effect || (!row.open && row.order === null)) return false;
  const here = inRow(transaction, subjectOfSubsidy(id));
  const moved = effect.policy.after !== row.policyId && (await moveTerms(here, row, effect.policy.after));
  if (row.state === 'awaiting_law') await lookAgainFor(row)(here, id);
  const claims = isPaidOnce(row)
    ? await reviseCosts(here, await readSubsidy(transaction, id))
    : await reviseMonths(here, await readSubsidy(transaction, id), effect, moved);
  if (!moved && !claims) return false;
  await transaction.tx.policyChange.update({
    where: { id: it.part.id },
    data: { subsidies: { increment: 1 } },
  });
  return true;
}

/** The step of a subsidy whose amount the law may set now. */
const lookAgainFor = (row: Subsidy) =>
  isStart(row) ? lookForCap : isStipend(row) ? lookForAmount : lookForLaw;

/** The new version is in force on the day that decides the subsidy's terms. The subsidy gets the new version's terms. */
async function moveTerms(transaction: Transaction, row: WithDays, policyId: string): Promise<true> {
  const moved = { ...row, policyId };
  const ordered = row.periodFrom !== null && !isPaidOnce(row) && !isStipend(row);
  const { terms, dates } = ordered ? await reckoningOf(transaction, moved) : {};
  const period = terms && dates ? subsidyPeriod(terms, dates) : undefined;
  const goesOn = row.state === 'ended' && period !== undefined && period.to > (row.periodTo ?? '');
  await move(transaction, kindOf(row), row, goesOn ? 'running' : (row.state as 'running'), {
    policyId,
    ...(period && { periodFrom: period.from, periodTo: period.to }),
  });
  await record(transaction, 'terms_changed', aboutSubsidy(row), { subsidy: row.id, policy: policyId });
  return true;
}

/**
 * Revises the reserved money and every claim that was calculated by the earlier law. An undecided claim changes at once, an
 * approved claim after its approval fell, a paid claim by a drafted correction [money §1].
 */
async function reviseMonths(
  transaction: Transaction,
  row: Subsidy,
  { months }: SubsidyEffect,
  moved: boolean,
): Promise<boolean> {
  if (row.decidedAt === null) return false;
  const before = await needed(transaction, row.id);
  if (row.open) {
    await needForMonths(transaction, row);
    await reserveOrWait(transaction, row);
  }
  const claims = await transaction.tx.claim.findMany({
    where: { subsidyId: row.id, n: 0, state: { notIn: [...NOT_CALCULATED] } },
    include: { entitlement: true },
    orderBy: { month: 'asc' },
  });
  let revised = 0;
  for (const { entitlement, ...claim } of claims) {
    const month = months.find((each) => each.month === claim.month);
    if (!month || entitlement.amount === month.after) continue;
    // The month had an amount by law and the claim still had nothing due: nothing was worked.
    if (claim.state === 'zero' && month.before > 0n) continue;
    if (await isDrafted(transaction, claim.id, month.after)) continue;
    await factsChanged(transaction, claim);
    revised += 1;
  }
  if (moved) {
    const open = { subsidyId: row.id, state: { in: [...undecidedClaim] } };
    await transaction.tx.claim.updateMany({ where: open, data: { policyId: row.policyId } });
    if (row.state === 'running') await openDueClaims(transaction, await readSubsidy(transaction, row.id));
  }
  return revised > 0 || before !== (await needed(transaction, row.id));
}

/** Whether this correction is proposed already. */
async function isDrafted({ tx }: Transaction, claimId: string, after: bigint): Promise<boolean> {
  const about = subjectOf('claim', claimId);
  const open = await tx.approval.findFirst({ where: { kind: 'correction', about, open: true } });
  return (open?.body as { after?: number } | undefined)?.after === Number(after);
}

/** States of claims without an amount: it is calculated when the facts are in, or never. */
const NOT_CALCULATED = [...undecidedClaim.filter((state) => state !== 'ready'), 'lapsed', 'stopped'] as const;

async function needed({ tx }: Transaction, subsidyId: string): Promise<bigint> {
  const { _sum } = await tx.commitment.aggregate({ where: { subsidyId }, _sum: { needed: true } });
  return _sum.needed ?? 0n;
}

/**
 * The amount of costs that are not paid yet follows their cap on the order's day. A sent payment stays as ordered.
 */
async function reviseCosts(transaction: Transaction, row: Subsidy): Promise<boolean> {
  if (row.decidedAt === null || !row.open) return false;
  const worth = await costsWorth(transaction, row);
  if (row.order === null) {
    if (worth.amount === (await needed(transaction, row.id))) return false;
    await need(transaction, row.id, costsLine(row, transaction.today), '', worth.amount);
    await reserveOrWait(transaction, row);
    return true;
  }
  const [claim] = await transaction.tx.claim.findMany({
    where: { subsidyId: row.id, n: 0, state: { in: ['ready', 'approved'] } },
  });
  if (!claim || claim.amount === worth.amount) return false;
  const there = inRow(transaction, subjectOf('claim', claim.id));
  if (claim.state === 'approved') await pullBack(there, await readClaim(there, claim.id), 'facts_changed');
  await transaction.tx.subsidy.update({ where: { id: row.id }, data: { amount: worth.amount } });
  await transaction.tx.entitlement.update({
    where: { id: claim.entitlementId },
    data: { amount: worth.amount },
  });
  await setAmount(there, await readClaim(there, claim.id), worth.amount, {
    calculation: shownCosts(worth),
  });
  return true;
}
