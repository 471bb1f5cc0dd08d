import { testApi } from '../../test/support/api';
import { MAHALLA, manyRows } from '../../test/support/many-rows';
import { type Statement, watchStatements } from '../../test/support/statements';
import type { Claims } from './auth';

/** More rows than a list counts, so that PostgreSQL chooses indexes as in a large record. */
const ROWS = 10_500;

const by = {
  case_manager: { sub: 'M-0', role: 'case_manager', area: MAHALLA },
  supervisor: { sub: 'O-91', role: 'supervisor', area: MAHALLA.slice(0, 7) },
  employment_officer: { sub: 'O-92', role: 'employment_officer', area: MAHALLA.slice(0, 7) },
  finance_officer: { sub: 'O-94', role: 'finance_officer', area: MAHALLA.slice(0, 4) },
  training_officer: { sub: 'O-96', role: 'training_officer', area: MAHALLA.slice(0, 7) },
  employer: { sub: 'S-91', role: 'employer', employer: '200000000' },
  auditor: { sub: 'O-95', role: 'auditor' },
} as const satisfies Record<string, Claims>;
type By = keyof typeof by;

let api: Awaited<ReturnType<typeof testApi>>;
let sent: Statement[] = [];
const statements = watchStatements();

beforeAll(async () => {
  api = await testApi();
  await manyRows(api.db, ROWS);
  const officer = {
    id: by.training_officer.sub,
    name: 'A',
    role: 'training_officer',
    area: MAHALLA.slice(0, 7),
  };
  await api.db.official.create({ data: { ...officer, centreId: 'TC-000009' } });
}, 120_000);
afterAll(async () => {
  await api.close();
  statements.stop();
});

interface Page {
  items: { id: string }[];
  next: string | null;
  total: number | string;
}

/** The rows have no more than a list reads, so their shape is not compared. */
async function get(who: By, path: string) {
  const headers = { Authorization: `Bearer ${await api.token(by[who])}` };
  let answer = { status: 0, body: { items: [], next: null, total: 0 } as Page };
  sent = await statements.of(async () => {
    const got = await fetch(`${api.base}/v1${path}`, { headers });
    answer = { status: got.status, body: (await got.json()) as Page };
  });
  return answer;
}

async function everyPage(who: By, path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await get(who, `${path}&limit=150${cursor}`);
    ids.push(...body.items.map(({ id }) => id));
    if (body.next === null) return ids;
    cursor = `&cursor=${body.next}`;
  }
}

