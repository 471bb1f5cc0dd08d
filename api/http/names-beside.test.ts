import { shownKinds } from '../../records/kernel/kinds';
import { subjectOf } from '../../records/kernel/rows';
import { withNames } from '../../records/reads/beside';
import { textOf } from '../../records/reads/notice';
import { type Notice, Prisma } from '../../prisma/generated/client';
import type { Db, Tx } from '../../prisma/db';
import { testApi } from '../../test/support/api';
import { elsewhere, EMPLOYER, everyRow, ids, JOB, PERSON, readers } from '../../test/support/every-row';
import { filledRows } from '../../test/support/light-rows';
import type { Claims } from './auth';
import { collectionOf } from './stateful';

/* Names beside numbers, as far as the caller may see them [pathway §5, §6; money §7]. */

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await everyRow(api);
});
afterAll(() => api.close());

type Named = Record<string, unknown> & {
  id: string;
  person?: { id: string | null; name: string; phone?: string } | null;
  employer?: { id: string; name: string; stir: string; phone?: string } | null;
  job?: { title: string } | null;
};
type Kind = (typeof shownKinds)[number];

const reader = (name: string): Claims => readers[name] as Claims;
const get = async (who: Claims, path: string): Promise<Named> => (await api.as(who).get(path)).body as Named;
const one = (who: Claims, kind: Kind): Promise<Named> => get(who, `${collectionOf(kind).path}/${ids[kind]}`);
const listed = async (who: Claims, kind: Kind): Promise<Named> => {
  const { body } = await api.as(who).get(collectionOf(kind).path);
  const { items } = body as { items: Named[] };
  return items.find(({ id }) => id === ids[kind]) as Named;
};
/** Writes to rows. The triggers of the database do not look at it. */
const write = (work: (tx: Tx) => Promise<unknown>): Promise<void> =>
  api.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await work(tx);
  });
/** A message about the wage subsidy to its employer. */
const toEmployer = (type: string, kind: string): Notice => ({
  key: 'test',
  subject: `subsidy/${ids.subsidy}`,
  type,
  params: { kind, due: '2026-03-04' },
  recipient: 'employer',
  recipientId: 'E-000001',
  channel: 'sms',
  state: 'queued',
  why: null,
  language: null,
  attempts: 0,
  createdAt: api.time.now,
  settledAt: null,
});
const namesOf = (row: Named) => [row.person?.name, row.employer?.name, row.job?.title];

test.each([
  ['case_manager', ['case', 'referral', 'inspection', 'retention']],
  ['supervisor', ['case', 'referral', 'inspection', 'retention']],
  ['employment_officer', ['case', 'referral', 'inspection', 'retention', 'subsidy', 'claim', 'recovery']],
  ['labour_inspector', ['referral', 'inspection']],
  ['finance_officer', ['subsidy', 'claim', 'recovery']],
  ['auditor', ['case', 'referral', 'inspection', 'retention', 'subsidy', 'claim', 'recovery']],
  ['employer', ['referral', 'inspection', 'retention', 'subsidy', 'claim', 'recovery']],
] as const)('%s reads names in lists and answers', async (role, kinds) => {
  for (const kind of kinds)
    for (const row of [await one(reader(role), kind), await listed(reader(role), kind)])
      expect([kind, ...namesOf(row)]).toEqual(
        kind === 'case' ? [kind, PERSON, undefined, undefined] : [kind, PERSON, EMPLOYER, JOB],
      );
});

test('officials and places have names beside their numbers, inside the row, too', async () => {
  const row = await one(reader('case_manager'), 'case');
  expect(row).toMatchObject({ managerId: 'O-1', managerName: 'O-1', areaName: 'Area 1703202001' });
  expect(row['referrals']).toMatchObject([{ employerName: EMPLOYER, jobName: JOB }]);
  expect((await one(reader('labour_inspector'), 'inspection'))['steps']).toMatchObject([
    { by: 'O-5', byName: 'O-5' },
  ]);
  expect((await one(reader('finance_officer'), 'adaptation'))['application']).toMatchObject({
    workers: [{ person: 'P-000001', personName: PERSON }],
  });
});

test('an inspector sees contact, skills, the words when heard and earlier inspections, never group or diagnosis', async () => {
  const { db, time } = api;
  await db.person.update({
    where: { id: 'P-000001' },
    data: { phone: '+998901234567', recommendation: { group: 2, words: 'light work', conditions: ['ramp'] } },
  });
  const hearing = { confirmed: false, words: 'I was there' };
  await write((tx) => tx.referral.update({ where: { id: ids.referral }, data: { hearing } }));
  const earlier = { id: 'I-000002', openedAt: new Date(time.now.getTime() - 864e5), state: 'justified' };
  const { personId, employerId, referralId, ground, jobKind, area, since, correlationId } =
    await db.inspection.findUniqueOrThrow({ where: { id: ids.inspection } });
  const kept = { personId, employerId, referralId, ground, jobKind, area, since, correlationId };
  await write((tx) => tx.inspection.create({ data: { ...kept, ...earlier, facts: {}, open: false } }));
  const seen = await one(reader('labour_inspector'), 'inspection');
  expect(seen).toMatchObject({
    person: { name: PERSON, phone: '+998901234567', conditions: ['ramp'] },
    employer: { name: EMPLOYER, stir: '301234567', phone: '+998711234567' },
    heard: { words: 'I was there' },
    earlier: [{ id: 'I-000002', state: 'justified' }],
  });
  expect(JSON.stringify(seen)).not.toMatch(/light work|"group"|41705902040017/);
  const managers = await one(reader('case_manager'), 'inspection');
  expect([managers['heard'], managers['earlier']]).toEqual([expect.anything(), undefined]);
  const employers = await one(reader('employer'), 'inspection');
  expect(JSON.stringify(employers)).not.toMatch(/I was there|I-000002/);
});

