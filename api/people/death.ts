import { z } from 'zod';
import type { Day } from '../../domain/day';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { lockRow, move, type States, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { correctDeathIn } from '../../records/money/death';
import { day, text } from '../http/fields';

/** A death that was reported and is none, or was on another day. */
export const death = z
  .strictObject({ on: day.nullable(), reason: text })
  .meta({ description: 'For the supervisor: corrects a recorded death; `on` null: the person lives.' });

/**
 * A wrong report of a death closed the case: once it is taken back the case can be reopened, and the end of an employment
 * taken back, by their own commands. Of a death on another day the employments that it ended follow.
 */
export async function correctDeath(
  transaction: Transaction,
  { id, birth, diedOn }: { id: string; birth: string; diedOn: string | null },
  { on, reason }: z.output<typeof death>,
): Promise<void> {
  if (transaction.actor.role !== 'supervisor')
    throw new Refusal(403, 'not_yours', 'A recorded death is corrected by the supervisor.');
  if (diedOn === null) throw notNow('no_death', 'No death is recorded. It is, by closing the case.');
  if (on !== null && (on < birth || on > transaction.today))
    throw wrongField('death', 'impossible_day', 'The day lies between the birth and today.');
  const records = await recordsOf(transaction.tx, id);
  await transaction.tx.person.updateMany({ where: { id: { in: records } }, data: { diedOn: on } });
  await record(transaction, 'death_corrected', { personId: id }, { from: diedOn, on: on ?? '-' }, reason);
  await correctDeathIn(transaction, id, on);
  if (on !== null) await endsFollow(transaction, id, on, reason);
}

/** The employments that the death ended, ended on its day; not before they began. */
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
