import { z } from 'zod';
import type { Day } from '../../domain/day';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { lockRow, move, type States, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
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
  await worksFollow(transaction, id, on, reason);
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

/** Moves the last day of the public works that the death ended, within their days. The plan shows it too. */
async function worksFollow(
  transaction: Transaction,
  personId: string,
  diedOn: Day,
  reason: string,
): Promise<void> {
  const where = {
    personId: { in: await recordsOf(transaction.tx, personId) },
    endedOn: { not: null },
    ending: { path: ['code'], equals: 'died' },
  };
  for (const { id } of await transaction.tx.publicWorks.findMany({ where, orderBy: { id: 'asc' } })) {
    await lockRow(transaction.tx, 'public-works', id);
    const works = await transaction.tx.publicWorks.findUniqueOrThrow({ where: { id } });
    const { caseId, measure: n, startedOn, lastOn, endedOn: before, state, open } = works;
    if (startedOn === null || lastOn === null) continue;
    const last = diedOn < lastOn ? diedOn : lastOn;
    const endedOn = last < startedOn ? startedOn : last;
    if (endedOn === before) continue;
    const here = { ...transaction, subject: subjectOf('public-works', id) };
    await move(here, 'public-works', works, state as States['public-works'], { endedOn, open });
    await transaction.tx.measure.updateMany({ where: { caseId, n, endedOn: before }, data: { endedOn } });
    await record(here, 'public_works_corrected', works, { number: id, from: before, on: endedOn }, reason);
  }
}
