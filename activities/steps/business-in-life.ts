import { outcomesInMeasure } from '../../domain/pathways/case';
import { startMoves } from '../money/start-subsidies';
import { subjectOf } from '../../records/kernel/rows';
import { inRow } from '../../records/kernel/wake';
import { endBusiness, readBusiness, revokeMarks } from './business';
import { keepWatching } from './marks';
import type { InLife } from './in-life';

/** What a hire, the end of a case, a move and a death do to an own business [measures §1, §3]. */
export const businessInLife: InLife = {
  /** A business goes on unless the person says otherwise. */
  atHire: () => Promise.resolve(),

  /** A business that is registered goes on with its checks. Another one ends, unless the outcome leaves it. */
  async atClosure(transaction, id, outcome) {
    const row = await readBusiness(transaction, id);
    if (row.state === 'active' || outcomesInMeasure.includes(outcome)) return true;
    await endBusiness(transaction, row, { on: transaction.today, code: 'case_closed', plans: false });
    return false;
  },

  async atMove(transaction, id, area) {
    await transaction.tx.business.update({ where: { id }, data: { area } });
    await startMoves(transaction, id, area);
  },

  async atDeath(transaction, id, on) {
    const row = await readBusiness(transaction, id);
    await endBusiness(transaction, row, { on, code: 'died', plans: false });
  },

  /** A business that is over goes on while a mark of it is valid. A death revokes it. */
  async afterDeath(transaction, id) {
    const here = inRow(transaction, subjectOf('business', id));
    const row = await readBusiness(here, id);
    await revokeMarks(here, row, 'died');
    await keepWatching(here, row);
  },
};
