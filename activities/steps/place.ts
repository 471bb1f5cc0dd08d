import type { Case } from '../../prisma/generated/client';
import type { Place } from '../../records/kernel/tasks';

/** The area and the official of a case's tasks: its mahalla and its case manager. */
export const placeOf = (row: Pick<Case, 'id' | 'area' | 'managerId' | 'personId'>): Place => ({
  area: row.area,
  assigneeId: row.managerId,
  caseId: row.id,
  personId: row.personId,
});
