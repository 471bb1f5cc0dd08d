import type { Tx } from '../../prisma/db';

type Reader = Pick<Tx, 'person' | 'employer' | 'vacancy' | 'territory' | 'official'>;

/** Names of people, employers, jobs, officials and places, by their id or code. */
export type NameOf = (id: string) => string | undefined;

const isPerson = (id: string): boolean => /^P-\d+$/.test(id);
const isEmployer = (id: string): boolean => /^E-\d+$/.test(id);
const isJob = (id: string): boolean => /^V-\d+$/.test(id);
const isPlace = (id: string): boolean => /^\d{4}(\d{3}){0,2}$/.test(id);
const isAccount = (id: string): boolean => /^[\w.-]{1,60}$/.test(id);

/** Reads the names of all these ids and codes, of any kind. Each kind is read once. */
export async function namesOf(tx: Reader, ids: Iterable<string>): Promise<NameOf> {
  const left = new Set(ids);
  const take = (is: (id: string) => boolean): string[] => {
    const taken = [...left].filter(is);
    for (const id of taken) left.delete(id);
    return taken;
  };
  const select = { id: true, name: true } as const;
  const where = (found: string[]) => ({ id: { in: found } });
  const [people, employers, jobs, places, officials] = [
    take(isPerson),
    take(isEmployer),
    take(isJob),
    take(isPlace),
    take(isAccount),
  ];
  const found = [
    ...(people.length > 0 ? await tx.person.findMany({ where: where(people), select }) : []),
    ...(employers.length > 0 ? await tx.employer.findMany({ where: where(employers), select }) : []),
    ...(officials.length > 0 ? await tx.official.findMany({ where: where(officials), select }) : []),
  ];
  const territories =
    places.length > 0 ? await tx.territory.findMany({ where: { code: { in: places } } }) : [];
  const titles =
    jobs.length > 0
      ? await tx.vacancy.findMany({ where: where(jobs), select: { id: true, title: true } })
      : [];
  const names = new Map([
    ...titles.map(({ id, title }): [string, string] => [id, title]),
    ...found.map(({ id, name }): [string, string] => [id, name]),
    ...territories.map(({ code, nameLatn }): [string, string] => [code, nameLatn]),
  ]);
  return (id) => names.get(id);
}

/** Reads the names of officials by their ids. */
export async function namesOfOfficials(tx: Pick<Reader, 'official'>, ids: Iterable<string>): Promise<NameOf> {
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
]);
