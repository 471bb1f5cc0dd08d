import { z } from 'zod';
import type { Day } from '../../domain/day';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { Prisma } from '../../prisma/generated/client';
import { lockRow, move, type States, subjectOf, tableOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';
import { correctDeathIn } from '../../records/money/death';
import { day, text } from '../http/fields';

/** Corrects a recorded death: the person lives, or died on another day. */
export const death = z.strictObject({ on: day.nullable(), reason: text }).meta({
  description: 'Only for the supervisor: corrects a recorded death. With null as `on` the person lives.',
});

/**
 * Corrects a death. The case that a wrong report closed can then be reopened, and the end of an employment taken back, by their
 * own commands. After a new day of death the employments that it ended end on the new day.
 */
export async function correctDeath(
  transaction: Transaction,
  { id, birth, diedOn }: { id: string; birth: string; diedOn: string | null },
  { on, reason }: z.output<typeof death>,
): Promise<void> {
  if (transaction.actor.role !== 'supervisor')
    throw new Refusal(403, 'not_yours', 'Only a supervisor corrects a recorded death.');
  if (diedOn === null) throw notNow('no_death', 'No death is recorded. Close the case to record one.');
  if (on !== null && (on < birth || on > transaction.today))
    throw wrongField('death', 'impossible_day', 'Give a day from the birth to today.');
  const records = await recordsOf(transaction.tx, id);
  await transaction.tx.person.updateMany({ where: { id: { in: records } }, data: { diedOn: on } });
  await record(transaction, 'death_corrected', { personId: id }, { from: diedOn, on: on ?? '-' }, reason);
  await correctDeathIn(transaction, id, on);
  if (on === null) return;
  await endsFollow(transaction, id, on, reason);
  await measuresFollow(transaction, id, on, reason);
  await businessesFollow(transaction, id, on, reason);
}

/** Moves the end of the employments that the death ended to its day, but not before their begin. */
async function endsFollow(
  transaction: Transaction,
  personId: string,
  diedOn: Day,
  reason: string,
): Promise<void> {
  const where = {
    personId: { in: await recordsOf(transaction.tx, personId) },
    endReason: 'died',
    endedOn: { not: null },
  };
  for (const { id } of await transaction.tx.employment.findMany({ where, orderBy: { id: 'asc' } })) {
    await lockRow(transaction.tx, 'retention', id);
    const job = await transaction.tx.employment.findUniqueOrThrow({ where: { id } });
    const endedOn = diedOn < job.hiredOn ? job.hiredOn : diedOn;
    if (job.endReason !== 'died' || job.endedOn === endedOn) continue;
    const here = { ...transaction, subject: subjectOf('retention', id) };
    await move(here, 'retention', job, job.state as States['retention'], { endedOn });
    await record(here, 'end_corrected', job, { from: job.endedOn, on: endedOn }, reason);
  }
}

/** A measure's row that a death ended. */
interface Ended {
  id: string;
  caseId: string;
  personId: string;
  measure: number;
  state: string;
  open: boolean;
  startedOn: Day;
  lastOn: Day;
  endedOn: Day;
}

/** The measures whose last day follows a corrected day of death, and the event of each. */
const following = { 'public-works': 'public_works_corrected', training: 'training_corrected' } as const;

/** Moves the last day of the measures that the death ended, within their days. The plan shows it too. */
async function measuresFollow(
  transaction: Transaction,
  personId: string,
  diedOn: Day,
  reason: string,
): Promise<void> {
  const { tx } = transaction;
  const records = await recordsOf(tx, personId);
  for (const kind of Object.keys(following) as (keyof typeof following)[]) {
    const ended = (more: Prisma.Sql) => tx.$queryRaw<Ended[]>`
      SELECT id, case_id AS "caseId", person_id AS "personId", measure, state, open, started_on AS "startedOn", last_on AS "lastOn",
        ended_on AS "endedOn"
      FROM ${tableOf(kind)} WHERE ending ->> 'code' = 'died' AND started_on IS NOT NULL AND last_on IS NOT NULL
        AND ended_on IS NOT NULL AND ${more} ORDER BY id`;
    for (const { id } of await ended(Prisma.sql`person_id = ANY(${records})`)) {
      await lockRow(tx, kind, id);
      const [row] = await ended(Prisma.sql`id = ${id}`);
      if (!row) continue;
      const { caseId, measure: n, startedOn, lastOn, endedOn: before, state, open } = row;
      const last = diedOn < lastOn ? diedOn : lastOn;
      const endedOn = last < startedOn ? startedOn : last;
      if (endedOn === before) continue;
      const here = { ...transaction, subject: subjectOf(kind, id) };
      await move(here, kind, row, state as States[typeof kind], { endedOn, open });
      await tx.measure.updateMany({ where: { caseId, n, endedOn: before }, data: { endedOn } });
      await record(here, following[kind], row, { number: id, from: before, on: endedOn }, reason);
      if (kind === 'training') wake(transaction, subjectOf(kind, id));
    }
  }
}

/** Moves the last day of the own businesses that the death ended, but not before their first. The plan shows it too. */
async function businessesFollow(
  transaction: Transaction,
  personId: string,
  diedOn: Day,
  reason: string,
): Promise<void> {
  const where = {
    personId: { in: await recordsOf(transaction.tx, personId) },
    endReason: 'died',
    startedOn: { not: null },
  };
  for (const { id } of await transaction.tx.business.findMany({ where, orderBy: { id: 'asc' } })) {
    await lockRow(transaction.tx, 'business', id);
    const business = await transaction.tx.business.findUniqueOrThrow({ where: { id } });
    const { caseId, measure: n, startedOn, lastOn: before, state } = business;
    const lastOn = startedOn !== null && diedOn < startedOn ? startedOn : diedOn;
    if (business.endReason !== 'died' || lastOn === before) continue;
    const here = { ...transaction, subject: subjectOf('business', id) };
    await move(here, 'business', business, state as States['business'], { lastOn });
    const where = { caseId, n, endedOn: before };
    await transaction.tx.measure.updateMany({ where, data: { endedOn: lastOn } });
    await record(here, 'business_corrected', business, { number: id, from: before, on: lastOn }, reason);
  }
}
