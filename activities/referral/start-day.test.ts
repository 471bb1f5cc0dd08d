import {
  type Bench,
  caseManager,
  employerActor,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../../test/support/bench';
import { caseHandlers } from '../case';
import { inspectionHandlers } from '../inspection';
import { referralHandlers } from '../referral';

// Accepted on 1 March for 10 March; 8 March is a day off.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let id: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, inspectionHandlers]);
  world = await seed(bench);
  id = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
  await bench.give(`referral/${id}`, 'decision', { decision: 'accept', startOn: '2023-03-10' }, employer());
});
afterEach(() => bench.close());

const employer = () => employerActor(world.employerId);
const propose = (startOn = '2023-04-03', by = employer()) =>
  bench.give(`referral/${id}`, 'start', { startOn, reason: 'the workshop is being moved' }, by);
const answer = (agrees: boolean, by = caseManager) =>
  bench.give(`referral/${id}`, 'startAnswer', { agrees, words: 'my own words' }, by);
const row = () => bench.db.referral.findUniqueOrThrow({ where: { id } });
const contract = (due: string) => ({ kind: 'contract', role: 'employer', rank: null, due });
const told = async (type: string) => {
  const notices = await bench.db.notice.findMany({ where: { type, channel: 'sms' } });
  return notices.map(({ recipient, params }) => [recipient, (params as { startOn: string }).startOn]);
};

test('the person agrees: the day and the contract’s deadline move, and person and employer are told', async () => {
  await propose();
  expect(await bench.waits(`referral/${id}`)).toEqual([
    contract('2023-03-10T23:59'),
    { kind: 'start_answer', role: 'case_manager', rank: null, due: '2023-03-06T23:59' },
  ]);
  expect((await row()).startOn).toBe('2023-03-10');
  expect((await answer(true)).body).toMatchObject({
    state: 'accepted',
    startOn: '2023-04-03',
    startChange: { from: '2023-03-10', startOn: '2023-04-03', answer: { agrees: true } },
  });
  expect(await bench.waits(`referral/${id}`)).toEqual([contract('2023-04-03T23:59')]);
  expect([await told('person_start_moved'), await told('start_agreed')]).toEqual([
    [['person', '2023-04-03']],
    [['employer', '2023-04-03']],
  ]);
  expect(await bench.events(`referral/${id}`)).toEqual(
    expect.arrayContaining(['start_proposed', 'start_moved']),
  );
});

test.each([
  ['does not agree', () => answer(false)] as const,
  ['is not heard in 3 working days', () => bench.pass('6d')] as const,
])('the person %s: the day stays, the employer is told, and may propose another', async (_, happens) => {
  await propose();
  await happens();
  expect(await bench.waits(`referral/${id}`)).toEqual([contract('2023-03-10T23:59')]);
  expect([(await row()).startOn, await told('start_stays')]).toEqual([
    '2023-03-10',
    [['employer', '2023-03-10']],
  ]);
  expect((await propose('2023-03-13')).status).toBe(200);
});

test('an earlier day moves the contract’s deadline, but not before 5 working days after the acceptance', async () => {
  await propose('2023-03-03');
  await answer(true);
  expect(await bench.waits(`referral/${id}`)).toEqual([contract('2023-03-09T23:59')]);
});

test('the employer tells of the contract while the person is asked: the question ends', async () => {
  await propose();
  await bench.give(`referral/${id}`, 'contract', { contract: 'M-1' }, employer());
  expect((await bench.waits(`referral/${id}`)).map(({ kind }) => kind)).not.toContain('start_answer');
  expect((await row()).startOn).toBe('2023-03-10');
});

test('the employer does not read the person’s words', async () => {
  await propose();
  await answer(false);
  expect(JSON.stringify((await propose('2023-03-13')).body)).not.toContain('my own words');
});

test('refused: out of range, twice, without a proposal, by others', async () => {
  for (const day of ['2023-02-28', '2023-04-10', '2023-03-10'])
    expect(await propose(day)).toMatchObject({ status: 422, body: { code: 'start_out_of_range' } });
  expect((await answer(true)).body['code']).toBe('nothing_asked');
  expect((await propose('2023-03-13', caseManager)).status).toBe(403);
  await propose('2023-04-09');
  expect((await propose('2023-04-01')).body['code']).toBe('start_moved');
  expect((await answer(true, employer())).status).toBe(403);
  await answer(true);
  expect(await propose('2023-04-20')).toMatchObject({ status: 409, body: { code: 'start_moved' } });
  expect((await row()).startOn).toBe('2023-04-09');
});
