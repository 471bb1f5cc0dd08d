/** The receiver of money: an enterprise, or a person [measures §4]. */
export type Payee = `employer/${string}` | `person/${string}`;

export const payeeEmployer = (id: string): Payee => `employer/${id}`;
export const payeePerson = (id: string): Payee => `person/${id}`;

/** The number of the payee's employer or person. */
export function partiesOf(payee: string): { employerId: string | null; personId: string | null } {
  const [kind, id = null] = payee.split('/');
  return kind === 'person' ? { employerId: null, personId: id } : { employerId: id, personId: null };
}