/** The plans of the queries of the last list, those of its pages and of its number. */
async function plans(): Promise<string> {
  const found: string[] = [];
  for (const { sql, values } of sent.filter((each) =>
    /^\s*(SELECT|WITH).*(LIMIT|IN \(|WHERE)/s.test(each.sql),
  )) {
    const rows = await api.db.$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN ${sql}`, ...values);
    found.push(...rows.flatMap((row) => Object.values(row)));
  }
  return found.join('\n');
}

describe('an index serves each list and filter', () => {
  test.each<[By, string, string[]]>([
    [
      'case_manager',
      '/cases',
      ['cases_area_open_state_id_idx', 'cases_manager_id_open_id_idx', 'cases_moves_to_idx'],
    ],
    ['auditor', '/cases?manager=M-77', ['cases_manager_id_open_id_idx']],
    ['auditor', '/cases?from=2024-03-01&to=2024-03-02', ['cases_opened_at_id_idx']],
    ['auditor', '/cases?month=2024-03', ['cases_opened_at_id_idx']],
    ['auditor', '/cases?overdue=yes', ['tasks_of_case']],
    ['case_manager', '/people', ['people_mahalla']],
    ['auditor', '/people?skill=welding', ['people_skills_idx']],
    ['case_manager', '/people?ageFrom=30&ageTo=31', ['people_mahalla_birth_idx']],
    ['auditor', '/people?from=2024-03-01&to=2024-03-02', ['people_created_at_id_idx']],
    ['case_manager', '/referrals', ['referrals_area_open_state_id_idx', 'referrals_case_id_idx']],
    ['auditor', '/referrals?from=2024-03-01&to=2024-03-02', ['referrals_issued_at_id_idx']],
    ['employer', '/inspections', ['inspections_employer_id_opened_at_idx']],
    [
      'case_manager',
      '/inspections',
      ['inspections_case_area_open_state_id_referral_id_idx', 'inspections_case_id_idx'],
    ],
    [
      'employment_officer',
      '/inspections',
      [
        'inspections_case_area_open_state_id_referral_id_idx',
        'inspections_employer_district_open_state_id_case_area_idx',
      ],
    ],
    [
      'case_manager',
      '/employments',
      ['employments_area_open_state_id_case_id_idx', 'employments_case_id_idx'],
    ],
    [
      'case_manager',
      '/public-works',
      ['public_works_area_open_state_id_case_id_idx', 'public_works_case_id_idx'],
    ],
    ['employment_officer', '/public-works', ['public_works_area_open_state_id_case_id_idx']],
    ['case_manager', '/businesses', ['businesses_area_open_state_id_case_id_idx', 'businesses_case_id_idx']],
    ['auditor', '/businesses?from=2024-03-01&to=2024-03-02', ['businesses_prepared_at_id_idx']],
    ['auditor', '/public-works?from=2024-03-01&to=2024-03-02', ['public_works_proposed_at_id_idx']],
    [
      'case_manager',
      '/trainings',
      ['trainings_case_area_open_state_id_case_id_idx', 'trainings_case_id_idx'],
    ],
    [
      'employment_officer',
      '/trainings',
      ['trainings_case_area_open_state_id_case_id_idx', 'trainings_area_open_state_id_idx'],
    ],
    ['training_officer', '/trainings', ['trainings_centre_id_open_state_id_idx']],
    ['auditor', '/trainings?course=CO-000001', ['trainings_course_id_state_idx']],
    ['auditor', '/trainings?from=2024-03-01&to=2024-03-02', ['trainings_referred_at_id_idx']],
    ['auditor', '/employments?from=2024-03-01&to=2024-03-02', ['employments_hired_on_id_idx']],
    ['finance_officer', '/claims?programme=hire_pwd&month=2024-03', ['claims_month_id_area_idx']],
    ['auditor', '/claims?from=2024-03-01&to=2024-03-02', ['claims_opened_at_id_idx']],
    ['case_manager', '/claims', ['claims_person_area_state_id_fund_idx']],
    ['case_manager', '/stipends', ['subsidies_person_area_state_id_idx']],
    ['case_manager', '/start-subsidies', ['subsidies_person_area_state_id_idx']],
    ['auditor', '/start-subsidies?business=B-000001', ['subsidies_business_id_idx']],
    ['supervisor', '/recoveries', ['recoveries_person_area_state_id_idx']],
    ['auditor', '/subsidies?from=2024-03-01&to=2024-03-02', ['subsidies_applied_on_id_idx']],
    ['auditor', '/recoveries?from=2024-03-01&to=2024-03-02', ['recoveries_demanded_at_id_idx']],
    ['auditor', '/approvals?from=2024-03-01&to=2024-03-02', ['approvals_proposed_at_id_idx']],
    ['employer', '/approvals', ['approvals_employer_id_idx']],
    ['auditor', '/employers?stir=200000009', ['employers_stir_key']],
    ['auditor', '/employers?name=tikuv996', ['employers_name_key_idx']],
    ['auditor', '/vacancies?words=xattot', ['vacancies_title_key_idx']],
    ['auditor', '/vacancies?free=yes&district=1700000', ['vacancies_free']],
    ['case_manager', '/centres', ['centres_district_id_idx']],
    ['auditor', '/centres?stir=300000009', ['centres_stir_key']],
    ['auditor', '/centres?name=hunar996', ['centres_name_key_idx']],
    ['training_officer', '/courses', ['courses_centre_id_id_idx']],
    ['auditor', '/courses?field=101', ['courses_field_idx']],
    ['auditor', '/courses?words=xattotlik', ['courses_title_key_idx']],
    ['auditor', '/courses?from=2024-03-01&to=2024-03-02', ['courses_first_day_id_idx']],
    ['case_manager', '/tasks', ['tasks_of_assignee']],
    ['employer', '/tasks', ['tasks_of_employer']],
    ['supervisor', '/tasks?person=P-000000', ['tasks_person_id_idx']],
    ['auditor', '/cases/C-000000/messages', ['notices_subject_state_idx']],
    ['auditor', '/referrals/R-000000/messages', ['notices_subject_state_idx']],
  ])('%s %s', async (who, path, indexes) => {
    expect((await get(who, path)).status).toBe(200);
    const plan = await plans();
    for (const index of indexes) expect(plan).toContain(index);
  });

  test('in every locale of the database: an index of places serves the beginning of a code', async () => {
    const classes = await api.db.$queryRaw<{ index: string; operators: string }[]>`
      SELECT index.relname AS index, operators.opcname AS operators
      FROM pg_index, unnest(indkey, indclass) AS part (attnum, operators), pg_class index, pg_attribute, pg_opclass operators
      WHERE index.oid = indexrelid AND attrelid = indrelid AND pg_attribute.attnum = part.attnum AND operators.oid = part.operators
        AND NOT indisunique AND attname IN ('area', 'person_area', 'district', 'mahalla', 'moves_to', 'work')
        AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)`;
    expect(classes.length).toBeGreaterThan(15);
    expect(classes.filter(({ operators }) => operators !== 'text_pattern_ops')).toEqual([]);
  });
});

describe('the total', () => {
  test('is exact up to 10,000', async () => {
    const count = await api.db.referral.count({ where: { area: { startsWith: MAHALLA.slice(0, 4) } } });
    expect((await get('finance_officer', '/subsidies?limit=3')).body).toMatchObject({ total: count });
    const day = await get('auditor', '/referrals?from=2024-03-01&to=2024-03-01&limit=1');
    expect(day.body.total).toBe(
      (await everyPage('auditor', '/referrals?from=2024-03-01&to=2024-03-01')).length,
    );
  });

  test('of more is told in words', async () => {
    expect((await get('auditor', '/referrals?limit=1')).body.total).toBe('more than 10,000');
    expect((await get('auditor', '/cases?waitingFor=clock&limit=1')).body.total).toBe(
      await api.db.task.count({ where: { role: 'clock', closedAt: null } }),
    );
  });

  test('counts a list in parts as one', async () => {
    const others = await api.db.case.count({
      where: { managerId: 'M-0', NOT: { area: { startsWith: MAHALLA } } },
    });
    const { body } = await get('case_manager', '/referrals');
    expect(others).toBeGreaterThan(0);
    expect(body.total).toBe(
      others + (await api.db.referral.count({ where: { area: { startsWith: MAHALLA } } })),
    );
    expect(body.items.map(({ id }) => id)).toEqual(body.items.map(({ id }) => id).toSorted());
    expect(body.items).toHaveLength(Number(body.total));
  });
});

test.each<By>(['supervisor', 'auditor'])(
  '%s: a list by open waits has each row once, in order',
  async (who) => {
    const open = await api.db.task.findMany({
      where: { closedAt: null, due: { lt: api.time.now } },
      select: { caseId: true },
    });
    const cases = await api.db.case.findMany({
      where: {
        id: { in: open.flatMap(({ caseId }) => caseId ?? []) },
        area: { startsWith: who === 'supervisor' ? by.supervisor.area : '' },
      },
      orderBy: { id: 'asc' },
    });
    const ids = cases.map(({ id }) => id);
    expect(await everyPage(who, '/cases?overdue=yes')).toEqual(ids);
    expect((await get(who, '/cases?overdue=yes')).body.total).toBe(ids.length);
  },
);
