import { Prisma } from '../prisma/generated/client';
import type { Tx } from '../prisma/db';
import { casePathway, type CaseState } from '../domain/pathways/case';
import { employmentPathway, type EmploymentState } from '../domain/pathways/employment';
import { inspectionPathway, type InspectionState } from '../domain/pathways/inspection';
import { referralPathway, type ReferralState } from '../domain/pathways/referral';
import { leadsTo, type Pathway } from '../domain/transitions';
import type { Unit } from './unit';

export interface States {
  case: CaseState;
  referral: ReferralState;
  inspection: InspectionState;
  retention: EmploymentState;
}
export type RowKind = keyof States;

/** The rows that wait: the workflow that walks each is `<kind>/<id>`. */
const tables = {
  case: { table: 'cases', pathway: casePathway, ofCase: false },
  referral: { table: 'referrals', pathway: referralPathway, ofCase: true },
  inspection: { table: 'inspections', pathway: inspectionPathway, ofCase: true },
  retention: { table: 'employments', pathway: employmentPathway, ofCase: true },
} as const;

export const rowKinds = Object.keys(tables) as RowKind[];

/** The states and commands of a kind of row. */
export const pathwayOf = (kind: RowKind): Pathway<string> => tables[kind].pathway;

/** The workflow id of a row, e.g. `referral/R-000001`; also the subject of its tasks, events and notices. */
export const subjectOf = (kind: RowKind, id: string): string => `${kind}/${id}`;

/** The kind and id in a workflow id; undefined when it is none of a waiting row. */
export function rowOf(subject: string): { kind: RowKind; id: string } | undefined {
  const [kind = '', id] = subject.split('/');
  return kind in tables && id !== undefined ? { kind: kind as RowKind, id } : undefined;
}

/**
 * Locks a row for this transaction, its case first, so that two steps of one case follow each other instead of crossing.
 *
 * @returns its state, or undefined when there is no such row
 */
export async function lockRow(
  tx: Tx,
  kind: RowKind,
  id: string,
): Promise<{ state: string; rev: number; open: boolean; since: Date } | undefined> {
  const { table, ofCase } = tables[kind];
  const name = Prisma.raw(table);
  if (ofCase)
    await tx.$queryRaw`SELECT id FROM cases WHERE id = (SELECT case_id FROM ${name} WHERE id = ${id}) FOR UPDATE`;
  const rows = await tx.$queryRaw<
    { state: string; rev: number; open: boolean; since: Date }[]
  >`SELECT state, rev, open, since FROM ${name} WHERE id = ${id} FOR UPDATE`;
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
};
