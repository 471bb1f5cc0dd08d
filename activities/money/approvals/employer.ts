import { record } from '../../../records/kernel/events';
import { nextNumber } from '../../../records/kernel/numbers';
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
    if (!(await transaction.tx.employer.findUnique({ where: { stir } }))) {
      const id = await nextNumber(transaction.tx, 'employer');
      await transaction.tx.employer.create({ data: { id, stir, name, district, phone, email } });
      await record(
        { ...transaction, subject: `employer/${id}` },
        'employer_recorded',
        { employerId: id },
        { approval: row.id },
      );
    }
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
