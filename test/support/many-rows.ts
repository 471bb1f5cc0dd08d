import type { Db } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { filledRows } from './light-rows';

/** 14 regions with 15 districts each, and 40 mahallas in each district. Every n-th row lies elsewhere. */
const AREA = `'17' || lpad((n % 14)::text, 2, '0') || lpad((n / 14 % 15)::text, 3, '0') || lpad((n / 210 % 40)::text, 3, '0')`;
/** The first mahalla, its district and its region: each has its share of the rows. */
export const MAHALLA = '1700000000';

const id = (letter: string, n = 'n') => `'${letter}-' || lpad((${n})::text, 6, '0')`;
/** An instant of the three years before 2026. */
const AT = `'2023-01-01T04:00:00Z'::timestamptz + n * 7919 % 26000 * interval '1 hour'`;
const DAY = `to_char('2023-01-01'::date + n * 7919 % 1095, 'YYYY-MM-DD')`;
const here = { employer_id: id('E', 'n / 4'), area: AREA, state: `'issued'`, open: 'n % 5 = 0' };
const between = { ...here, person_id: id('P') };

const AT_ONCE = 5000;

/** A row of each kind for each number up to `count`: enough for PostgreSQL to choose indexes. Its statistics know them. */
export async function manyRows(db: Db, count: number): Promise<void> {
  const rows = async (table: string, said: Readonly<Record<string, string>>, most = count) => {
    for (let n = 0; n < most; n += AT_ONCE)
      await filledRows(
        db,
        table,
        said,
        Prisma.sql`generate_series(${n}::int, ${Math.min(n + AT_ONCE, most) - 1}::int) AS n`,
      );
  };
  await rows('people', {
    id: id('P'),
    pinfl: `'3' || lpad(n::text, 13, '0')`,
    name: `'Salimov' || n % 997 || ' Karim' || n`,
    birth: `to_char('1950-01-01'::date + n * 7919 % 20000, 'YYYY-MM-DD')`,
    mahalla: AREA,
    skills: `CASE n % 500 WHEN 0 THEN '{welding}' ELSE '{sewing}' END::text[]`,
    recommended_until: DAY,
    created_at: AT,
  });
  await rows('cases', {
    id: id('C'),
    person_id: id('P'),
    area: AREA,
    manager_id: `'M-' || n / 10`,
    state: `'planning'`,
    open: 'n % 5 = 0',
    opened_at: AT,
  });
  await rows('referrals', { ...between, id: id('R'), case_id: id('C'), vacancy_id: id('V'), issued_at: AT });
  await rows('employments', { ...between, id: id('M'), case_id: id('C'), hired_on: DAY });
  await rows('public_works', {
    ...between,
    id: id('W'),
    case_id: id('C'),
    state: `'working'`,
    proposed_at: AT,
  });
  await rows('trainings', {
    person_id: id('P'),
    open: 'n % 5 = 0',
    id: id('T'),
    case_id: id('C'),
    centre_id: id('TC', 'n / 4'),
    course_id: id('CO'),
    area: `left(${AREA}, 7)`,
    case_area: AREA,
    state: `'studying'`,
    referred_at: AT,
  });
  await rows('businesses', {
    id: id('B'),
    case_id: id('C'),
    person_id: id('P'),
    area: AREA,
    state: `'active'`,
    open: 'n % 5 = 0',
    prepared_at: AT,
  });
  await rows('marks', {
    code: `'mark-' || n`,
    business_id: id('B'),
    person_id: id('P'),
    goods: `'toys'`,
    given_on: DAY,
    until: DAY,
  });
  await rows('inspections', {
    ...between,
    id: id('I'),
    case_id: id('C'),
    case_area: AREA,
    employer_district: `left(${AREA}, 7)`,
    referral_id: id('R'),
    area: `left(${AREA}, 4)`,
    opened_at: AT,
  });
  await rows('subsidies', { ...between, id: id('S'), programme: `'hire_pwd'`, applied_on: DAY });
  await rows('subsidies', {
    id: id('ST'),
    programme: `'training_stipend'`,
    person_id: id('P'),
    person_area: AREA,
    case_id: id('C'),
    area: `left(${AREA}, 7)`,
    applied_on: DAY,
  });
  await rows('subsidies', {
    id: id('SS'),
    programme: `'self_employment_start'`,
    person_id: id('P'),
    person_area: AREA,
    case_id: id('C'),
    business_id: id('B'),
    area: `left(${AREA}, 4)`,
    applied_on: DAY,
  });
  await rows('claims', {
    id: id('S') + ` || '-2024-03'`,
    subsidy_id: id('S'),
    entitlement_id: 'n',
    month: `to_char('2023-01-01'::date + n % 36 * interval '1 month', 'YYYY-MM')`,
    line_id: `'hire_pwd-' || left(${AREA}, 4) || '-2024'`,
    employer_id: id('E', 'n / 4'),
    area: `left(${AREA}, 7)`,
    opened_at: AT,
  });
  await rows('recoveries', { ...here, id: id('RC'), demanded_at: AT });
  await rows('approvals', { ...here, id: id('AP'), kind: `'correction'`, about: `n::text`, proposed_at: AT });
  await rows(
    'employers',
    {
      id: id('E'),
      stir: `'2' || lpad(n::text, 8, '0')`,
      name: `'Tikuv' || n % 997 || ' zavodi' || n`,
      district: `left(${AREA}, 7)`,
    },
    count / 4,
  );
  await rows('vacancies', {
    id: id('V'),
    employer_id: id('E', 'n / 4'),
    title: `CASE n % 997 WHEN 0 THEN 'Xattot' ELSE 'Tikuvchi' END || n`,
    places: '3',
    taken: 'CASE n % 20 WHEN 0 THEN 1 ELSE 3 END',
    district: `left(${AREA}, 7)`,
    work: `(n % 130 + 100)::text`,
  });
  await rows(
    'centres',
    {
      id: id('TC'),
      stir: `'3' || lpad(n::text, 8, '0')`,
      name: `'Hunar' || n % 997 || ' markazi' || n`,
      district: `left(${AREA}, 7)`,
    },
    count / 4,
  );
  await rows('courses', {
    id: id('CO'),
    centre_id: id('TC', 'n / 4'),
    title: `CASE n % 997 WHEN 0 THEN 'Xattotlik' ELSE 'Tikuvchilik' END || n`,
    field: `(n % 130 + 100)::text`,
    rolling: 'false',
    first_day: `to_char('2023-01-01'::date + n % 1000, 'YYYY-MM-DD')`,
    last_day: `'2026-12-31'`,
  });
  await rows('tasks', {
    subject: `'referral/' || ${id('R')}`,
    kind: `'decision'`,
    role: `(ARRAY['case_manager', 'supervisor', 'employer', 'clock'])[n % 4 + 1]`,
    area: AREA,
    assignee_id: `CASE n % 4 WHEN 0 THEN 'M-' || n / 10 END`,
    employer_id: id('E', 'n / 4'),
    case_id: id('C'),
    person_id: id('P'),
    due: `'2026-02-01T04:00:00Z'::timestamptz + n * 7919 % 2000 * interval '1 hour'`,
    closed_at: `CASE n % 5 WHEN 0 THEN NULL ELSE ${AT} END`,
  });
  await rows('events', { subject: `'case/' || ${id('C')}`, case_id: id('C'), type: `'planned'`, at: AT });
  await rows('notices', {
    key: `'referral/' || n`,
    subject: `'referral/' || ${id('R')}`,
    recipient: `'employer'`,
    recipient_id: id('E', 'n / 4'),
    channel: `'sms'`,
    state: `'delivered'`,
    created_at: AT,
  });
  await rows('visits', { person_id: id('P'), latest: 'true', come_again_on: DAY, at: AT });
  await db.$executeRaw`VACUUM (ANALYZE)`;
}
