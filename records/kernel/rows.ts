import { Prisma } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import { pathwayOf, type RowKind, type ShownKind, type States } from '../../domain/pathways';
import { leadsTo } from '../../domain/transitions';
import type { Transaction } from './transaction';

export { pathwayOf, type RowKind, type ShownKind, type States } from '../../domain/pathways';

/** `under`: the row that is locked first, and the column that names it. */
interface Table {
  table: string;
  under?: { table: string; by: string };
}

const ofCase = { table: 'cases', by: 'case_id' } as const;

/** The rows that wait: the workflow that walks each is `<kind>/<id>`. */
const tables = {
  case: { table: 'cases' },
  referral: { table: 'referrals', under: ofCase },
  inspection: { table: 'inspections', under: ofCase },
  retention: { table: 'employments', under: ofCase },
  subsidy: { table: 'subsidies' },
  adaptation: { table: 'subsidies' },
  claim: { table: 'claims', under: { table: 'subsidies', by: 'subsidy_id' } },
  approval: { table: 'approvals' },
  recovery: {
    table: 'recoveries',
    under: { table: 'subsidies', by: 'subsidy_id' },
  },
  line: { table: 'budget_lines' },
  statement: { table: 'statements' },
  news: { table: 'news' },
} as const satisfies Record<RowKind, Table>;

export const rowKinds = Object.keys(tables) as RowKind[];

const isShown = (kind: RowKind): kind is ShownKind => kind !== 'news';
export const shownKinds = rowKinds.filter(isShown);

/** @throws Error for a kind that nobody sees or commands */
export function shownKind(kind: RowKind): ShownKind {
  if (!isShown(kind)) throw new Error(`nobody commands ${kind}`);
  return kind;
}

/** The workflow id of a row, e.g. `referral/R-000001`; also the subject of its tasks, events and notices. */
export const subjectOf = (kind: RowKind, id: string): string => `${kind}/${id}`;

/** The kind of a subsidy by its number: wage subsidies and adaptations share a table. */
export const kindOfSubsidy = (id: string): 'subsidy' | 'adaptation' =>
  id.startsWith('A-') ? 'adaptation' : 'subsidy';

/** The workflow id of a subsidy, by its number. */
export const subjectOfSubsidy = (id: string): string => subjectOf(kindOfSubsidy(id), id);

/** The kind and id in a workflow id; undefined when it is none of a waiting row. */
export function rowOf(subject: string): { kind: RowKind; id: string } | undefined {
  const at = subject.indexOf('/');
  const kind = subject.slice(0, at);
  return at > 0 && kind in tables ? { kind: kind as RowKind, id: subject.slice(at + 1) } : undefined;
}

/** The same for a row that people see. */
export function shownRowOf(subject: string): { kind: ShownKind; id: string } | undefined {
  const row = rowOf(subject);
  return row && isShown(row.kind) ? { kind: row.kind, id: row.id } : undefined;
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

/**
 * Moves a locked row to another state (or writes it where it stands) and counts its revision.
 *
 * @throws Error when the pathway does not lead from its state to the other: a defect of ours, never a caller's
 */
export async function move<K extends RowKind>(
  transaction: Transaction,
  kind: K,
  row: { id: string; state: string },
  state: States[K],
  data: object = {},
): Promise<void> {
  const pathway = pathwayOf(kind);
  if (!leadsTo(pathway, row.state, state))
    throw new Error(`${kind} does not lead from ${row.state} to ${state}`);
  await writers[kind](transaction.tx, row.id, {
    ...data,
    state,
    open: pathway.open.includes(state),
    rev: { increment: 1 },
    ...(row.state !== state && { since: transaction.now }),
  });
  noteMove(transaction, subjectOf(kind, row.id), row.state, state);
}

/** The stage a row was in when the transaction began, and the one it is in now. */
function noteMove({ moved }: Transaction, subject: string, from: string, to: string): void {
  moved.set(subject, { from: moved.get(subject)?.from ?? from, to });
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
  news: (tx, id, data) => tx.news.update({ where: { id }, data }),
};

/** The table of a kind of row, as SQL. */
export const tableOf = (kind: RowKind): Prisma.Sql => Prisma.raw(tables[kind].table);

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
): Promise<{ id: string; state: string; open: boolean }[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<{ id: string; state: string; open: boolean }[]>(
    Prisma.sql`SELECT id, state, open FROM ${Prisma.raw(tables[kind].table)} WHERE id IN (${Prisma.join([...ids])})`,
  );
}
