import { outcomesInMeasure } from '../../domain/pathways/case';
import { addDays } from '../../domain/day';
import { subjectOf } from '../../records/kernel/rows';
import { moveWait } from '../../records/kernel/tasks';
import type { InLife } from './in-life';
import { cutShort, type Early, endEarly, giveDaysBack, lastOf, readWorks } from './works';

/** What a hire, the end of a case, a move and a death do to public works [measures §1]. */
export const worksInLife: InLife = {
  /**
   * They end on the day before the hire. Until a hire that lies ahead they go on, and a hire that is put off gives days back. Those that
   * have not begun end at once. Another case than that of the hire plans anew.
   */
  async atHire(transaction, id, { caseId, on }) {
    const row = await readWorks(transaction, id);
    const before = addDays(on, -1);
    const hired: Early = { by: 'hire', code: 'hired' };
    const liesAhead = row.startedOn !== null && before >= transaction.today;
    const isPutOff = row.ending?.code === hired.code && before > lastOf(row);
    if (isPutOff) await giveDaysBack(transaction, row);
    else if (liesAhead) await cutShort(transaction, row, before, hired);
    else await endEarly(transaction, row, { ...hired, on: before, plans: row.caseId !== caseId });
  },

  /**
   * Those that have begun go on with their own clocks. Those that have not end, unless the person withdraws from the service after the
   * agreement, or the outcome leaves them.
   */
  async atClosure(transaction, id, outcome) {
    const row = await readWorks(transaction, id);
    const hasBegun = row.firstOn !== null && row.firstOn <= transaction.today;
    const isAgreed = row.state !== 'proposed' && outcome === 'withdrew';
    if (hasBegun || isAgreed || outcomesInMeasure.includes(outcome)) return true;
    const on = transaction.today;
    await endEarly(transaction, row, { by: 'case', code: 'case_closed', on, plans: false });
    return false;
  },

  /** The employment office of the new district has their waits. */
  async atMove(transaction, id, area) {
    await transaction.tx.publicWorks.update({ where: { id }, data: { area } });
    const where = { subject: subjectOf('public-works', id), role: 'employment_officer', closedAt: null };
    for (const task of await transaction.tx.task.findMany({ where, orderBy: { id: 'asc' } }))
      await moveWait(transaction, task, area);
  },

  async atDeath(transaction, id, on) {
    const row = await readWorks(transaction, id);
    await endEarly(transaction, row, { by: 'death', code: 'died', on, plans: false });
  },
};
