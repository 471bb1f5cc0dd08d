import {
  type Bench,
  chiefInspector,
  employerActor,
  inspector,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../../test/support/bench';
import { caseHandlers } from '../case';
import { inspectionHandlers } from '../inspection';
import { referralHandlers } from '../referral';

// An inspection of 1 March, due on 24 March; 8 March is a day off.
const I = 'inspection/I-000001';
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, inspectionHandlers]);
  world = await seed(bench);
  const id = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
  await bench.give(
    `referral/${id}`,
    'decision',
    { decision: 'reject', code: 'other', grounds: 'no' },
    employerActor(world.employerId),
  );
});
afterEach(() => bench.close());

const employer = () => employerActor(world.employerId);
const step = (body: object, by = inspector) => bench.give(I, 'step', body, by);
const explain = (words: string) => bench.give(I, 'explanation', { words }, employer());
const ask = () => step({ kind: 'explanation', question: 'Who decided?' });
const steps = async () => (await bench.db.inspection.findFirstOrThrow()).steps;
const clock = { kind: 'resolution', role: 'labour_inspector', rank: null, due: '2023-03-24T23:59' };

test('a question to explain: 5 working days, a reminder 1 day before; the file keeps the answer, and the clock goes on', async () => {
  await ask();
  expect(await bench.waits(I)).toEqual([
    clock,
    { kind: 'explanation', role: 'employer', rank: null, due: '2023-03-09T23:59' },
  ]);
  await bench.pass('8d');
  const reminders = await bench.db.notice.findMany({
    where: { type: 'reminder', subject: I, channel: 'sms' },
  });
  expect(reminders.map(({ createdAt }) => createdAt.toISOString())).toEqual(['2023-03-08T04:00:00.000Z']);
  expect((await explain('The director did.')).body).toMatchObject({
    steps: [{ question: 'Who decided?', answer: { words: 'The director did.' } }],
  });
  expect(await bench.waits(I)).toEqual([clock]);
});

test('the file keeps the silence; a late answer is added while the inspection is examined', async () => {
  await ask();
  await bench.pass('10d');
  expect([await steps(), await bench.events(I)]).toMatchObject([
    [{ kind: 'explanation', due: '2023-03-09', silent: true }],
    expect.arrayContaining(['explanation_asked', 'explanation_missing']),
  ]);
  expect(await bench.waits(I)).toEqual([clock]);
  await explain('The director was ill.');
  expect(await steps()).toMatchObject([{ silent: true, answer: { words: 'The director was ill.' } }]);
});

test('visit, call and document are in the file for the office; the employer sees its own explanation', async () => {
  await step({ kind: 'visit', on: '2023-03-01', words: 'The workshop is full.' });
  await step({ kind: 'call', on: '2023-03-01', words: 'The person was never asked in.' });
  const document = { number: '7', date: '2023-02-27', issuer: 'Nur Tikuv' };
  expect((await step({ kind: 'document', document }, chiefInspector)).status).toBe(200);
  await ask();
  expect(await steps()).toMatchObject([
    { kind: 'visit', by: 'labour_inspector-1' },
    { kind: 'call' },
    { kind: 'document', document },
    { kind: 'explanation' },
  ]);
  const seen = await explain('So it is.');
  expect(JSON.stringify(seen.body)).not.toMatch('never asked in');
  expect(seen.body).toMatchObject({ steps: [{ kind: 'explanation' }] });
});

test('an open question ends when the inspection is resolved', async () => {
  await ask();
  await bench.give(I, 'resolution', { resolution: 'settled', startOn: '2023-03-10' }, inspector);
  expect(await bench.waits(I)).toMatchObject([{ kind: 'compliance' }]);
});

test('refused: a second question meanwhile, a future day, an answer without a question, and an entry by others', async () => {
  expect((await explain('why')).body).toMatchObject({ code: 'nothing_asked', allowedActions: [] });
  expect((await step({ kind: 'visit', on: '2023-03-02', words: 'w' })).body['code']).toBe('impossible_day');
  expect((await step({ kind: 'call', on: '2023-03-01', words: 'w' }, employer())).status).toBe(403);
  await ask();
  expect((await ask()).body['code']).toBe('asked_already');
  await explain('so');
  expect((await explain('so again')).body).toMatchObject({
    code: 'nothing_asked',
    detail: expect.stringContaining('You have answered'),
  });
  expect((await ask()).status).toBe(200);
});
