import type { Tx } from '../../prisma/db';
import { Refusal } from './refusal';
import type { Transaction } from './transaction';

/**
 * The revision of a record that people edit: how often its editable fields have changed, by any path. Triggers on the tables
 * count it.
 *
 * @param subject `person/P-000001`, `case/C-000001`
 */
export async function revisionOf(tx: Pick<Tx, 'revision'>, subject: string): Promise<number> {
  const { _max } = await tx.revision.aggregate({ where: { subject }, _max: { n: true } });
  return _max.n ?? 0;
}

/** The answer's body for an edited record, with its revision, which is also the answer's `ETag`. */
export const withRevision = async <B extends object>(
  tx: Pick<Tx, 'revision'>,
  subject: string,
  body: B,
): Promise<B & { revision: number }> => ({ ...body, revision: await revisionOf(tx, subject) });

/**
 * Checks an edit, once its row is locked: nothing has changed since the caller read it.
 *
 * @throws Refusal 412 with the fields that changed since the revision that the caller names
 */
export async function checkRevision({ tx, subject, expects }: Transaction): Promise<void> {
  if (expects === undefined || expects === (await revisionOf(tx, subject))) return;
  const since = await tx.revision.findMany({ where: { subject, n: { gt: expects } }, orderBy: { n: 'asc' } });
  const fields = new Set(since.flatMap((revision) => revision.fields.map(asShown)));
  throw new Refusal(
    412,
    'changed_meanwhile',
    'It has changed since you read it. Read it again, then decide; send the edit with a new Idempotency-Key.',
    [...fields].map((field) => ({ field, detail: 'Was changed meanwhile.' })),
  );
}

/** A column by the name of its field: `state_share` is `stateShare`. */
const asShown = (column: string): string =>
  column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
