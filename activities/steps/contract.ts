import type { Day } from '../../domain/day';
import type { Tx } from '../../prisma/db';
import { closeTasks, openTask, type Place } from '../../records/tasks';
import type { Unit } from '../../records/unit';
import type { ContractAnswer, Parties } from '../../registers/yammt';
import type { Question } from '../row-file';

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

/** The question whether a contract stands, for referrals and for inspections that watch one. */
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
    if (answer.answer === 'no') return follows.no(unit, id);
    const { since, contract } = answer as unknown as ContractAnswer & { answer: 'yes' };
    return follows.yes(unit, id, { since, contract });
  },
});
