import { recordEmployer } from '../../../records/employers';
import { tellOfficial } from '../../steps/tell';
import type { Effect } from './effect';

/** The facts of an employer that a case manager proposed. The employment officer confirms them. */
type Proposed = {
  stir: string;
  name: string;
  district: string;
  phone: string | null;
  email: string | null;
};

/**
 * The employment officer confirms an unknown employer. The case manager is told, and records the work that the person found.
 */
export const employer: Effect = {
  async approved(transaction, row) {
    const { stir, name, district, phone, email } = row.body as Proposed;
    // Somebody may have recorded the employer meanwhile. Then that record stands.
    if (!(await transaction.tx.employer.findUnique({ where: { stir } })))
      await recordEmployer(transaction, { stir, name, district, phone, email }, { approval: row.id });
    await tellOfficial(transaction, row.proposedBy, {
      type: 'employer_confirmed',
      params: { proposed: name },
    });
  },
  rejected(transaction, row, { words = null }) {
    const params = { proposed: (row.body as Proposed).name, grounds: words };
    return tellOfficial(transaction, row.proposedBy, { type: 'employer_declined', params });
  },
};
