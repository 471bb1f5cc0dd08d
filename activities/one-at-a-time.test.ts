import { type Bench, caseManager, employmentOfficer, PINFL } from '../test/support/bench';
import { rowOf } from '../test/support/cases';
import { actsOf, trainingBench, trainingOfficer } from '../test/support/training';

// 1 March 2023 is a Wednesday. The course lasts from 3 April to 30 June.
let bench: Bench;
let caseId: string;
let acts: ReturnType<typeof actsOf>;

beforeEach(async () => {
  ({ bench, caseId } = await trainingBench());
  acts = actsOf(bench);
  const measures = ['training', 'self_employment', 'public_works', 'job'].map((kind) => ({ kind }));
  await bench.give(`case/${caseId}`, 'plan', { measures, services: [] }, caseManager);
});
afterEach(() => bench.close());

const farm = (action: object) => bench.sandbox.script({ farm: action });
const business = () => bench.db.business.findUniqueOrThrow({ where: { id: 'B-000001' } });
const act = (name: string, body: object) => bench.give('business/B-000001', name, body, caseManager);
const prepare = () => act('preparation', { form: 'farm', trade: 'Bees', help: [] });
const caseState = async () => (await rowOf(bench, caseId)).state;
const days = async () => {
  const found = await bench.db.measure.findMany({ where: { caseId, startedOn: { not: null } } });
  return Object.fromEntries(
    found.map(({ kind, startedOn, endedOn, outcome }) => [kind, [startedOn, endedOn, outcome]]),
  );
};
const document = { number: '7', date: '2023-03-01', issuer: 'State services' };

async function offered() {
  await acts.refer(caseId);
  await acts.decide({ decision: 'offer' });
}

async function admitted() {
  await offered();
  await acts.answer(true);
}

async function prepared() {
  await bench.give(`case/${caseId}`, 'business', {}, caseManager);
  await prepare();
}

/** Registered on 2 March. */
async function active() {
  await prepared();
  await farm({ registers: { pinfl: PINFL, on: '2023-03-02', number: 'F-17' } });
  await bench.pass('9d');
  expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-03-02' });
}

describe('a course is under way, and the register says yes late', () => {
  beforeEach(async () => {
    await admitted();
    await prepared();
  });

  test('registered during the course: the course ends in the plan, and goes on with all that belongs to it', async () => {
    await bench.pass('35d');
    await farm({ registers: { pinfl: PINFL, on: '2023-04-06', number: 'F-17' } });
    await bench.pass('9d');
    expect([await business(), await acts.row()]).toMatchObject([
      { state: 'active', startedOn: '2023-04-06' },
      { state: 'studying', startedOn: '2023-04-03', endedOn: null, lastOn: '2023-06-30' },
    ]);
    expect(await days()).toEqual({
      training: ['2023-04-03', '2023-04-06', 'next_measure'],
      self_employment: ['2023-04-06', null, null],
    });
    await bench.pass('80d');
    expect(await acts.row()).toMatchObject({ endedOn: '2023-06-30' });
    expect(await caseState()).toBe('in_measure');
    await acts.act('completion', { outcome: 'certificate' }, trainingOfficer);
    expect(await days()).toMatchObject({
      training: ['2023-04-03', '2023-04-06', 'completed'],
      self_employment: ['2023-04-06', null, null],
    });
  });

  test('the register corrects the first day, then to one of years ago: the course is in the plan again', async () => {
    await bench.pass('35d');
    await act('evidence', { registered: true, since: '2023-04-04', document });
    await farm({ registers: { pinfl: PINFL, on: '2023-04-05', number: 'F-17' } });
    await bench.pass('1mo');
    expect(await days()).toEqual({
      training: ['2023-04-03', '2023-04-05', 'next_measure'],
      self_employment: ['2023-04-05', null, null],
    });
    await farm({ corrects: { pinfl: PINFL, since: '2019-05-04' } });
    await bench.pass('1mo');
    expect(await business()).toMatchObject({ state: 'ended', endReason: 'already' });
    expect(await days()).toEqual({ training: ['2023-04-03', null, null] });
    expect(await caseState()).toBe('in_measure');
  });

  test('registered before the course: the business began first, and its checks go on beside the course', async () => {
    await bench.pass('35d');
    await act('evidence', { registered: true, since: '2023-03-20', document });
    expect([await business(), await acts.row()]).toMatchObject([
      { state: 'active', startedOn: '2023-03-20', open: true },
      { state: 'studying', endedOn: null },
    ]);
    expect(await days()).toEqual({
      training: ['2023-04-03', null, null],
      self_employment: ['2023-03-20', '2023-04-03', 'next_measure'],
    });
    const { body } = await bench.give(
      `case/${caseId}`,
      'plan',
      { measures: [{ kind: 'training' }, { kind: 'self_employment' }, { kind: 'job' }], services: [] },
      caseManager,
    );
    expect(body).toMatchObject({ state: 'in_measure' });
  });

  test('heard of after the course: both stay as they were, and the plan can be written', async () => {
    await bench.pass('35d');
    await acts.act('withdrawal', { words: 'too far' }, caseManager);
    await act('evidence', { registered: true, since: '2023-03-20', document });
    expect(await days()).toEqual({
      training: ['2023-04-03', '2023-04-05', 'withdrawn'],
      self_employment: ['2023-03-20', null, null],
    });
    const measures = [{ kind: 'training' }, { kind: 'self_employment' }, { kind: 'job' }];
    expect(await bench.give(`case/${caseId}`, 'plan', { measures, services: [] }, caseManager)).toMatchObject(
      { status: 200 },
    );
  });

  test('while the person studies, no other business is prepared', async () => {
    await bench.pass('35d');
    expect((await prepare()).body).toMatchObject({
      code: 'occupied',
      detail: expect.stringContaining('T-000001'),
    });
  });
});

