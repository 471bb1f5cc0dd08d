import type { Db } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { mendKept } from '../../records/kept';
import { filledRows } from './light-rows';

/** A number from 0 to `most` − 1, drawn for the row and a name. The same draw is always the same number. */
const drawn = (name: string, most: number) =>
  `(('x' || left(md5(n || '${name}'), 7))::bit(28)::int % ${most})`;
const oneOf = (name: string, values: readonly string[]) =>
  `(ARRAY[${values.join(', ')}])[1 + ${drawn(name, values.length)}]`;
const text = (...values: string[]) => values.map((value) => `'${value}'`);
const sometimes = (name: string, percent: number, value: string) =>
  `CASE WHEN ${drawn(`${name}?`, 100)} < ${percent} THEN ${value} END`;

const DAYS = 800;
const dayOf = (name: string) => `to_char('2022-11-01'::date + ${drawn(name, DAYS)}, 'YYYY-MM-DD')`;
const instant = (name: string) =>
  `'2022-11-01T00:00:00+05:00'::timestamptz + ${drawn(name, DAYS * 24)} * interval '1 hour'`;
const area = (name: string) =>
  `${oneOf(`${name}r`, text('1703', '1706', '1726', '1735'))} || lpad(${drawn(`${name}d`, 3)}::text, 3, '2') || '001'`;
const region = (name: string) => `left(${area(name)}, 4)`;
const id = (letter: string, n = 'n') => `'${letter}-' || lpad((${n})::text, 6, '0')`;

/** Rows for the reports, drawn at random: about as many of each kind as `count`. Each part of a report has some. */
export async function drawnRows(db: Db, count: number): Promise<void> {
  const rows = (table: string, said: Readonly<Record<string, string>>, most = count, where = 'true') =>
    filledRows(
      db,
      table,
      said,
      Prisma.sql`(SELECT n FROM generate_series(1, ${most}::int) AS n WHERE ${Prisma.raw(where)}) AS numbers`,
    );
  await rows(
    'policy_versions',
    {
      id: `'PV-3-MONTHS'`,
      act: `'a test'`,
      valid_from: `'2023-09-01'`,
      applies_to: `'new'`,
      state: `'active'`,
      rules: `(SELECT jsonb_set(rules, '{numbers}', '{"retentionMonths": 3}') FROM policy_versions WHERE id = 'PV-2019')`,
    },
    1,
  );
  await rows('people', {
    id: id('P'),
    pinfl: `'3' || lpad(n::text, 13, '0')`,
    joined_to: `CASE WHEN n % 9 = 0 THEN ${id('P', 'n - 1')} END`,
  });
  await rows(
    'employers',
    { id: id('E'), stir: `'2' || lpad(n::text, 8, '0')`, district: `left(${area('employer')}, 7)` },
    40,
  );
  await rows('cases', {
    id: id('C'),
    person_id: id('P', '1 + n / 2'),
    area: area('case'),
    open: 'false',
    planned_at: sometimes('planned', 90, instant('planned')),
  });
  const kinds = text('job', 'training', 'public_works', 'self_employment');
  for (const n of [1, 2, 3])
    await rows(
      'measures',
      {
        case_id: id('C'),
        n: `${n}`,
        kind: oneOf(`kind${n}`, kinds),
        started_on: sometimes(`started${n}`, 70, dayOf(`started${n}`)),
        ended_on: sometimes(`ended${n}`, 40, dayOf(`ended${n}`)),
        region: sometimes(`region${n}`, 60, region(`region${n}`)),
      },
      count,
      `n % 3 >= ${n - 1} AND n % 50 <> 0`,
    );
  for (const n of [1, 2])
    await rows(
      'employments',
      {
        id: id('M', `n * 10 + ${n}`),
        case_id: id('C'),
        person_id: id('P', '1 + n / 2'),
        employer_id: id('E', `n * 2 + ${n}`),
        measure: sometimes(`measure${n}`, 50, '1'),
        hired_on: dayOf(`hired${n}`),
        months: oneOf(`months${n}`, ['3', '6', '9']),
        confirmed_at: instant(`confirmed${n}`),
        how: oneOf(`how${n}`, text('referral', 'alone', 'successor')),
        ended_on: sometimes(`jobEnded${n}`, 40, dayOf(`jobEnded${n}`)),
        state: oneOf(`job${n}`, text('in_force', 'retained', 'ended', 'unmonitored')),
        open: `${drawn(`open${n}`, 4)} = 0`,
      },
      count,
      `n % 5 >= ${n}`,
    );
  const moved = (name: string, days: number) =>
    rows(
      'events',
      {
        type: `'transferred'`,
        at: `'2023-02-01'::timestamptz + (${drawn('moved', 300)} + ${days}) * interval '1 day'`,
        case_id: id('C'),
        params: `jsonb_build_object('from', ${area(name)})`,
      },
      count,
      `n % 4 = 0 OR n % 7 = ${days % 7}`,
    );
  await moved('first', 0);
  await moved('second', 90);
  await rows('referrals', {
    id: id('R'),
    case_id: id('C', '1 + n % 700'),
    employer_id: id('E', '1 + n % 40'),
    area: area('referral'),
    open: 'false',
    issued_at: instant('issued'),
    state: oneOf('referral', text('silent', 'hired', 'rejected', 'withdrawn')),
    decision: sometimes(
      'decided',
      60,
      `jsonb_build_object('decision', ${oneOf('decision', text('accept', 'reject'))})`,
    ),
    decided_at: sometimes(
      'decided',
      60,
      `${instant('issued')} + ${drawn('decided', 200)} * interval '1 hour'`,
    ),
  });
  for (const n of [1, 2])
    await rows(
      'tasks',
      {
        subject: `'referral/' || ${id('R')}`,
        kind: `'decision'`,
        closed_at: instant('closed'),
        due: `${instant('issued')} + (120 + ${drawn(`due${n}`, 24)} * ${n}) * interval '1 hour'`,
      },
      count,
      `n % 6 >= ${n}`,
    );
  await rows('inspections', {
    id: id('I'),
    referral_id: id('R', '1 + n % 600'),
    employer_id: id('E', '1 + n % 45'),
    area: `left(${area('inspection')}, CASE WHEN n % 2 = 0 THEN 4 ELSE 7 END)`,
    state: oneOf('inspection', text('examining', 'justified', 'hearing', 'ended')),
    open: `${drawn('examined', 2)} = 0`,
    opened_at: instant('opened'),
    resolved_at: sometimes(
      'resolved',
      60,
      `${instant('opened')} + ${drawn('resolved', 600)} * interval '1 hour'`,
    ),
    resolution: sometimes(
      'resolved',
      60,
      `jsonb_build_object('resolution', ${oneOf('resolution', text('settled', 'directed', 'justified', 'unjustified'))})`,
    ),
    late_decision: sometimes(
      'late',
      30,
      `jsonb_build_object('decision', ${oneOf('late', text('accept', 'reject'))}, 'at', '2023-05-01T10:00:00Z')`,
    ),
    breached_at: sometimes('breached', 20, instant('breached')),
    measure: sometimes(
      'measured',
      20,
      oneOf('measured', [`'{"taken": "fine"}'::jsonb`, `'{"none": "small"}'::jsonb`]),
    ),
  });
  await money(rows, count);
  await mendKept(db, ['balances', 'participations']);
}

