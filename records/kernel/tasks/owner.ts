import type { Duty } from '../../../domain/obligations';
import type { Role } from '../../../domain/roles';
import { reportGap, reportMahalla } from '../gaps';
import { officeFor } from '../offices';
import type { Task } from '../../../prisma/generated/client';
import type { Transaction } from '../transaction';
import { dutyOf } from './ladder';

/** A task's place: the area of the office, and the person or employer who owes it. */
export interface Place {
  area: string;
  /** The fund of the money that it is about; absent: employment. */
  fund?: string;
  assigneeId?: string | null;
  employerId?: string | null;
  caseId?: string | null;
  personId?: string | null;
}

/** The owner of a wait: the person or employer who owes it, or the office of the place, else the next level's office. */
export async function ownerOf(
  transaction: Transaction,
  duty: Duty,
  place: Place,
  barred: readonly string[] = [],
) {
  const { owner } = duty;
  const rank = duty.rank ?? null;
  const employerId = place.employerId ?? null;
  if (owner === 'register' || owner === 'clock' || owner === 'employer')
    return { role: owner, rank, area: place.area, assigneeId: null, employerId };
  if (owner === 'case_manager' && place.assigneeId)
    return { role: owner, rank, area: place.area, assigneeId: place.assigneeId, employerId };
  // A case without a manager of its own is the supervisor's [pathway §1, §3].
  if (owner === 'case_manager') await reportMahalla(transaction, place.area);
  const role: Role = owner === 'case_manager' ? 'supervisor' : owner;
  const office = await officeFor(transaction.tx, role, rank, place.area, barred, place.fund);
  for (const gap of office.gaps)
    await reportGap(transaction, { role, rank, area: gap, ...(place.fund && { fund: place.fund }) });
  return { role, rank, area: office.area, assigneeId: null, employerId };
}

/** An office's open wait belongs to the office of another area from now on. Its deadline does not change. */
export async function moveWait(
  transaction: Transaction,
  wait: Pick<Task, 'id' | 'kind' | 'escalated'>,
  home: string,
): Promise<void> {
  const { area } = await ownerOf(transaction, dutyOf(wait), { area: home });
  await transaction.tx.task.update({ where: { id: wait.id }, data: { area, home } });
}
