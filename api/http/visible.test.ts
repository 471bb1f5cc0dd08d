import type { Actor } from '../../domain/roles';
import { Prisma } from '../../prisma/generated/client';
import { rowsIn } from '../../records/kernel/rows';
import { people as by, testApi } from '../../test/support/api';
import { filledRows } from '../../test/support/light-rows';
import { inspectedRows } from '../../records/reads/lists/inspected';
import { listParts, peopleParts, vacancyParts } from './list-parts';
import { visible, visiblePeople, visibleVacancies } from './visible';

/*
 * Rows with every combination of places: person, employer and case here or elsewhere, a case that is the manager's or moves here, a
 * referral and an employment of the case, an employment of no case, and an inspection of the referral, of the employment, or of both, which
 * may be with the successor of the referral's employer.
 */

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  const numbers = Prisma.sql`generate_series(0, 127) AS n`;
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
  const between = { person_id: id('P'), employer_id: id('E'), state: `'x'`, open: 'true' };
  const ofCase = { ...between, case_id: id('C') };
  const worked = { case_id: `CASE WHEN n & 32 = 0 THEN ${id('C')} END` };
  await rows('people', { pinfl: 'n::text', mahalla: place(1), name: `'Anvar'` });
  await rows('employers', { stir: 'n::text', district: `left(${place(2)}, 7)` });
  await rows('cases', {
    person_id: id('P'),
    area: place(4),
    manager_id: `CASE WHEN n & 8 = 0 THEN '${by.case_manager.sub}' ELSE 'O-99' END`,
    moves_to: `CASE WHEN n & 16 = 0 THEN '${by.case_manager.area}' END`,
    state: `'x'`,
    open: 'n % 5 <> 0',
  });
  await rows('referrals', { ...ofCase, area: place(4), vacancy_id: `'V-1'` });
  await rows('employments', { ...between, ...worked, area: place(4) });
  await rows('vacancies', {
    id: id('V'),
    employer_id: id('E'),
    district: `left(${place(1)}, 7)`,
    employer_elsewhere: `nullif(left(${place(2)}, 4), left(${place(1)}, 4))`,
  });
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
    employer_id: `CASE WHEN n & 64 = 0 THEN ${id('E')} ELSE 'E-' || lpad((n # 2)::text, 6, '0') END`,
    case_id: `CASE WHEN n % 3 <> 0 OR n & 32 = 0 THEN ${id('C')} END`,
    case_area: `CASE WHEN n % 3 <> 0 OR n & 32 = 0 THEN ${place(4)} END`,
    employer_district: `CASE WHEN n % 3 <> 0 THEN left(${place(2)}, 7) END`,
    area: `left(${place(2)}, 4)`,
    referral_id: `CASE WHEN n % 3 <> 0 THEN ${id('R')} END`,
    employment_id: `CASE WHEN n % 3 <> 1 THEN ${id('M')} END`,
  });
}, 60_000);
afterAll(() => api.close());

const readers: Actor[] = (
  ['case_manager', 'supervisor', 'employment_officer', 'labour_inspector'] as const
).map((role) => ({ id: by[role].sub, role, rank: 'officer', area: by[role].area }));
const lists = ['person', 'vacancy', 'case', 'referral', 'retention', 'inspection', 'approval'] as const;

const find = (list: (typeof lists)[number], where: object) => {
  const asked = { where, select: { id: true }, orderBy: { id: 'asc' } } as const;
  if (list === 'person') return api.db.person.findMany(asked);
  return list === 'vacancy' ? api.db.vacancy.findMany(asked) : rowsIn(api.db, list).findMany(asked);
};

const seen = (list: (typeof lists)[number], actor: Actor): object => {
  if (list === 'person') return visiblePeople(actor);
  return list === 'vacancy' ? visibleVacancies(actor) : visible[list](actor);
};
const partsOf = (list: (typeof lists)[number], actor: Actor): Promise<readonly object[]> => {
  if (list === 'person') return peopleParts(api.db, actor);
  return list === 'vacancy' ? Promise.resolve(vacancyParts(actor)) : listParts(api.db, list, actor);
};

test.each(lists.flatMap((list) => readers.map((actor) => ({ list, actor }))))(
  'the parts of $list for $actor.role have each row once that the caller sees',
  async ({ list, actor }) => {
    const parts = await partsOf(list, actor);
    const rows = (await Promise.all(parts.map((part) => find(list, part)))).flat();
    const ids = rows.map(({ id }) => id).toSorted();
    const all = await find(list, seen(list, actor));
    expect(ids).toEqual(all.map(({ id }) => id));
  },
);

test.each(['referral', 'retention'] as const)(
  'an inspector’s list of %s from the inspections alone is the same',
  async (list) => {
    const actor: Actor = {
      id: by.labour_inspector.sub,
      role: 'labour_inspector',
      rank: 'officer',
      area: by.labour_inspector.area,
    };
    const numbers = inspectedRows(api.db, list, actor);
    const ids = (await find(list, seen(list, actor))).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(10);
    expect(await numbers?.next('', 100)).toEqual(ids);
    expect(await numbers?.next(ids[4] ?? '', 3)).toEqual(ids.slice(5, 8));
    expect([await numbers?.count(100), await numbers?.count(7)]).toEqual([ids.length, 7]);
  },
);
