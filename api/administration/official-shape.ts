import { z } from 'zod';
import { EMPLOYMENT, funds } from '../../domain/fund';
import { officeFund } from '../../domain/money/funds';
import { type Role, roles } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import type { Official } from '../../prisma/generated/client';
import { wrongField } from '../../records/kernel/refusal';
import { without } from '../../records/reads/shown';
import { withPlaces } from '../../records/reads/beside';
import { withRevision } from '../../records/kernel/revisions';
import { officialId } from '../http/stateful';
import { email, idOf, language, line, officeArea, phone, pinfl, revision } from '../http/fields';

/** An official as the API shows it. */

export const tag = 'officials';
export const id = officialId;
export const rank = z.enum(['officer', 'head']);
export const officialRoles = roles.filter((role) => role !== 'employer');

const fundOffice = 'The fund of a finance officer. Officials of other roles have the default.';
export const fund = z.enum(funds).meta({ description: fundOffice });

export const person = id.nullable().meta({
  description:
    'One key for all accounts of one person, because four eyes compare persons. An account without a key counts as a person.',
});
export const centre = idOf('TC').nullable().meta({
  description: 'The centre of a training officer, whose rank is held within it. Others have none.',
});
export const ownPinfl = pinfl.nullable().meta({
  description: 'Kept and shown to nobody: an account of an official is not taken for another person.',
});
export const contact = { phone: phone.nullable(), email: email.nullable(), language };

export const newOfficial = z.strictObject({
  id,
  name: line,
  role: z.enum(officialRoles),
  rank: rank.default('officer'),
  area: officeArea,
  centre: centre.default(null),
  fund: fund.default(EMPLOYMENT),
  phone: contact.phone.default(null),
  email: contact.email.default(null),
  language: language.default(null),
  person: person.default(null),
  pinfl: ownPinfl.default(null),
});

export const official = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(officialRoles),
    rank,
    area: z.string(),
    areaName: z.string().optional(),
    centreId: z.string().nullable(),
    centreName: z.string().optional(),
    fund,
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language,
    person: z.string().nullable(),
    leftOn: z.string().nullable(),
  })
  .meta({ id: 'Official' });

export const edited = official.extend({ revision }).meta({ id: 'OfficialEdited' });

/** An official as everybody sees them, with the names of their places. */
export const shown = (tx: Tx, row: Official) => withPlaces(tx, without(row, 'pinfl'));

export const edit = async (tx: Tx, row: Official) =>
  withPlaces(tx, await withRevision(tx, `official/${row.id}`, without(row, 'pinfl')));

/** @throws Refusal 422 for a fund of an official who is no finance officer */
export function checkFund({ role, fund: of }: { role: string; fund: string }): void {
  if (officeFund(role as Role, of) !== of) throw wrongField('fund', 'no_fund', NO_FUND);
}
export const NO_FUND = 'Only a finance officer acts for a fund. Leave it out.';

/** How much open work went to somebody else. */
export const moved = z.object({ cases: z.int(), tasks: z.int() });
