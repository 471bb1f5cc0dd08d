import type { Day } from '../../domain/day';
import { type MeasureRowKind, measureRowKinds, measureRows } from '../../domain/measure-rows';
import { Prisma } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { kinds } from '../../records/kernel/kinds';
import { lockRow, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { businessInLife } from './business-in-life';
import type { InLife } from './in-life';
import { trainingInLife } from './training-in-life';
import { worksInLife } from './works-in-life';

/* What a hire, the end of a case, a move and a death do to the rows that carry out measures [measures §1]. */

const inLife: Readonly<Record<MeasureRowKind, InLife>> = {
  'public-works': worksInLife,
  training: trainingInLife,
  business: businessInLife,
};

/** An open row, and the number of the plan's measure that it carries out. */
interface Open {
  id: string;
  measure: number;
}

/** The open rows of a kind. Each is locked, and may have ended before. */
async function openRows({ tx }: Transaction, kind: MeasureRowKind, where: Prisma.Sql): Promise<Open[]> {
  const states = [...measureRows[kind].open];
  const found = await tx.$queryRaw<Open[]>`
    SELECT id, measure FROM ${Prisma.raw(kinds[kind].table)} WHERE state = ANY(${states}) AND ${where} ORDER BY id`;
  const open: Open[] = [];
  for (const one of found) {
    const row = await lockRow(tx, kind, one.id);
    if (row && states.some((state) => state === row.state)) open.push(one);
  }
  return open;
}

async function eachOf(
  transaction: Transaction,
  where: Prisma.Sql,
  act: (does: InLife, row: Open) => Promise<void>,
): Promise<void> {
  for (const kind of measureRowKinds)
    for (const row of await openRows(transaction, kind, where)) await act(inLife[kind], row);
}

const ofCase = (caseId: string): Prisma.Sql => Prisma.sql`case_id = ${caseId}`;
const ofPerson = async ({ tx }: Transaction, personId: string): Promise<Prisma.Sql> =>
  Prisma.sql`person_id = ANY(${await recordsOf(tx, personId)})`;

/** The person is hired. Their measures of any case are ended, asked about, or go on. */
export async function hiredInMeasures(
  transaction: Transaction,
  { personId, caseId }: { personId: string; caseId: string | null },
  on: Day,
): Promise<void> {
  const where = await ofPerson(transaction, personId);
  await eachOf(transaction, where, (does, { id }) => does.atHire(transaction, id, { caseId, on }));
}

/**
 * The case closes. Death ends the measures of all cases: see `diedInMeasures`. The waits of rows that go on do not name the case.
 *
 * @returns the numbers of the plan's measures that go on
 */
export async function closedInMeasures(
  transaction: Transaction,
  caseId: string,
  outcome: string,
): Promise<number[]> {
  const going: number[] = [];
  await eachOf(transaction, ofCase(caseId), async (does, { id, measure }) => {
    if (outcome === 'died' || (await does.atClosure(transaction, id, outcome))) going.push(measure);
  });
  await nameCase(transaction, caseId, null);
  return going;
}

/** The waits of measures that outlive their case do not name it. After a reopening they do again. */
export async function nameCase(
  transaction: Transaction,
  caseId: string,
  named: string | null,
): Promise<void> {
  for (const kind of measureRowKinds) {
    const rows = await transaction.tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM ${Prisma.raw(kinds[kind].table)} WHERE open AND case_id = ${caseId}`;
    await transaction.tx.task.updateMany({
      where: { subject: { in: rows.map(({ id }) => subjectOf(kind, id)) }, closedAt: null },
      data: { caseId: named },
    });
  }
}

/** The case moved, and its measures with it, also those that have ended. */
export async function movedInMeasures(transaction: Transaction, caseId: string, area: string): Promise<void> {
  for (const kind of measureRowKinds) {
    const rows = await transaction.tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM ${Prisma.raw(kinds[kind].table)} WHERE case_id = ${caseId} ORDER BY id`;
    for (const { id } of rows) await inLife[kind].atMove(transaction, id, area);
  }
}

/** The person has died: all measures end on that day, whatever case they belong to. */
export async function diedInMeasures(transaction: Transaction, personId: string): Promise<void> {
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { diedOn: true },
  });
  const on = diedOn ?? transaction.today;
  const where = await ofPerson(transaction, personId);
  await eachOf(transaction, where, (does, { id }) => does.atDeath(transaction, id, on));
  for (const kind of measureRowKinds) {
    const after = inLife[kind].afterDeath;
    if (after) for (const id of await owing(transaction, kind, where)) await after(transaction, id);
  }
}

/** The rows of a kind that go on, though their measure is over. Each is locked. */
async function owing({ tx }: Transaction, kind: MeasureRowKind, where: Prisma.Sql): Promise<string[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM ${Prisma.raw(kinds[kind].table)} WHERE open AND ${where} ORDER BY id`;
  for (const { id } of found) await lockRow(tx, kind, id);
  return found.map(({ id }) => id);
}
