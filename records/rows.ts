import { Prisma } from '../prisma/generated/client';
import type { Tx } from '../prisma/db';
import { casePathway, type CaseState } from '../domain/pathways/case';
import { employmentPathway, type EmploymentState } from '../domain/pathways/employment';
import { inspectionPathway, type InspectionState } from '../domain/pathways/inspection';
import { referralPathway, type ReferralState } from '../domain/pathways/referral';
import { approvalPathway, type ApprovalState } from '../domain/pathways/approval';
import { claimPathway, type ClaimState } from '../domain/pathways/claim';
import { linePathway, type LineState } from '../domain/pathways/line';
import { recoveryPathway, type RecoveryState } from '../domain/pathways/recovery';
import { statementPathway, type StatementState } from '../domain/pathways/statement';
import { subsidyPathway, type SubsidyState } from '../domain/pathways/subsidy';
import { leadsTo, type Pathway } from '../domain/transitions';
import type { Unit } from './unit';

export interface States {
  case: CaseState;
  referral: ReferralState;
  inspection: InspectionState;
  retention: EmploymentState;
  subsidy: SubsidyState;
  adaptation: SubsidyState;
  claim: ClaimState;
  approval: ApprovalState;
  recovery: RecoveryState;
  line: LineState;
  statement: StatementState;
}
export type RowKind = keyof States;

/** `under`: the row that is locked first, and the column that names it. */
interface Table {
  table: string;
  pathway: Pathway<string>;
  under?: { table: string; by: string };
}

const ofCase = { table: 'cases', by: 'case_id' } as const;

/** The rows that wait: the workflow that walks each is `<kind>/<id>`. */
const tables = {
  case: { table: 'cases', pathway: casePathway },
  referral: { table: 'referrals', pathway: referralPathway, under: ofCase },
  inspection: { table: 'inspections', pathway: inspectionPathway, under: ofCase },
  retention: { table: 'employments', pathway: employmentPathway, under: ofCase },
  subsidy: { table: 'subsidies', pathway: subsidyPathway },
  adaptation: { table: 'subsidies', pathway: subsidyPathway },
  claim: { table: 'claims', pathway: claimPathway, under: { table: 'subsidies', by: 'subsidy_id' } },
  approval: { table: 'approvals', pathway: approvalPathway },
  recovery: {
    table: 'recoveries',
    pathway: recoveryPathway,
    under: { table: 'subsidies', by: 'subsidy_id' },
  },
  line: { table: 'budget_lines', pathway: linePathway },
  statement: { table: 'statements', pathway: statementPathway },
} as const satisfies Record<RowKind, Table>;

export const rowKinds = Object.keys(tables) as RowKind[];

/** The states and commands of a kind of row. */
export const pathwayOf = (kind: RowKind): Pathway<string> => tables[kind].pathway;

/** The workflow id of a row, e.g. `referral/R-000001`; also the subject of its tasks, events and notices. */
export const subjectOf = (kind: RowKind, id: string): string => `${kind}/${id}`;

/** The kind of a subsidy by its number: wage subsidies and adaptations share a table. */
export const kindOfSubsidy = (id: string): 'subsidy' | 'adaptation' =>
  id.startsWith('A-') ? 'adaptation' : 'subsidy';

/** The workflow id of a subsidy, by its number. */
export const subjectOfSubsidy = (id: string): string => subjectOf(kindOfSubsidy(id), id);

/** The kind and id in a workflow id; undefined when it is none of a waiting row. */
export function rowOf(subject: string): { kind: RowKind; id: string } | undefined {
  const [kind = '', id] = subject.split('/');
  return kind in tables && id !== undefined ? { kind: kind as RowKind, id } : undefined;
}

/**
 * Locks a row for this transaction, what it is a part of first (its case, its subsidy), so that two steps of one case or
 * subsidy follow each other instead of crossing.
 *
 * @returns its state, or undefined when there is no such row
 */
export async function lockRow(
  tx: Tx,
  kind: RowKind,
  id: string,
): Promise<{ state: string; rev: number; open: boolean; since: Date } | undefined> {
  const { table, under }: Table = tables[kind];
  const name = Prisma.raw(table);
  if (under) {
    const [whole, by] = [Prisma.raw(under.table), Prisma.raw(under.by)];
    await tx.$queryRaw`SELECT id FROM ${whole} WHERE id = (SELECT ${by} FROM ${name} WHERE id = ${id}) FOR UPDATE`;
  }
  const rows = await tx.$queryRaw<
    { state: string; rev: number; open: boolean; since: Date }[]
  >`SELECT state, rev, open, since FROM ${name} WHERE id = ${id} FOR UPDATE`;
  return rows[0];
}

