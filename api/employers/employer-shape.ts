import { z } from 'zod';
import type { Tx } from '../../prisma/db';
import type { Employer } from '../../prisma/generated/client';
import { Refusal } from '../../records/kernel/refusal';
import { withPlaces } from '../../records/reads/beside';
import { withRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { district, email, idOf, language, line, phone, revision, stir } from '../http/fields';
import { visibleEmployers } from '../http/visible';

/** An employer as the API shows it, and how its row is locked. */

export const tag = 'employers';
export const keepers = ['employment_officer', 'administrator'] as const;
export const params = z.strictObject({ id: idOf('E') });
export const states = ['active', 'liquidated', 'reorganised'] as const;

export const contact = { phone: phone.nullable(), email: email.nullable(), language };
export const about = {
  name: line,
  district,
  ownership: z.enum(['private', 'state', 'mixed', 'foreign']),
  stateShare: z.int().min(0).max(100).nullable().meta({
    description:
      'The state’s share in the capital, in percent. From 50 on the law may exclude wage subsidies.',
  }),
  employees: z.int().min(0).max(1_000_000).nullable(),
  week: z.enum(['five', 'six']).meta({ description: 'The working week: five or six days.' }),
};

export const newEmployer = z.strictObject({
  stir,
  name: about.name,
  district,
  phone: contact.phone.default(null),
  email: contact.email.default(null),
  language: language.exactOptional(),
  ownership: about.ownership.default('private'),
  stateShare: about.stateShare.default(null),
  employees: about.employees.default(null),
  week: about.week.default('five'),
});
export type NewEmployer = z.output<typeof newEmployer>;

export const employer = z
  .object({
    id: z.string(),
    stir: z.string(),
    name: z.string(),
    district: z.string(),
    districtName: z.string().optional(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language,
    ownership: z.string(),
    stateShare: z.int().nullable(),
    employees: z.int().nullable(),
    week: z.enum(['five', 'six']),
    state: z.enum(states),
    endedOn: z.string().nullable(),
    successorId: z.string().nullable(),
    successorName: z.string().optional(),
  })
  .meta({ id: 'Employer' });

export const shown = ({ nameKey: _, ...row }: Employer) => row;

export const edited = employer.extend({ revision }).meta({ id: 'EmployerEdited' });

/** With the revision that the next edit names. */
export const edit = async (tx: Tx, row: Employer) =>
  withPlaces(tx, await withRevision(tx, `employer/${row.id}`, shown(row)));

/**
 * An employer that the caller may change, locked: their own, or one in the office's area.
 *
 * @throws Refusal 404 for any other
 */
export async function lockEmployer({ tx, actor }: Transaction, id: string): Promise<Employer> {
  await tx.$queryRaw`SELECT id FROM employers WHERE id = ${id} FOR NO KEY UPDATE`;
  const theirs =
    actor.role === 'employer' ? visibleEmployers(actor) : { district: { startsWith: actor.area } };
  const row = await tx.employer.findFirst({ where: { AND: [{ id }, theirs] } });
  if (!row)
    throw new Refusal(404, 'not_found', 'There is no such employer that you may change. Check the number.');
  return row;
}
