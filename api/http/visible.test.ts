import { Prisma } from '../../prisma/generated/client';
import { people as by, testApi } from '../../test/support/api';
import { filledRows } from '../../test/support/light-rows';

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
  await rows('inspections', {
    ...between,
    area: `left(${place(2)}, 4)`,
    referral_id: `CASE WHEN n % 3 <> 0 THEN ${id('R')} END`,
    employment_id: `CASE WHEN n % 3 <> 1 THEN ${id('M')} END`,
  });
}, 60_000);
afterAll(() => api.close());

const lists = ['/people', '/cases', '/referrals', '/employments', '/inspections'];
const readers = ['case_manager', 'supervisor', 'employment_officer', 'labour_inspector', 'auditor'] as const;

test.each(lists.flatMap((list) => readers.map((reader) => [list, reader] as const)))(
  '%s shows %s each row once',
  async (list, reader) => {
    const { status, body } = await api.as(by[reader]).get(`${list}?limit=200`);
    if (status === 403) return;
    const ids = (body.items as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(body.total).toBe(ids.length);
  },
);
