import request from 'supertest';
import { people as by } from '../../test/support/api';
import { type Bench, MAHALLA, STIR } from '../../test/support/bench';
import { type RowsApi, startRowsApi } from '../../test/support/rows-api';
import { Prisma } from '../../prisma/generated/client';
import { prune } from '../../test/support/pruning';

/*
 * Commands that are given again with the same key, after the storage period of their bodies: the API over the rows themselves, without
 * Temporal.
 */

let bench: Bench;
let api: RowsApi['api'];
let broken: RowsApi['broken'];
let id: string;

beforeEach(async () => {
  ({ bench, api, broken, referral: id } = await startRowsApi());
});
afterEach(async () => {
  await api.close();
  await bench.close();
});

const employer = { sub: 'S-1', role: 'employer', employer: STIR } as const;
const caseManager = { sub: 'case_manager-1', role: 'case_manager', area: MAHALLA } as const;
const accepts = { decision: 'accept', startOn: '2026-03-09' };
const decide = (body: object = accepts, who: typeof employer | typeof caseManager = employer, key = 'k-1') =>
  api.as(who).post(`/referrals/${id}/decision`, body, { 'Idempotency-Key': key });
const commands = () => bench.db.command.findMany({ orderBy: { at: 'asc' } });
const command = async () => (await commands())[0];

async function prunedOn(day: string): Promise<void> {
  bench.clock.set(new Date(`${day}T03:00:00+05:00`));
  await prune(bench.records);
}

test('after 90 days the body is gone, and a repetition gets the status and the row as it stands', async () => {
  const first = await decide();
  expect([first.status, first.body.state]).toEqual([200, 'accepted']);
  const before = await command();

  await prunedOn('2026-05-31');
  expect(await command()).toEqual(before);
  expect((await decide()).body).toEqual(first.body);

  await bench.pass('1d');
  await prunedOn('2026-06-01');
  expect(await command()).toEqual({ ...before, body: null, answer: { id } });
  const again = await decide();
  const row = await api.as(employer).get(`/referrals/${id}`);
  expect(row.body.state).not.toBe('accepted');
  expect([again.status, again.headers['idempotent-replayed'], again.body]).toEqual([200, 'true', row.body]);
  expect(await bench.db.command.count()).toBe(1);
});

test('another body under the same key is still refused', async () => {
  await decide();
  await prunedOn('2026-07-01');
  const { status, body } = await decide({ ...accepts, startOn: '2026-03-10' });
  expect([status, body.code]).toEqual([409, 'key_reused']);
});

test('a refusal is repeated with its code, without its words', async () => {
  await decide();
  const refused = await decide({ ...accepts, startOn: '2020-01-01' }, employer, 'k-2');
  expect(refused.status).toBeGreaterThanOrEqual(400);
  await prunedOn('2026-07-01');
  const again = await decide({ ...accepts, startOn: '2020-01-01' }, employer, 'k-2');
  expect([again.status, again.body.code]).toEqual([refused.status, refused.body.code]);
  expect(again.body.detail).toMatch(/Only the code of the refusal is still on record/);
  expect(again.body.errors).toBeUndefined();
});

test('an edit of an official is repeated with the official as he stands, and a visit with its number', async () => {
  await bench.db.territory.create({
    data: { code: MAHALLA, kind: 'mahalla', parent: '1726262', nameLatn: 'M' },
  });
  const entered = { id: 'sw-1', name: 'Madina', role: 'case_manager', area: MAHALLA };
  const officials = (body: object) =>
    api.as(by.administrator).post('/officials', body, { 'Idempotency-Key': 'k-9' });
  expect((await officials(entered)).status).toBe(201);
  const made = { on: '2026-03-02', wish: 'nothing_now', comeAgainOn: '2026-04-01' };
  const visit = await api.as(caseManager).post('/people/P-000001/visits', made, { 'Idempotency-Key': 'k-8' });
  expect(visit.status).toBe(201);
  await api.as(by.administrator).patch('/officials/sw-1', { name: 'Madina Karimova' });
  await prunedOn('2026-07-01');
  expect(
    (await bench.db.command.findMany({ where: { body: { equals: Prisma.DbNull } } })).length,
  ).toBeGreaterThan(2);
  expect([(await officials(entered)).status, (await officials(entered)).body.name]).toEqual([
    201,
    'Madina Karimova',
  ]);
  // Nothing shows a visit alone, so only its number is left.
  const again = await request(api.base)
    .post('/v1/people/P-000001/visits')
    .set('Authorization', `Bearer ${await api.token(caseManager)}`)
    .set('Idempotency-Key', 'k-8')
    .send(made);
  expect([again.status, again.body]).toEqual([201, { id: visit.body.id }]);
});

test('a command that was given on paper stays whole', async () => {
  const onPaper = { ...accepts, received: { manner: 'paper', on: '2026-03-02' } };
  expect((await decide(onPaper, caseManager)).status).toBe(200);
  const before = await command();
  await prunedOn('2027-03-01');
  expect(await command()).toEqual(before);
});

test('a command that failed stays whole, also after it was carried out in the end', async () => {
  broken['decision'] = true;
  expect((await decide()).status).toBe(500);
  broken['decision'] = false;
  const before = await command();
  await prunedOn('2027-03-01');
  expect(await command()).toEqual(before);

  const tried = await api.as(by.administrator).post(`/commands/${before?.id}/retry`);
  expect(tried.status).toBe(202);
  await bench.settle();
  await prunedOn('2028-03-01');
  expect(await command()).toMatchObject({ body: before?.body, retriedAt: expect.any(Date) });
});

test('a command that made somebody a participant stays whole', async () => {
  await decide();
  const before = await command();
  const at = before?.doneAt ?? bench.clock.now();
  await bench.db.participation.create({
    data: { subject: `referral/${id}`, person: 'S-1', act: 'proposed', at: await at },
  });
  await prunedOn('2026-07-01');
  expect(await command()).toEqual(before);
});
