import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../prisma/db';
import type { EventType } from '../../domain/words/words';
import { type About, type Entry, recordAll } from './events';
import type { Transaction } from './transaction';

/** The records that people keep beside the rows that wait. The subject of their events is `<kind>/<key>`. */
export type KeptKind =
  | 'person'
  | 'employer'
  | 'vacancy'
  | 'centre'
  | 'course'
  | 'official'
  | 'territory'
  | 'term';

/**
 * The fields whose values an event may hold, because they are no personal data. The event of a change only names the others. An
 * employer's name may be an entrepreneur's.
 */
export const valued: Record<KeptKind, readonly string[]> = {
  person: [],
  employer: ['district', 'ownership', 'stateShare', 'employees', 'week', 'state', 'endedOn', 'successorId'],
  vacancy: [
    'work',
    'title',
    'places',
    'conditions',
    'skills',
    'hoursPerWeek',
    'wage',
    'district',
    'state',
    'filledHow',
  ],
  centre: ['kind', 'district', 'accessibility'],
  course: [
    'title',
    'level',
    'language',
    'places',
    'weeks',
    'firstDay',
    'lastDay',
    'heldOn',
    'startsAt',
    'endsAt',
    'skills',
    'entryConditions',
    'conditions',
    'state',
  ],
  official: ['name', 'rank', 'area', 'centreId'],
  territory: ['nameLatn', 'nameCyrl', 'sharesWork'],
  term: [],
};

/** Columns that follow from others, so that no event names them. */
const derived: readonly string[] = ['filledAt', 'filledBy', 'filledByRole', 'taken'];

/**
 * The given fields that differ from a row, and their names.
 *
 * @param before the row before the change
 * @param said the given fields; an undefined field was not given
 */
export function changesOf<Said extends object>(
  before: object,
  said: Said,
): { data: { [Field in keyof Said]?: Exclude<Said[Field], undefined> }; fields: string[] } {
  const known = before as Record<string, unknown>;
  const differing = Object.entries(said).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(known[field], value),
  );
  return {
    data: Object.fromEntries(differing) as { [Field in keyof Said]?: Exclude<Said[Field], undefined> },
    fields: differing.map(([field]) => field),
  };
}

/** The value of a field before and after. */
type Values = Record<string, { before: Json | null; after: Json | null }>;

/** What an event says of a change: the names of the fields, and of some their values. */
export type ChangeTold = { fields: string; values?: Values };

/** The parameters of the event of a change; undefined when nothing differs. */
export function told(kind: KeptKind, before: object, said: object): ChangeTold | undefined {
  const { data, fields } = changesOf(before, said);
  const named = fields.filter((field) => !derived.includes(field));
  if (named.length === 0) return undefined;
  const values = named
    .filter((field) => valued[kind].includes(field))
    .map((field) => [field, { before: plain(before, field), after: plain(data, field) }]);
  return {
    fields: named.join(', '),
    ...(values.length > 0 && { values: Object.fromEntries(values) as Values }),
  };
}

const plain = (row: object, field: string): Json | null => {
  const value = (row as Record<string, Json | bigint | null | undefined>)[field];
  return typeof value === 'bigint' ? Number(value) : (value ?? null);
};

/** The event of a change of one record. */
export const entryOf = (
  kind: KeptKind,
  key: string,
  change: ChangeTold,
  {
    about = {},
    params = {},
    type = changed[kind],
  }: { about?: About; params?: Record<string, Json>; type?: EventType } = {},
): Entry => ({
  type,
  about,
  params: { ...params, ...change },
  subject: `${kind}/${key}`,
});

/** Adds the event of a change to the history of the record itself. The subject of the transaction may be another. */
export async function recordChange(
  transaction: Transaction,
  it: {
    kind: KeptKind;
    key: string;
    before: object;
    said: object;
    about?: About;
    params?: Record<string, Json>;
    /** A change with an event of its own. */
    type?: EventType;
  },
): Promise<void> {
  const change = told(it.kind, it.before, it.said);
  if (change) await recordAll(transaction, [entryOf(it.kind, it.key, change, it)]);
}

/** The events of a record. */
export const recorded = {
  person: 'person_recorded',
  employer: 'employer_recorded',
  vacancy: 'vacancy_recorded',
  centre: 'centre_recorded',
  course: 'course_recorded',
  official: 'official_recorded',
  territory: 'territory_recorded',
  term: 'term_recorded',
} as const;
const changed = {
  person: 'person_changed',
  employer: 'employer_changed',
  vacancy: 'vacancy_changed',
  centre: 'centre_changed',
  course: 'course_changed',
  official: 'official_changed',
  territory: 'territory_changed',
  term: 'term_changed',
} as const;