describe('a business is active', () => {
  test('nobody is admitted to a course, and may decline it', async () => {
    await active();
    await offered();
    expect((await acts.answer(true)).body).toMatchObject({
      code: 'occupied',
      detail: expect.stringContaining('B-000001'),
    });
    expect((await acts.answer(false)).body).toMatchObject({ state: 'withdrawn' });
  });

  test('the first day of a course comes: it is in the plan, until the person is found not to have come', async () => {
    await admitted();
    await active();
    expect(await days()).toEqual({ self_employment: ['2023-03-02', null, null] });
    await bench.pass('26d');
    expect([await business(), await acts.row()]).toMatchObject([{ state: 'active' }, { state: 'studying' }]);
    expect(await days()).toEqual({
      self_employment: ['2023-03-02', '2023-04-03', 'next_measure'],
      training: ['2023-04-03', null, null],
    });
    await acts.act('word', { code: 'did_not_come', words: 'not seen' }, trainingOfficer);
    await acts.act('hearing', { confirmed: true, words: 'yes' }, caseManager);
    expect(await days()).toEqual({ self_employment: ['2023-03-02', null, null] });
    expect(await caseState()).toBe('in_measure');
  });

  test('the register corrects its first day during the course: it stays over in the plan', async () => {
    await admitted();
    await active();
    await bench.pass('26d');
    await farm({ corrects: { pinfl: PINFL, since: '2023-03-06' } });
    await bench.pass('1mo');
    expect(await business()).toMatchObject({ state: 'active', startedOn: '2023-03-06' });
    expect(await days()).toEqual({
      self_employment: ['2023-03-06', '2023-04-03', 'next_measure'],
      training: ['2023-04-03', null, null],
    });
  });

  test('an end is taken back during the course: the course stays the one in the plan', async () => {
    await admitted();
    await active();
    await act('ending', { on: '2023-03-10', words: 'closed' });
    await bench.pass('26d');
    await act('ending', { takenBack: true, words: 'not closed' });
    expect(await business()).toMatchObject({ state: 'active', lastOn: null });
    expect(await days()).toMatchObject({
      self_employment: ['2023-03-02', '2023-04-03', 'next_measure'],
      training: ['2023-04-03', null, null],
    });
  });
});

test('public works are agreed for the days of a course: nobody is admitted to it', async () => {
  await offered();
  await bench.give(`case/${caseId}`, 'publicWorks', {}, caseManager);
  const { id } = await bench.db.employer.findFirstOrThrow();
  const place = { organiser: id, work: '753', title: 'Sewing', hoursPerWeek: 30, pay: 1_000_000 };
  const agreed = { ...place, firstOn: '2023-03-20', lastOn: '2023-04-10' };
  await bench.give('public-works/W-000001', 'agreement', agreed, employmentOfficer);
  expect((await acts.answer(true)).body).toMatchObject({
    code: 'occupied',
    detail: expect.stringContaining('W-000001'),
  });
});
