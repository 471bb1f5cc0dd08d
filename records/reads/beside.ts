import { type Actor, seesNoCases } from '../../domain/roles';
import type { Tx } from '../../prisma/db';
import { type About, aboutAll } from './about';
import { type NameOf, namesOf } from './names';

/**
 * Names beside numbers. A caller who sees a row sees the names of its person, employer, job and officials. Employers see less.
 * They see the person's name while something is asked about the person. They see the names of their workers once the labour
 * register has confirmed the job. They see no officials. The number of queries does not grow with the rows.
 */

interface Called {
  id: string;
  name: string;
}

/** The person, employer and job of a row or a task, with names. Each is null where there is none, or where the caller does not see it. */
export interface Parties {
  person: { id: string | null; name: string } | null;
  employer: (Called & { stir: string }) | null;
  job: { id: string; title: string } | null;
}

export const nobody: Parties = { person: null, employer: null, job: null };

/** The parties of rows or tasks, by the same keys. */
export async function partiesOf<K>(
  tx: Tx,
  abouts: ReadonlyMap<K, About>,
  actor: Pick<Actor, 'role'>,
): Promise<Map<K, Parties>> {
  const named = [...abouts.values()];
  const ids = (of: 'person' | 'employer') => [...new Set(named.flatMap((about) => about[of] || []))];
  const nameOf = await namesOf(tx, ids('person'));
  const employers = await employersOf(tx, ids('employer'));
  return new Map(
    [...abouts].map(([key, about]) => {
      const name = nameOf(about.person ?? '');
      const { vacancy: id, job: title } = about;
      return [
        key,
        {
          person:
            name && maySeePerson(actor, about)
              ? { id: actor.role === 'employer' && about.unnumbered ? null : (about.person ?? null), name }
              : null,
          employer: employers.get(about.employer ?? '') ?? null,
          job: id === undefined || title === undefined ? null : { id, title },
        },
      ];
    }),
  );
}

/** Whether the caller may see the person's name of a row that it sees [pathway §5, what the employer sees]. */
export const maySeePerson = ({ role }: Pick<Actor, 'role'>, { unconfirmed, over }: About): boolean =>
  !seesNoCases(role) || (unconfirmed === undefined && over === undefined);

export async function employersOf(
  tx: Pick<Tx, 'employer'>,
  ids: readonly string[],
): Promise<Map<string, Parties['employer']>> {
  if (ids.length === 0) return new Map();
  const select = { id: true, name: true, stir: true } as const;
  const found = await tx.employer.findMany({ where: { id: { in: [...ids] } }, select });
  return new Map(found.map((row) => [row.id, row]));
}

/** Names that were read already, and the ids that were asked for. */
export interface Known {
  asked: ReadonlySet<string>;
  nameOf: NameOf;
}

const nothingKnown: Known = { asked: new Set(), nameOf: () => undefined };

/**
 * Rows as the API shows them, with the names of their parties and of all that they name inside.
 *
 * @param subjectOf the workflow id of the row that tells the parties; '' for none
 */
export async function withNames<R extends object>(
  tx: Tx,
  rows: readonly R[],
  subjectOf: (row: R) => string,
  actor: Pick<Actor, 'role'>,
): Promise<(R & Partial<Parties>)[]> {
  const parties = await partiesOf(tx, await aboutAll(tx, rows.map(subjectOf)), actor);
  const known = rows.map((row) => withParties(row, parties.get(subjectOf(row))));
  return namedInside(tx, known, actor);
}

/** The same for one row whose parties are known. */
export async function withKnownNames<R extends object>(
  tx: Tx,
  row: R,
  parties: Parties,
  actor: Pick<Actor, 'role'>,
  known?: Known,
): Promise<R & Partial<Parties>> {
  const [named] = await namedInside(tx, [withParties(row, parties)], actor, known);
  return named ?? row;
}

/** A row may show more of a party than its name, such as a telephone number. */
function withParties<R extends object>(row: R, parties: Parties | undefined): R & Partial<Parties> {
  if (!parties) return row;
  const own = row as Partial<Record<keyof Parties, object | null>>;
  const more = (Object.keys(parties) as (keyof Parties)[]).map((name) => [
    name,
    own[name] ? { ...parties[name], ...own[name] } : parties[name],
  ]);
  return { ...row, ...(Object.fromEntries(more) as Parties) };
}

/** The fields that hold the account of an official. */
const accounts: ReadonlySet<string> = new Set([
  'by',
  'byId',
  'managerId',
  'assignee',
  'proposedBy',
  'decidedBy',
  'confirmedBy',
  'filledBy',
  'actor',
]);
const places: ReadonlySet<string> = new Set(['area', 'district', 'mahalla', 'region', 'movesTo']);

/**
 * The same values with names. A field may hold the number of an official, a place, a person, an employer, a job or a centre. A
 * field with the name then stands beside it: `byName`, `districtName`, `employerName`, `jobName` of `vacancyId`.
 */
export async function namedInside<V>(
  tx: Tx,
  values: readonly V[],
  actor: Pick<Actor, 'role'>,
  known = nothingKnown,
): Promise<V[]> {
  const hasName = (field: string, value: string): boolean =>
    (actor.role !== 'employer' && accounts.has(field)) ||
    places.has(field) ||
    (field !== 'id' &&
      (actor.role === 'employer' ? /^(E|V|TC|CO)-\d{6,}$/ : /^(E|P|V|TC|CO)-\d{6,}$/).test(value));
  const ids = new Set<string>();
  each(values, (field, value) => {
    if (hasName(field, value)) ids.add(value);
  });
  if (ids.size === 0) return [...values];
  const unknown = await namesOf(
    tx,
    [...ids].filter((id) => !known.asked.has(id)),
  );
  const nameOf: NameOf = (id) => known.nameOf(id) ?? unknown(id);
  return values.map(
    (value) => beside(value, (field, id) => (hasName(field, id) ? nameOf(id) : undefined)) as V,
  );
}

/** A record that somebody edited, with the names of its places and employers beside their numbers. */
export async function withPlaces<V extends object>(
  tx: Tx,
  value: V,
  reader: Pick<Actor, 'role'> = { role: 'employer' },
): Promise<V> {
  const [named] = await namedInside(tx, [value], reader);
  return named ?? value;
}

/** All texts in a value that may be an id or a code with a name. */
export function idsIn(value: unknown): Set<string> {
  const ids = new Set<string>();
  each([value], (field, text) => {
    if (accounts.has(field) || places.has(field) || /^(E|P|V|TC|CO)-\d{6,}$/.test(text)) ids.add(text);
  });
  return ids;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Every field of text in a value and inside it. */
function each(value: unknown, see: (field: string, text: string) => void): void {
  if (Array.isArray(value)) for (const inner of value) each(inner, see);
  else if (isPlain(value))
    for (const [field, inner] of Object.entries(value))
      if (typeof inner === 'string') see(field, inner);
      else each(inner, see);
}

function beside(value: unknown, nameOf: (field: string, text: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((inner) => beside(inner, nameOf));
  if (!isPlain(value)) return value;
  const named: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) {
    named[field] = beside(inner, nameOf);
    const name = typeof inner === 'string' && nameOf(field, inner);
    const its = field === 'vacancyId' ? 'job' : field.replace(/Id$/, '');
    // The parties of the row stand beside its numbers already.
    const isNamed = its !== field && value[its] !== undefined;
    if (name && !isNamed) named[`${its}Name`] = name;
  }
  return named;
}