test('an employer is not told our numbers of its workers, and no name before the labour register confirmed', async () => {
  const employer = reader('employer');
  expect((await one(employer, 'claim')).person).toEqual({ id: null, name: PERSON });
  expect(JSON.stringify(await one(employer, 'inspection'))).not.toContain('byName');
  const confirmed = (confirmedAt: Date | null) =>
    write((tx) => tx.subsidy.update({ where: { id: ids.subsidy }, data: { confirmedAt } }));
  await confirmed(null);
  for (const kind of ['subsidy', 'claim', 'recovery'] as const)
    for (const row of [await one(employer, kind), await listed(employer, kind)])
      expect(JSON.stringify(row)).not.toContain(PERSON);
  expect((await one(reader('finance_officer'), 'claim')).person?.name).toBe(PERSON);
  const reminder = () => textOf(api.db, toEmployer('reminder', 'completion'), 'en', '1140');
  expect(await reminder()).toContain('It is about Tailor, S-000001.');
  await confirmed(api.time.now);
  expect(await reminder()).toContain(`It is about ${PERSON}, Tailor, S-000001.`);
});

test('an employer sees the person while something is asked about the person', async () => {
  const over = async (state: string, inspection: string) => {
    await write(async (tx) => {
      await tx.referral.update({ where: { id: ids.referral }, data: { state } });
      await tx.inspection.updateMany({ data: { state: inspection } });
    });
    const rows = [
      await one(reader('employer'), 'referral'),
      await listed(reader('employer'), 'referral'),
      await listed(reader('employer'), 'inspection'),
    ];
    return rows.map(({ person }) => person?.name ?? null);
  };
  expect(await over('rejected', 'justified')).toEqual([null, null, null]);
  expect((await one(reader('case_manager'), 'referral')).person?.name).toBe(PERSON);
  expect(await over('rejected', 'examining')).toEqual([PERSON, PERSON, PERSON]);
  expect(await over('issued', 'examining')).toEqual([PERSON, PERSON, PERSON]);
});

test('another role, district or employer reads no name', async () => {
  const wrong = [
    ['finance_officer', 'case'],
    ['finance_officer', 'referral'],
    ['case_manager', 'subsidy'],
    ['labour_inspector', 'claim'],
    ['labour_inspector', 'case'],
    ['employer', 'case'],
  ] as const;
  for (const [role, kind] of wrong) {
    expect((await api.as(reader(role)).get(collectionOf(kind).path)).status).toBe(403);
    expect((await api.as(reader(role)).get(`${collectionOf(kind).path}/${ids[kind]}`)).status).toBe(403);
  }
  for (const who of elsewhere)
    for (const kind of shownKinds.filter(
      (each) => !['approval', 'line', 'statement', 'case'].includes(each),
    )) {
      const { status, body } = await api.as(who).get(collectionOf(kind).path);
      expect([who.sub, kind, [200, 403].includes(status)]).toEqual([who.sub, kind, true]);
      expect(JSON.stringify(body)).not.toMatch(new RegExp(PERSON));
    }
});

test('the number of queries does not grow with the rows', async () => {
  const about = { person_id: `'P-' || n`, employer_id: `'E-' || n` };
  const placed = { ...about, case_id: `'C-' || n`, vacancy_id: `'V-' || n` };
  const named = { name: `'Name ' || n` };
  const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    people: { id: `'P-' || n`, ...named, pinfl: `'3170590204' || n` },
    employers: { id: `'E-' || n`, ...named, stir: `'30345' || n` },
    officials: { id: `'O-' || n`, ...named },
    vacancies: { id: `'V-' || n`, employer_id: `'E-' || n`, title: `'Job ' || n` },
    referrals: { id: `'R-' || n`, ...placed },
    inspections: { id: `'I-' || n`, ...about, referral_id: `'R-' || n` },
    employments: { id: `'J-' || n`, ...about, case_id: `'C-' || n`, referral_id: `'R-' || n` },
    subsidies: { id: `'S-' || n`, ...about, employment_id: `'J-' || n` },
    claims: { id: `'S-' || n || '-2026-02'`, subsidy_id: `'S-' || n`, employer_id: `'E-' || n` },
  };
  for (const [table, said] of Object.entries(tables))
    await filledRows(api.db, table, said, Prisma.sql`generate_series(1001, 1010) AS n`);
  const idOf = {
    claim: (n: number) => `S-${n}-2026-02`,
    referral: (n: number) => `R-${n}`,
    inspection: (n: number) => `I-${n}`,
  };

  const asked = async (count: number): Promise<number> => {
    const { db, calls } = counted(api.db);
    for (const kind of ['claim', 'referral', 'inspection'] as const) {
      const rows = Array.from({ length: count }, (_, i) => ({
        id: idOf[kind](1001 + i),
        by: `O-${1001 + i}`,
      }));
      const read = await withNames(db, rows, ({ id }) => subjectOf(kind, id), { role: 'auditor' });
      expect(read).toMatchObject(
        rows.map((_, i) => ({
          person: { name: `Name ${1001 + i}` },
          employer: { name: `Name ${1001 + i}` },
          job: { title: `Job ${1001 + i}` },
          byName: `Name ${1001 + i}`,
        })),
      );
    }
    return calls();
  };
  expect(await asked(10)).toBe(await asked(1));
});

/** A database client that counts the calls of its models. */
function counted(db: Db): { db: Db; calls: () => number } {
  let n = 0;
  const counting = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value === 'function') n++;
        return typeof value === 'object' && value !== null ? counting(value) : value;
      },
    });
  return { db: counting(db), calls: () => n };
}
