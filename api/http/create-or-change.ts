import type { FieldError } from '../../domain/field-error';
import { type ChangeTold, changesOf, type KeptKind, told } from '../../records/kernel/changes';

/** Why a line is refused. `code` is that of the command with the same refusal, where there is one. */
export type Refused = FieldError & { code?: string };

/** The result of one line. */
export type Outcome =
  | { id: string; did: 'created' | 'unchanged' }
  | { id: string; did: 'changed'; change: ChangeTold }
  | Refused;

/**
 * Writes rows with a business key. All new rows are created at once, under the next numbers. A known row is changed where
 * the line differs from it.
 *
 * @param kind of the rows
 * @param plan a refusal of the line, or the fields that it gives and the known row
 * @param numbers the ids of the new rows, in their order
 */
export async function createOrChange<Row, Data extends object>(
  kind: KeptKind,
  rows: readonly Row[],
  plan: (row: Row) => Refused | { before?: { id: string }; said: Data },
  {
    numbers,
    create,
    update,
  }: {
    numbers: (fresh: readonly Row[]) => Promise<string[]>;
    create: (made: { id: string; said: Data }[]) => Promise<unknown>;
    update: (id: string, data: ReturnType<typeof changesOf<Data>>['data']) => Promise<unknown>;
  },
): Promise<Outcome[]> {
  const plans = rows.map((row) => ({ row, planned: plan(row) }));
  const isNew = ({ planned }: (typeof plans)[number]) => 'said' in planned && !planned.before;
  const ids = await numbers(plans.filter(isNew).map(({ row }) => row));
  const made: { id: string; said: Data }[] = [];
  const outcomes: Outcome[] = [];
  for (const { planned } of plans) {
    if (!('said' in planned)) outcomes.push(planned);
    else if (planned.before) {
      const { id } = planned.before;
      const change = told(kind, planned.before, planned.said);
      const { data, fields } = changesOf(planned.before, planned.said);
      if (fields.length > 0) await update(id, data);
      outcomes.push(change ? { id, did: 'changed', change } : { id, did: 'unchanged' });
    } else {
      const id = ids[made.length] ?? '';
      made.push({ id, said: planned.said });
      outcomes.push({ id, did: 'created' });
    }
  }
  await create(made);
  return outcomes;
}
