import type { Day } from '../../domain/day';
import {
  isOpen,
  type MeasureRow,
  type MeasureRowKind,
  measureRowKinds,
  ofKind,
} from '../../domain/measure-rows';
import { Prisma } from '../../prisma/generated/client';
import { recordsOf } from '../../records/joining';
import { measureRowsWhere } from '../../records/kernel/measure-rows';
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

type Found = Pick<MeasureRow, 'kind' | 'id' | 'state' | 'measure'>;

/** Rows in the order in which they are locked: by kind, then by number. */
async function rowsWhere({ tx }: Transaction, where: Prisma.Sql): Promise<Found[]> {
  const rows = await tx.$queryRaw<Found[]>`
    SELECT kind, id, state, measure FROM (${measureRowsWhere(where)}) AS one ORDER BY id`;
  return measureRowKinds.flatMap((kind) => ofKind(rows, kind));
}

/** An act on each open row. It is locked first, and may have ended before. */
async function eachOf(
  transaction: Transaction,
  where: Prisma.Sql,
  act: (does: InLife, row: Found) => Promise<void>,
): Promise<void> {
  for (const found of (await rowsWhere(transaction, where)).filter(isOpen)) {
    const { kind, id } = found;
    const row = await lockRow(transaction.tx, kind, id);
    if (row && isOpen({ kind, state: row.state })) await act(inLife[kind], found);
  }
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
  const rows = await rowsWhere(transaction, Prisma.sql`open AND case_id = ${caseId}`);
  await transaction.tx.task.updateMany({
    where: { subject: { in: rows.map(({ kind, id }) => subjectOf(kind, id)) }, closedAt: null },
    data: { caseId: named },
  });
}

/** The case moved, and its measures with it, also those that have ended. */
export async function movedInMeasures(transaction: Transaction, caseId: string, area: string): Promise<void> {
  for (const { kind, id } of await rowsWhere(transaction, ofCase(caseId)))
    await inLife[kind].atMove(transaction, id, area);
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
  const owing = await rowsWhere(transaction, Prisma.sql`open AND ${where}`);
  for (const { kind, id } of owing) {
    const { afterDeath } = inLife[kind];
    if (!afterDeath) continue;
    await lockRow(transaction.tx, kind, id);
    await afterDeath(transaction, id);
  }
}
