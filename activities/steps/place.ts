import type { Case } from '../../prisma/generated/client';
import type { Place } from '../../records/kernel/tasks';

/** Where a case's tasks belong: its mahalla and its case manager. */
export const placeOf = (row: Pick<Case, 'id' | 'area' | 'managerId' | 'personId'>): Place => ({
  area: row.area,
  assigneeId: row.managerId,
  caseId: row.id,
  personId: row.personId,
});
