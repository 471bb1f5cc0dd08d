import { type Day, dayOf } from '../../domain/day';
import type { Tx } from '../../prisma/db';
import { closeTasks, openTask, type Place } from '../../records/tasks';
import type { Unit } from '../../records/unit';
import type { ContractAnswer, Parties } from '../../registers/yammt';
import type { Question } from '../row-file';
import { reportEnd } from './ending';

/** Asks the labour register at once, and again while it stays silent. */
export async function askForContract(unit: Unit, place: Place): Promise<void> {
  await openTask(unit, { ...place, kind: 'contract_answer', firesAt: unit.now });
}

/** Who the contract of a row is between, as the labour register knows them. */
export async function partiesOf(tx: Tx, row: { personId: string; employerId: string }): Promise<Parties> {
  const { pinfl } = await tx.person.findUniqueOrThrow({
    where: { id: row.personId },
    select: { pinfl: true },
  });
  const { stir } = await tx.employer.findUniqueOrThrow({
    where: { id: row.employerId },
    select: { stir: true },
  });
  return { pinfl, stir };
}

export interface Confirmed {
  since: Day;
  contract: string;
}

/**
 * The question whether a contract stands, for referrals and for inspections that watch one. A contract that began since the
 * referral's issue, or the inspection's resolution, and has ended by the time we ask was a hire: it counts as one, and its end
 * goes the way of every reported end [pathway §5, §7]. One that began before, or that the register knows nothing of, is none.
 */
export const contractQuestion = (
  kind: 'referral' | 'inspection',
  follows: {
    yes(unit: Unit, id: string, answer: Confirmed): Promise<void>;
    no(unit: Unit, id: string): Promise<void>;
  },
): Question => ({
  async ask({ yammt }, { tx }, id) {
    const row =
      kind === 'referral'
        ? await tx.referral.findUniqueOrThrow({ where: { id } })
        : await tx.inspection.findUniqueOrThrow({ where: { id } });
    return yammt.contract(await partiesOf(tx, row));
  },
  async take(unit, id, _task, answer) {
    await closeTasks(unit, { kinds: ['contract_answer'] }, answer.answer);
    const said = answer as Known;
    if (said.answer === 'yes') return follows.yes(unit, id, { since: said.since, contract: said.contract });
    if (said.because === 'none') return follows.no(unit, id);
    const { personId, employerId, countsFrom } = await awaited(unit.tx, kind, id);
    const hired = { personId, employerId, hiredOn: said.since };
    const known = await unit.tx.employment.count({ where: { ...hired, state: 'ended' } });
    if (said.since < countsFrom || known > 0) return follows.no(unit, id);
    await follows.yes(unit, id, { since: said.since, contract: said.contract });
    const job = await unit.tx.employment.findFirst({ where: { ...hired, state: 'in_force' } });
    if (job) await reportEnd(unit, job.id, { on: said.until, reason: said.endReason, source: 'news' });
  },
});

type Known = Exclude<ContractAnswer, { answer: 'unknown' }>;

/** Whom a row's contract is between, and the first day on which one that ended may have begun: the issue, or the resolution. */
async function awaited(tx: Tx, kind: 'referral' | 'inspection', id: string) {
  if (kind === 'referral') {
    const { personId, employerId, issuedAt } = await tx.referral.findUniqueOrThrow({ where: { id } });
    return { personId, employerId, countsFrom: dayOf(issuedAt) };
  }
  const row = await tx.inspection.findUniqueOrThrow({ where: { id }, include: { referral: true } });
  const { personId, employerId, resolvedAt, referral, openedAt } = row;
  return { personId, employerId, countsFrom: dayOf(resolvedAt ?? referral?.issuedAt ?? openedAt) };
}
