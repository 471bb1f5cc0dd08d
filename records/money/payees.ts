import { partiesOf } from '../../domain/money/payee';
import type { Recipient } from '../kernel/notices';

/** The payee of a row as the recipient of a message. */
export function toPayee({ payee }: { payee: string }): Recipient {
  const { employerId, personId } = partiesOf(payee);
  return personId === null ? { kind: 'employer', id: employerId ?? '' } : { kind: 'person', id: personId };
}

/** The employer of a subsidy for an employment. @throws Error for a row that pays a person */
export function employingIn({ employerId }: { employerId: string | null }): string {
  if (employerId === null) throw new Error('this row pays a person and has no employer');
  return employerId;
}

/** The programme of what a person is paid, for messages that say whether it is a stipend or a start subsidy. Null for an employer's. */
export const programmeOfPerson = ({
  employerId,
  programme,
}: {
  employerId: string | null;
  programme: string;
}): string | null => (employerId === null ? programme : null);
