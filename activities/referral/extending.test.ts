import { readPathway } from '../../records/reads/reports/pathway';
import {
  type Bench,
  caseManager,
  employerActor,
  plannedCase,
  refer,
  seed,
  startBench,
  supervisor,
} from '../../test/support/bench';
import { caseHandlers } from '../case';
import { inspectionHandlers } from '../inspection';
import { referralHandlers } from '../referral';

// A referral of 1 March: the employer answers until the end of 6 March.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, inspectionHandlers]);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  id = await refer(bench, caseId, world.vacant);
});
afterEach(() => bench.close());

const ask = (days = 5) =>
  bench.give(
    `referral/${id}`,
    'extensionRequest',
    { days, reason: 'the director is away' },
    employerActor(world.employerId),
  );
const extend = (body: object = { days: 5 }, by = supervisor) =>
  bench.give(`referral/${id}`, 'extension', body, by);
const state = async () => (await bench.db.referral.findUniqueOrThrow({ where: { id } })).state;
const due = async () => (await bench.waits(`referral/${id}`)).find(({ kind }) => kind === 'decision')?.due;
const reminders = async () => {
  const sent = await bench.db.notice.findMany({
    where: { type: 'reminder', recipient: 'employer', channel: 'sms' },
    orderBy: { createdAt: 'asc' },
  });
  return sent.map(({ createdAt }) => createdAt.toISOString().slice(0, 10));
};

test('the employer asks with a reason and the supervisor extends: end and reminders move, and the person is told', async () => {
  expect((await ask()).body).toMatchObject({ extension: { days: 5, reason: 'the director is away' } });
  expect(await bench.waits(`referral/${id}`)).toContainEqual({
    kind: 'extension_answer',
    role: 'supervisor',
    rank: null,
    due: '2023-03-02T23:59',
  });
  expect((await extend()).status).toBe(200);
  expect(await bench.waits(`referral/${id}`)).toMatchObject([{ kind: 'decision', due: '2023-03-13T23:59' }]);
  const told = await bench.db.notice.findMany({ where: { type: 'person_extension' } });
  expect(told).toMatchObject([{ recipient: 'person', params: { due: '2023-03-13' } }]);
  await bench.pass('14d');
  expect([await state(), await reminders()]).toEqual(['silent', ['2023-03-11', '2023-03-12']]);
});

test('the person may be referred elsewhere meanwhile', async () => {
  await ask();
  await extend();
  expect(await refer(bench, caseId, world.reserved)).not.toBe(id);
});

test('an answer in the extended time is in time', async () => {
  await ask();
  await extend();
  await bench.pass('10d');
  await bench.give(
    `referral/${id}`,
    'decision',
    { decision: 'reject', code: 'other', grounds: 'no' },
    employerActor(world.employerId),
  );
  await bench.pass('5d');
  const march = { from: '2023-03-01', to: '2023-03-31', now: await bench.clock.now() };
  expect((await readPathway(bench.db, march)).get('')).toMatchObject({ answered_in_time: 1, silent: 0 });
});

test('declined with words: the time stays, and the employer is told its end', async () => {
  await ask();
  await extend({ declined: true, words: 'five days are enough' });
  expect(await due()).toBe('2023-03-06T23:59');
  expect(await bench.db.notice.count({ where: { type: 'extension_declined', recipient: 'employer' } })).toBe(
    2,
  );
  expect((await ask()).body['code']).toBe('asked_before');
});

test('nobody answers the request: the employer’s time does not move', async () => {
  await ask();
  await bench.pass('6d');
  expect([await state(), await bench.waits(`referral/${id}`)]).toEqual(['silent', []]);
});

test('an answer of the employer ends the request', async () => {
  await ask();
  const accept = { decision: 'accept', startOn: '2023-03-08' };
  await bench.give(`referral/${id}`, 'decision', accept, employerActor(world.employerId));
  expect(await bench.waits(`referral/${id}`)).toMatchObject([{ kind: 'contract' }]);
});

test('undelivered meanwhile: the time from the delivery by hand needs a new request', async () => {
  bench.undelivered.add(world.employerId);
  id = await refer(bench, caseId, world.reserved);
  await ask();
  await bench.pass('2d');
  expect([await state(), (await bench.waits(`referral/${id}`)).map(({ kind }) => kind)]).toEqual([
    'undelivered',
    ['deliver_by_hand'],
  ]);
  const byHand = { manner: 'phone', on: '2023-03-03', to: 'the director' };
  await bench.give(`referral/${id}`, 'delivery', byHand, caseManager);
  expect((await ask()).status).toBe(200);
});

test('refused: without a request, twice, too long, by others, and after the time', async () => {
  expect((await extend()).body['code']).toBe('nothing_asked');
  expect(await ask(6)).toMatchObject({ status: 422, body: { code: 'too_long' } });
  expect((await ask()).body['allowedActions']).not.toContain('extensionRequest');
  expect((await ask()).body['code']).toBe('asked_before');
  expect((await extend({ days: 6 })).body['code']).toBe('too_long');
  expect((await extend({ days: 5 }, caseManager)).status).toBe(403);
  expect(await due()).toBe('2023-03-06T23:59');
  await extend();
  expect((await extend()).body['code']).toBe('nothing_asked');
  await bench.pass('14d');
  expect((await ask()).status).toBe(409);
});
