import { Prisma } from '../../prisma/generated/client';
import type { Db } from '../../prisma/db';
import { openDb } from '../../prisma/db';
import { defaultKeepDays, type Going } from '../../domain/storage';
import { freshDatabase } from '../../test/support/database';
import { filledRows } from '../../test/support/light-rows';
import { foresee, PAGES, removeBatch, tableAfter } from './batch';

let db: Db;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  db = openDb(database.url, 2);
  const cases = [
    ['C-000001', '2023-01-10', false],
    ['C-000002', '2023-01-10', true],
    ['C-000003', '2026-06-01', false],
    ['C-000004', '2023-01-10', false],
  ] as const;
  for (const [id, since, open] of cases)
    await rows('cases', { id: `'${id}'`, state: `'closed'`, since: `'${since}'`, open: String(open) });
  for (const id of ['R-000001', 'S-000001', '2023-01-09'])
    await rows(id === 'R-000001' ? 'referrals' : id === 'S-000001' ? 'subsidies' : 'statements', {
      id: `'${id}'`,
      state: `'ended'`,
      since: `'2023-01-10'`,
      open: 'false',
    });
});
afterAll(async () => {
  await db.$disconnect();
  await drop();
});

const rows = (table: string, said: Readonly<Record<string, string>>) =>
  filledRows(db, table, said, Prisma.sql`generate_series(1, 1)`);

const TODAY = '2026-11-30';

/** Removes what is over from a table. What was foreseen is what went. */
async function removed(table: Going, keep = defaultKeepDays): Promise<number> {
  const { rows: foreseen } = await foresee(db, table, keep[table] ?? 0, TODAY);
  const { rows: gone } = await removeBatch(db, { table, page: 0 }, keep, TODAY);
  expect(gone).toBe(foreseen);
  return gone;
}

const wait = (subject: string, more: Readonly<Record<string, string>> = {}) =>
  rows('tasks', {
    subject: `'${subject}'`,
    kind: `'plan'`,
    since: `'2023-01-01'`,
    closed_at: `'2023-01-09'`,
    ...more,
  });

test('closed waits of rows that were closed as long ago go, and no others', async () => {
  await wait('case/C-000001');
  await wait('office/case_manager/1726262001');
  await wait('case/C-000001', { closed_at: 'NULL' });
  await wait('case/C-000001', { closed_at: `'2026-01-01'` });
  await wait('case/C-000002');
  await wait('case/C-000003');
  for (const kind of ['decision', 'resolution', 'difference'])
    await wait('referral/R-000001', { kind: `'${kind}'` });
  await wait('case/C-000004');
  await rows('commands', { id: `'f'`, key: `'f'`, subject: `'case/C-000004'`, state: `'failed'` });
  expect(await removed('tasks')).toBe(2);
  expect(await db.task.count()).toBe(8);
  expect(await removed('tasks')).toBe(0);
});

test('messages go, but not those that brought a referral, wait for the gateway, or belong to an open row', async () => {
  const message = (n: number, more: Readonly<Record<string, string>>) =>
    rows('notices', { key: `'n${n}'`, state: `'delivered'`, type: `'reminder'`, ...more });
  await message(1, { subject: `'case/C-000001'` });
  await message(2, { subject: `'case/C-000002'` });
  await message(3, { subject: `'case/C-000001'`, state: `'queued'` });
  await message(4, { subject: `'referral/R-000001'`, type: `'referral_issued'` });
  await message(5, { subject: `'case/C-000001'`, created_at: `'2026-01-01'` });
  expect(await removed('notices')).toBe(1);
  expect((await db.notice.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)).toEqual([
    'n2',
    'n3',
    'n4',
    'n5',
  ]);
});

test('answers of registers go, but not the evidence for a payment', async () => {
  for (const subject of ['case/C-000001', 'statement/2023-01-09', 'case/C-000002', 'subsidy/S-000001'])
    await rows('register_answers', { subject: `'${subject}'` });
  expect(await removed('register_answers')).toBe(2);
  const left = await db.registerAnswer.findMany({ orderBy: { subject: 'asc' } });
  expect(left.map(({ subject }) => subject)).toEqual(['case/C-000002', 'subsidy/S-000001']);
});

