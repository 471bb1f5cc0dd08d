import { undecidedClaim } from '../../domain/pathways/claim';
import type { Study } from '../../domain/money/stipend';
import { STIPEND } from '../../domain/policy';
import type { Tx } from '../../prisma/db';
import type { Task } from '../../prisma/generated/client';
import { underPolicy } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { studiesOf } from './studies';
import { lawsAround, type Laws, type Part } from './policies';
import {
  effectOnSubsidy,
  FIRST,
  kindsWith,
  lengthsFor,
  type SubsidyEffect,
  touchedSubsidies,
} from './policy-effects';

/** The changes that a part of the law would make. Amounts are in so'm. All are counted; the first 1,000 of each are listed. */
export type DryRun = {
  at: string;
  counts: { subsidies: number; claims: number; deadlines: number };
  subsidies: {
    subsidy: string;
    policy: SubsidyEffect['policy'];
    keeps: string | null;
    /** The sum of its changed months. */
    before: number;
    after: number;
  }[];
  claims: { claim: string; state: string; before: number; after: number; then: Follows }[];
  deadlines: { subject: string; kind: string; before: string; after: string }[];
};

/** The way a claim changes: calculated with its check, at once, after its approval fell, or corrected by two persons. */
type Follows = 'when_checked' | 'recalculated' | 'approval_falls' | 'correction' | 'nothing';

const LISTED = 1000;
const PAGE = 200;

/**
 * The changes for open subsidies, claims and deadlines if a part of the law were in force. Nothing is written [money §1].
 *
 * @param transaction whose law holds, or does not hold yet, the part
 */
export async function dryRun(
  transaction: Pick<Transaction, 'now' | 'today' | 'law' | 'calendar'> & { tx: Reads },
  part: Part,
): Promise<DryRun> {
  const laws = lawsAround(await transaction.law(), part);
  const found: DryRun = {
    at: transaction.now.toISOString(),
    counts: { subsidies: 0, claims: 0, deadlines: 0 },
    subsidies: [],
    claims: [],
    deadlines: [],
  };
  await intoSubsidies(transaction, part, laws, found);
  if (part.kind === 'version') await intoDeadlines(transaction, part, laws, found);
  return found;
}

type Reads = Pick<Tx, 'subsidy' | 'employer' | 'training' | 'person' | 'task' | '$queryRaw'>;
type Reader = Parameters<typeof dryRun>[0];

async function intoSubsidies(transaction: Reader, part: Part, laws: Laws, found: DryRun): Promise<void> {
  for (let place: string | undefined = FIRST; place !== undefined;) {
    const page: { id: string; place: string }[] = await touchedSubsidies(transaction.tx, part, place, PAGE);
    for (const row of await withClaims(
      transaction.tx,
      page.map(({ id }) => id),
    )) {
      const effect = await effectOnSubsidy(transaction, row, part, laws);
      if (effect) note(found, row, effect);
    }
    place = page.length === PAGE ? page.at(-1)?.place : undefined;
  }
}

/** Subsidies in the order of their numbers in the list, with employer and monthly claims. */
async function withClaims(tx: Reads, ids: readonly string[]) {
  const rows = await tx.subsidy.findMany({
    where: { id: { in: [...ids] } },
    include: { claims: { where: { n: 0 }, orderBy: { month: 'asc' } } },
  });
  const employers = await tx.employer.findMany({
    where: { id: { in: rows.flatMap(({ employerId }) => employerId ?? []) } },
    select: { id: true, week: true },
  });
  const weeks = new Map(employers.map((employer) => [employer.id, employer]));
  const studies = new Map<string, Study[]>();
  for (const row of rows) if (row.programme === STIPEND) studies.set(row.id, await studiesOf(tx, row));
  return rows
    .map((row) => ({
      ...row,
      employer: weeks.get(row.employerId ?? '') ?? null,
      studies: studies.get(row.id) ?? [],
    }))
    .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

type Row = Awaited<ReturnType<typeof withClaims>>[number];

function note(found: DryRun, { id, claims }: Row, { policy, keeps, months }: SubsidyEffect): void {
  const sum = (which: 'before' | 'after') =>
    Number(months.reduce((total, month) => total + month[which], 0n));
  found.counts.subsidies += 1;
  if (found.subsidies.length < LISTED)
    found.subsidies.push({
      subsidy: id,
      policy,
      keeps: keeps ?? null,
      before: sum('before'),
      after: sum('after'),
    });
  for (const { month, before, after } of months) {
    const claim = claims.find((each) => each.month === month);
    if (!claim) continue;
    found.counts.claims += 1;
    const then = followsFor(claim);
    if (found.claims.length < LISTED)
      found.claims.push({
        claim: claim.id,
        state: claim.state,
        before: Number(before),
        after: Number(after),
        then,
      });
  }
}

const FINAL: readonly string[] = ['zero', 'lapsed', 'stopped'];

function followsFor({ state }: { state: string }): Follows {
  if (state === 'ready') return 'recalculated';
  if (state === 'approved') return 'approval_falls';
  if (undecidedClaim.includes(state)) return 'when_checked';
  return FINAL.includes(state) ? 'nothing' : 'correction';
}

async function intoDeadlines(
  transaction: Reader,
  { part }: Part & { kind: 'version' },
  laws: Laws,
  found: DryRun,
): Promise<void> {
  const lengths = lengthsFor(part, laws);
  if (lengths.size === 0) return;
  const kinds = kindsWith(lengths);
  for (let after: bigint | undefined = 0n; after !== undefined;) {
    const page: Task[] = await transaction.tx.task.findMany({
      where: { id: { gt: after }, kind: { in: kinds }, closedAt: null, NOT: { due: null } },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    for (const task of page) {
      const next = await underPolicy(transaction, task, part, lengths);
      if (!next || next.due.getTime() === task.due?.getTime()) continue;
      found.counts.deadlines += 1;
      if (found.deadlines.length < LISTED)
        found.deadlines.push({
          subject: task.subject,
          kind: task.kind,
          before: task.due?.toISOString() ?? '',
          after: next.due.toISOString(),
        });
    }
    after = page.length === PAGE ? page.at(-1)?.id : undefined;
  }
}
