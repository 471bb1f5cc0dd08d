import { z } from 'zod';
import type { Actor } from '../../domain/roles';
import { centreKinds } from '../../domain/training/course';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Tx } from '../../prisma/db';
import type { Centre } from '../../prisma/generated/client';
import { Refusal } from '../../records/kernel/refusal';
import { withRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { withPlaces } from '../../records/reads/beside';
import { district, email, idOf, language, line, lines, phone, revision, stir } from '../http/fields';

/** A centre as the API shows it, and how its row is locked. */

export const tag = 'centres';
export const keepers = ['training_officer', 'administrator'] as const;
export const params = z.strictObject({ id: idOf('TC') });
export const kind = z.enum(centreKinds);

export const fields = {
  kind,
  name: line,
  district,
  address: line.nullable(),
  phone: phone.nullable(),
  email: email.nullable(),
  language,
  accessibility: lines.meta({
    description:
      'Conditions that all courses of the centre have: codes, names or synonyms. See GET /vocabularies/condition/terms.',
  }),
};

export const newCentre = z.strictObject({
  ...fields,
  stir,
  address: fields.address.default(null),
  phone: fields.phone.default(null),
  email: fields.email.default(null),
  language: language.exactOptional(),
  accessibility: fields.accessibility.default([]),
});
export type NewCentre = z.output<typeof newCentre>;

export const centre = z
  .object({
    id: z.string(),
    stir: z.string(),
    kind,
    name: z.string(),
    district: z.string(),
    districtName: z.string().optional(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language,
    accessibility: z.array(z.string()),
    accessibilityNames: z.array(z.string()),
  })
  .meta({ id: 'Centre' });

export const shown = (
  { nameKey: _, ...row }: Centre,
  vocabulary: Vocabulary,
  { language: spoken = 'en' }: Pick<Actor, 'language'>,
) => ({
  ...row,
  accessibilityNames: row.accessibility.map((code) => vocabulary.nameOf('condition', code, spoken)),
});

export const edited = centre.extend({ revision }).meta({ id: 'CentreEdited' });

/** With the revision that the next edit names. */
export const edit = async (tx: Tx, row: Centre, vocabulary: Vocabulary, reader: Pick<Actor, 'language'>) =>
  withPlaces(tx, await withRevision(tx, `centre/${row.id}`, shown(row, vocabulary, reader)));

/** The centres that a keeper may change: an officer's own, else those of the area. */
export const theirs = ({ centreId, area }: Actor) =>
  centreId === undefined ? { district: { startsWith: area } } : { id: centreId };

/**
 * A centre that the caller may change, locked.
 *
 * @throws Refusal 404 for any other
 */
export async function lockCentre({ tx, actor }: Transaction, id: string): Promise<Centre> {
  await tx.$queryRaw`SELECT id FROM centres WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.centre.findFirst({ where: { AND: [{ id }, theirs(actor)] } });
  if (!row)
    throw new Refusal(404, 'not_found', 'There is no such centre that you may change. Check the number.');
  return row;
}
