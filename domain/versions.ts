/** How a new version of a plan differs from the one before: what it adds, what it changes, and what it leaves out. */
export interface Differences<Before, After> {
  added: After[];
  kept: { before: Before; after: After; fields: string[] }[];
  dropped: Before[];
}

/**
 * Compares the entries of two versions. Entries of one kind belong together in their order: the second escort of the new version is
 * the second escort of the one before [pathway §3].
 *
 * @param fields the fields that a change is told of
 */
export function differences<Before extends { kind: string }, After extends { kind: string }>(
  before: readonly Before[],
  after: readonly After[],
  fields: readonly (keyof Before & keyof After & string)[],
): Differences<Before, After> {
  const left = [...before];
  const added: After[] = [];
  const kept: Differences<Before, After>['kept'] = [];
  for (const entry of after) {
    const at = left.findIndex(({ kind }) => kind === entry.kind);
    const [known] = at < 0 ? [] : left.splice(at, 1);
    if (known) kept.push({ before: known, after: entry, fields: changed(known, entry, fields) });
    else added.push(entry);
  }
  return { added, kept, dropped: left };
}

/** The fields whose values differ. A field that is absent is the same as one without a value. */
export const changed = <Before extends object, After extends object>(
  before: Before,
  after: After,
  fields: readonly (keyof Before & keyof After & string)[],
): string[] => fields.filter((field) => (before[field] ?? null) !== ((after[field] as unknown) ?? null));