/** How a row stands, with what waits under its name: its next rung, messages to send, workflows to wake, commands given. */
export interface Standing {
  state: string;
  open: boolean;
  rev: number;
  nextAt: Date | null;
  unsent: boolean;
  wakes: boolean;
  given: boolean;
}

/**
 * Reads in one go what a row's workflow goes by.
 *
 * @param asked ids of tasks whose register is being asked: they have no next rung of their own now
 */
export async function standingOf(
  tx: Pick<Tx, '$queryRaw'>,
  kind: RowKind,
  id: string,
  asked: readonly string[],
): Promise<Standing | undefined> {
  const subject = subjectOf(kind, id);
  const rows = await tx.$queryRaw<Standing[]>`
    SELECT state, open, rev,
      (SELECT min(next_at) FROM tasks
       WHERE subject = ${subject} AND closed_at IS NULL AND id <> ALL(${asked.map(BigInt)}::bigint[])) AS "nextAt",
      EXISTS (SELECT FROM notices WHERE subject = ${subject} AND notices.state = 'queued') AS unsent,
      EXISTS (SELECT FROM outbox WHERE subject = ${subject}) AS wakes,
      EXISTS (SELECT FROM commands WHERE subject = ${subject} AND commands.state = 'pending') AS given
    FROM ${Prisma.raw(tables[kind].table)} WHERE id = ${id}`;
  return rows[0];
}

/**
 * Moves a locked row to another state (or writes it where it stands) and counts its revision.
 *
 * @throws Error when the pathway does not lead from its state to the other: a defect of ours, never a caller's
 */
export async function move<K extends RowKind>(
  unit: Unit,
  kind: K,
  row: { id: string; state: string },
  state: States[K],
  data: object = {},
): Promise<void> {
  const pathway = pathwayOf(kind);
  if (!leadsTo(pathway, row.state, state))
    throw new Error(`${kind} does not lead from ${row.state} to ${state}`);
  await writers[kind](unit.tx, row.id, {
    ...data,
    state,
    open: pathway.open.includes(state),
    rev: { increment: 1 },
    ...(row.state !== state && { since: unit.now }),
  });
}

type Written = { state: string; open: boolean; rev: { increment: number }; since?: Date };

const writers: Record<RowKind, (tx: Tx, id: string, data: Written) => Promise<unknown>> = {
  case: (tx, id, data) => tx.case.update({ where: { id }, data }),
  referral: (tx, id, data) => tx.referral.update({ where: { id }, data }),
  inspection: (tx, id, data) => tx.inspection.update({ where: { id }, data }),
  retention: (tx, id, data) => tx.employment.update({ where: { id }, data }),
  subsidy: (tx, id, data) => tx.subsidy.update({ where: { id }, data }),
  adaptation: (tx, id, data) => tx.subsidy.update({ where: { id }, data }),
  claim: (tx, id, data) => tx.claim.update({ where: { id }, data }),
  approval: (tx, id, data) => tx.approval.update({ where: { id }, data }),
  recovery: (tx, id, data) => tx.recovery.update({ where: { id }, data }),
  line: (tx, id, data) => tx.budgetLine.update({ where: { id }, data }),
  statement: (tx, id, data) => tx.statement.update({ where: { id }, data }),
};

/** The numbers of every open row of a kind. */
export async function openIds(tx: Pick<Tx, '$queryRaw'>, kind: RowKind): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM ${Prisma.raw(tables[kind].table)} WHERE open ${ofKind(kind)} ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

/** The two kinds of one table are told apart by their numbers. */
const ofKind = (kind: RowKind): Prisma.Sql =>
  kind === 'subsidy' || kind === 'adaptation'
    ? Prisma.sql`AND id LIKE ${kind === 'subsidy' ? 'S-%' : 'A-%'}`
    : Prisma.empty;

/** The states of rows of a kind by their numbers; those that do not exist are left out. */
export async function statesOf(
  tx: Pick<Tx, '$queryRaw'>,
  kind: RowKind,
  ids: readonly string[],
): Promise<{ id: string; state: string }[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<{ id: string; state: string }[]>(
    Prisma.sql`SELECT id, state FROM ${Prisma.raw(tables[kind].table)} WHERE id IN (${Prisma.join([...ids])})`,
  );
}
