import type { Actor } from '../../domain/roles';
import { Prisma } from '../../prisma/generated/client';
import { rowsIn } from '../../records/kernel/rows';
import { people as by, testApi } from '../../test/support/api';
import { filledRows } from '../../test/support/light-rows';
import { peopleInParts, vacanciesInParts, visibleInParts } from './visible';

/*
 * Rows with every combination of places: a case here or elsewhere, a referral and an employment that lie here or elsewhere, and an
 * inspection of the referral, of the employment, or of both.
 */

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  const numbers = Prisma.sql`generate_series(0, 63) AS n`;
  const id = (letter: string) => `'${letter}-' || lpad(n::text, 6, '0')`;
  const place = (bit: number) =>
    `CASE WHEN n & ${bit} = 0 THEN '${by.case_manager.area}' ELSE '1706204001' END`;
  const rows = (table: string, said: Record<string, string>) =>
    filledRows(
      api.db,
      table,
      { id: id(table === 'employers' ? 'E' : (letters[table] ?? 'X')), ...said },
      numbers,
    );
  const letters: Record<string, string> = {
    people: 'P',
    cases: 'C',
    referrals: 'R',
    employments: 'M',
    inspections: 'I',
  };
  const between = { person_id: id('P'), employer_id: id('E'), state: `'x'`, open: 'true', case_id: id('C') };
  await rows('people', { pinfl: 'n::text', mahalla: place(1), name: `'Anvar'` });
  await rows('employers', { stir: 'n::text', district: `left(${place(2)}, 7)` });
  await rows('cases', { person_id: id('P'), area: place(4), state: `'x'`, open: 'true' });
  await rows('referrals', { ...between, area: place(8), vacancy_id: `'V-1'` });
  await rows('employments', { ...between, area: place(16) });
  await rows('vacancies', { id: id('V'), employer_id: id('E'), district: `left(${place(1)}, 7)` });
  await rows('approvals', {
    id: id('A'),
    kind: `CASE n % 3 WHEN 0 THEN 'employer' WHEN 1 THEN 'join' ELSE 'correction' END`,
    about: 'n::text',
    area: place(2),
    proposed_by: `CASE WHEN n & 4 = 0 THEN '${by.supervisor.sub}' ELSE 'O-99' END`,
    state: `'deciding'`,
    open: 'true',
  });
  await rows('inspections', {
    ...between,
    area: `left(${place(2)}, 4)`,
    referral_id: `CASE WHEN n % 3 <> 0 THEN ${id('R')} END`,
    employment_id: `CASE WHEN n % 3 <> 1 THEN ${id('M')} END`,
  });
}, 60_000);
afterAll(() => api.close());

const readers: Actor[] = (
  ['case_manager', 'supervisor', 'employment_officer', 'labour_inspector'] as const
).map((role) => ({ id: by[role].sub, role, rank: 'officer', area: by[role].area }));
const inParts: Record<string, (actor: Actor) => readonly object[]> = {
  ...visibleInParts,
  person: peopleInParts,
  vacancy: vacanciesInParts,
};
const lists = ['person', 'vacancy', 'case', 'referral', 'retention', 'inspection', 'approval'] as const;

const find = (list: (typeof lists)[number], where: object) => {
  const asked = { where, select: { id: true }, orderBy: { id: 'asc' } } as const;
  if (list === 'person') return api.db.person.findMany(asked);
  return list === 'vacancy' ? api.db.vacancy.findMany(asked) : rowsIn(api.db, list).findMany(asked);
};

test.each(lists.flatMap((list) => readers.map((actor) => ({ list, actor }))))(
  'the parts of $list for $actor.role have no row in common',
  async ({ list, actor }) => {
    const parts = inParts[list]?.(actor) ?? [];
    const rows = (await Promise.all(parts.map((part) => find(list, part)))).flat();
    const ids = rows.map(({ id }) => id).toSorted();
    const all = await find(list, { OR: parts });
    expect(ids).toEqual(all.map(({ id }) => id));
  },
);