type Rows = (
  table: string,
  said: Readonly<Record<string, string>>,
  most?: number,
  where?: string,
) => Promise<void>;

/** Of a subsidy, and of the line that pays it. */
const PROGRAMME = `CASE (n % 200) % 2 WHEN 0 THEN 'hire_pwd' ELSE 'above_quota' END`;

async function money(rows: Rows, count: number): Promise<void> {
  await rows(
    'subsidies',
    {
      id: id('S'),
      open: 'false',
      programme: PROGRAMME,
      employment_id: `(SELECT id FROM employments ORDER BY id LIMIT 1 OFFSET ${drawn('job', 300)})`,
      person_id: id('P', `1 + ${drawn('worker', 300)}`),
      order: sometimes('order', 70, `jsonb_build_object('date', ${dayOf('order')})`),
    },
    count,
  );
  await rows(
    'subsidies',
    {
      id: id('A'),
      open: 'false',
      programme: `'workplace_adaptation'`,
      application: `jsonb_build_object('workers', jsonb_build_array(
      jsonb_build_object('person', ${id('P', '1 + n % 50')}), jsonb_build_object('person', ${id('P', '1 + n % 31')})))`,
    },
    60,
  );
  for (const [type, percent] of [
    ['applied', 90],
    ['subsidy_ordered', 60],
  ] as const)
    await rows(
      'events',
      {
        type: `'${type}'`,
        at: instant(type),
        params: `jsonb_build_object('programme', ${oneOf('programme', text('hire_pwd', 'above_quota'))}, 'area', left(${area('subsidy')}, 7))`,
      },
      count,
      `${drawn(type, 100)} < ${percent}`,
    );
  const month = (name: string) => oneOf(name, text('2023-01', '2023-05', '2023-11', '2024-01', '2024-03'));
  await rows('claims', { id: id('K'), subsidy_id: id('S'), entitlement_id: 'n', month: month('claim') });
  const events = text(
    'settled',
    'settled',
    'settled',
    'set_off',
    'returned_after_settlement',
    'set_off_recovered',
    'repaid',
    'repaid_later',
    'approved',
  );
  for (const n of [1, 2, 3, 4])
    await rows('ledger_entries', {
      posting: `'${n}-' || n`,
      at: instant(`posted${n}`),
      event: oneOf(`event${n}`, events),
      line_id: `${PROGRAMME} || '-' || ${region(`line${n % 2}`)} || '-2023'`,
      account: oneOf(`account${n}`, text('committed', 'payable', 'sent', 'paid')),
      amount: `(${drawn(`amount${n}`, 900)} + 1) * ${oneOf(`side${n}`, ['1', '-1', '-1'])}`,
      subsidy_id: id('S', '1 + n % 200'),
      claim_id: sometimes(`claim${n}`, 80, id('K')),
      month: sometimes(`month${n}`, 60, month(`month${n}`)),
      act: `'order'`,
    });
  await rows(
    'ledger_entries',
    {
      posting: `'a-' || n`,
      at: instant('adapted'),
      event: oneOf('adapted', text('settled', 'settled', 'returned_after_settlement')),
      line_id: `'workplace_adaptation-' || ${region('adaptation')} || '-2023'`,
      account: `'sent'`,
      amount: `-1 - ${drawn('adapted', 900)}`,
      subsidy_id: id('A', '1 + n % 60'),
      act: `'order'`,
    },
    150,
  );
}