test('answers and news about a job with a subsidy stay, as the money’s evidence does', async () => {
  const closed = { state: `'ended'`, since: `'2023-01-10'`, open: 'false' };
  for (const n of ['2', '3']) {
    await rows('referrals', { id: `'R-00000${n}'`, case_id: `'C-000001'`, ...closed });
    await rows('people', { id: `'P-00000${n}'`, pinfl: `'3000000000000${n}'` });
    await rows('employers', { id: `'E-00000${n}'`, stir: `'30000000${n}'` });
    const job = { id: `'J-00000${n}'`, case_id: `'C-000001'`, referral_id: `'R-00000${n}'` };
    await rows('employments', { ...job, person_id: `'P-00000${n}'`, ...closed });
  }
  const worker = { employment_id: `'J-000002'`, person_id: `'P-000002'`, employer_id: `'E-000002'` };
  await rows('subsidies', { id: `'S-000002'`, ...worker, ...closed });

  await db.registerAnswer.deleteMany();
  for (const subject of [
    'retention/J-000002',
    'retention/J-000003',
    'referral/R-000002',
    'referral/R-000003',
  ])
    await rows('register_answers', { subject: `'${subject}'` });
  expect(await removed('register_answers')).toBe(2);
  const answers = await db.registerAnswer.findMany({ orderBy: { subject: 'asc' } });
  expect(answers.map(({ subject }) => subject)).toEqual(['referral/R-000002', 'retention/J-000002']);

  const news = (id: string, register: string, type: string, body: object) =>
    rows('news', {
      id: `'${id}'`,
      event: `'${id}'`,
      open: 'false',
      register: `'${register}'`,
      type: `'${type}'`,
      body: `'${JSON.stringify(body)}'`,
    });
  await news('paid', 'treasury', 'payment_settled', { key: 'k' });
  await news('wages', 'tax', 'wages_corrected', { pinfl: '30000000000003' });
  await news('ended', 'yammt', 'contract_ended', { pinfl: '30000000000002', stir: '300000002' });
  await news('other', 'yammt', 'contract_ended', { pinfl: '30000000000003', stir: '300000002' });
  await rows('people', { id: `'P-000004'`, pinfl: `'30000000000004'`, joined_to: `'P-000002'` });
  await rows('people', { id: `'P-000005'`, pinfl: `'30000000000005'` });
  const application = `'${JSON.stringify({ workers: [{ person: 'P-000005', hiredOn: '2022-12-01' }] })}'`;
  await rows('subsidies', {
    id: `'S-000005'`,
    person_id: `''`,
    employer_id: `'E-000002'`,
    application,
    ...closed,
  });
  await news('joined', 'yammt', 'contract_ended', { pinfl: '30000000000004', stir: '300000003' });
  await news('adapted', 'yammt', 'contract_ended', { pinfl: '30000000000005', stir: '300000003' });
  await news('firm', 'yammt', 'employer_liquidated', { stir: '300000002' });
  await news('other firm', 'yammt', 'employer_liquidated', { stir: '300000003' });
  expect(await removed('news')).toBe(2);
  const told = await db.news.findMany({ orderBy: { id: 'asc' } });
  expect(told.map(({ id }) => id)).toEqual(['adapted', 'ended', 'firm', 'joined', 'paid', 'wages']);
  await db.news.deleteMany();
});

test('news that is done with goes', async () => {
  await rows('news', { id: `'a'`, event: `'a'`, open: 'false' });
  await rows('news', { id: `'b'`, event: `'b'`, open: 'true' });
  await rows('news', { id: `'c'`, event: `'c'`, open: 'false', since: `'2026-01-01'` });
  expect(await removed('news')).toBe(1);
});

test('of an answer the row’s number or the refusal’s code stays', async () => {
  const command = (id: string, answer: object, status = 200) =>
    rows('commands', {
      id: `'${id}'`,
      key: `'${id}'`,
      state: `'done'`,
      done_at: `'2026-08-31'`,
      body: `'{"words":"secret"}'`,
      status: String(status),
      answer: `'${JSON.stringify(answer)}'`,
    });
  await command('row', { id: 'S-000001-2024-03', amount: 5 });
  await command('person', { id: 'P-000001', name: 'secret' });
  await command('moved', { moved: 3 });
  await command('visit', { id: '17', wish: 'work' });
  await command('refused', { code: 'blocked', detail: 'No.', state: 'ready' }, 409);
  expect(await removed('commands')).toBe(5);
  const left = await db.command.findMany({ where: { state: 'done' } });
  expect(Object.fromEntries(left.map(({ id, answer }) => [id, answer]))).toEqual({
    row: { id: 'S-000001-2024-03' },
    person: { id: 'P-000001' },
    moved: {},
    visit: { id: '17' },
    refused: { code: 'blocked' },
  });
  expect(left.every(({ body }) => body === null)).toBe(true);
});

test('the tables follow each other, without those that are kept as long as the record', async () => {
  const keep = { ...defaultKeepDays, notices: null };
  expect(tableAfter(keep)).toEqual({ table: 'tasks', page: 0 });
  expect(tableAfter(keep, 'tasks')).toEqual({ table: 'commands', page: 0 });
  expect(tableAfter(keep, 'news')).toBeUndefined();
  expect(await removeBatch(db, { table: 'news', page: PAGES }, keep, TODAY)).toEqual({ rows: 0 });
});
