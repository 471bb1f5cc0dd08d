import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';

type Reader = Pick<Tx, '$queryRaw'>;

/** Names of people, employers, jobs, officials and places, by their id or code. */
export type NameOf = (id: string) => string | undefined;

const isPerson = (id: string): boolean => /^P-\d+$/.test(id);
const isEmployer = (id: string): boolean => /^E-\d+$/.test(id);
const isJob = (id: string): boolean => /^V-\d+$/.test(id);
const isCentre = (id: string): boolean => /^TC-\d+$/.test(id);
const isCourse = (id: string): boolean => /^CO-\d+$/.test(id);
const isPlace = (id: string): boolean => /^\d{4}(\d{3}){0,2}$/.test(id);
const isAccount = (id: string): boolean => /^[\w.-]{1,60}$/.test(id);

/** An object of the names of these ids and codes, of any kind, as SQL. */
export function namesAsked(ids: Iterable<string>): Prisma.Sql {
  const left = new Set(ids);
  const take = (is: (id: string) => boolean): string[] => {
    const taken = [...left].filter(is);
    for (const id of taken) left.delete(id);
    return taken;
  };
  const [people, employers, jobs, centres, courses, places, officials] = [
    take(isPerson),
    take(isEmployer),
    take(isJob),
    take(isCentre),
    take(isCourse),
    take(isPlace),
    take(isAccount),
  ];
  return Prisma.sql`(
    SELECT coalesce(json_object_agg(id, name), '{}') FROM (
      SELECT id, name FROM people WHERE id = ANY(${people})
      UNION ALL SELECT id, name FROM employers WHERE id = ANY(${employers})
      UNION ALL SELECT id, title FROM vacancies WHERE id = ANY(${jobs})
      UNION ALL SELECT id, name FROM centres WHERE id = ANY(${centres})
      UNION ALL SELECT id, title FROM courses WHERE id = ANY(${courses})
      UNION ALL SELECT id, name FROM officials WHERE id = ANY(${officials})
      UNION ALL SELECT code, name_latn FROM territories WHERE code = ANY(${places})) AS named (id, name))`;
}

/** Names as `namesAsked` reads them. */
export const nameIn = (names: Readonly<Record<string, string>>): NameOf => {
  const known = new Map(Object.entries(names));
  return (id) => known.get(id);
};

/** Reads the names of all these ids and codes, of any kind, in one statement. */
export async function namesOf(tx: Reader, ids: Iterable<string>): Promise<NameOf> {
  const asked = [...ids];
  if (asked.length === 0) return () => undefined;
  const [{ names }] = await tx.$queryRaw<
    [{ names: Record<string, string> }]
  >`SELECT ${namesAsked(asked)} AS names`;
  return nameIn(names);
}

/** Reads the names of officials by their ids. */
export async function namesOfOfficials(tx: Pick<Tx, 'official'>, ids: Iterable<string>): Promise<NameOf> {
  const officials = await tx.official.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(officials.map(({ id, name }) => [id, name]));
  return (id) => names.get(id);
}

/** The persons, employers and places that events name in their parameters, or in the values of changed fields. */
export const namedIn = (events: readonly { params: unknown }[]): string[] =>
  events.flatMap(({ params }) => namesInEvent((params ?? {}) as Record<string, unknown>));

const namesInEvent = ({ values, ...params }: Record<string, unknown>): string[] => [
  ...namesIn(params),
  ...Object.entries((values ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([field, { before, after }]) => [...namesIn({ [field]: before }), ...namesIn({ [field]: after })],
  ),
];

const namesIn = (params: Record<string, unknown>): string[] =>
  Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' && NAMING.has(name) ? [value, ...regionIn(value)] : [],
  );

/** The region of a budget line. */
const regionIn = (value: string): string[] => /^[a-z_]+-(\d{4})-\d{4}$/.exec(value)?.slice(1) ?? [];

/** The parameters whose values have names. */
const NAMING: ReadonlySet<string> = new Set([
  'employer',
  'area',
  'to',
  'official',
  'code',
  'line',
  'district',
  'successorId',
  'centreId',
  'centre',
  'course',
]);
