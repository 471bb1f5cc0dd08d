import type { Duty } from '../../../domain/obligations';
import type { Rank, Role } from '../../../domain/roles';
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
  /** The centre, whose district is the area. */
  centreId?: string | null;
  caseId?: string | null;
  personId?: string | null;
}

/** Who has a wait. */
interface Owner {
  role: Duty['owner'];
  rank: Rank | null;
  area: string;
  assigneeId: string | null;
  employerId: string | null;
  centreId: string | null;
}

/** The owner of a wait: the person or employer who owes it, or the office of the place, else the next level's office. */
export async function ownerOf(
  transaction: Transaction,
  duty: Duty,
  place: Place,
  barred: readonly string[] = [],
): Promise<Owner> {
  const { owner } = duty;
  const rank = duty.rank ?? null;
  const to = { assigneeId: null, employerId: place.employerId ?? null, centreId: place.centreId ?? null };
  if (owner === 'register' || owner === 'clock' || owner === 'employer')
    return { role: owner, rank, area: place.area, ...to };
  if (owner === 'case_manager' && place.assigneeId)
    return { role: owner, rank, area: place.area, ...to, assigneeId: place.assigneeId };
  if (owner === 'training_officer' && to.centreId !== null) {
    if (await hasOfficial(transaction, to.centreId, rank))
      return { role: owner, rank, area: place.area, ...to };
    await reportGap(transaction, { role: owner, rank, area: to.centreId });
    return ownerOf(transaction, ABOVE_CENTRES, place, barred);
  }
  // A case without a manager of its own is the supervisor's [pathway §1, §3].
  if (owner === 'case_manager') await reportMahalla(transaction, place.area);
  const role: Role = owner === 'case_manager' ? 'supervisor' : owner;
  const office = await officeFor(transaction.tx, role, rank, place.area, barred, place.fund);
  for (const gap of office.gaps)
    await reportGap(transaction, { role, rank, area: gap, ...(place.fund && { fund: place.fund }) });
  return { role, rank, area: office.area, ...to };
}

/** The waits of a centre that has nobody are those of the head of the employment department in its district [measures §2]. */
const ABOVE_CENTRES = { owner: 'employment_officer', rank: 'head' } as const satisfies Duty;

/** Whether a centre has an official of a rank. A head also does an officer's work. */
async function hasOfficial({ tx }: Transaction, centreId: string, rank: Rank | null): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext('appointing'), hashtext('training_officer'))`;
  const where = { role: 'training_officer', centreId, leftOn: null, ...(rank === 'head' && { rank }) };
  return (await tx.official.findFirst({ where, select: { id: true } })) !== null;
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
