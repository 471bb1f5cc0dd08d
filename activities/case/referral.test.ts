import { type Bench, caseManager, PINFL, seed, startBench, supervisor } from '../../test/support/bench';
import {
  begunByHand,
  caseWithPlan,
  findings,
  openedCase,
  rowOf,
  vacancy,
  waitsOf,
} from '../../test/support/cases';
import { caseHandlers } from '../case';
import { referralHandlers } from '../referral';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers]);
  world = await seed(bench);
  caseId = await caseWithPlan(bench, world.personId);
});
afterEach(() => bench.close());

const refer = (body: object, by = caseManager) => bench.give(`case/${caseId}`, 'referral', body, by);
const codeOf = async (body: object, by = caseManager) => {
  const { status, body: answer } = await refer(body, by);
  return [status, answer['code']];
};
const told = async (type: string) =>
  (await bench.db.notice.findMany({ where: { type } })).map((notice) => [notice.recipientId, notice.channel]);
const job = (more: object = {}) => vacancy(bench, world.employerId, more);

test('issued: the row, the employer’s five days, delivery by the next working day, the message, all at once', async () => {
  bench.undelivered.add(world.employerId);
  const { status, body } = await refer({ vacancy: world.reserved });
  expect([status, body['id'], body['state']]).toEqual([201, 'R-000001', 'issued']);
  expect(await bench.db.referral.findUniqueOrThrow({ where: { id: 'R-000001' } })).toMatchObject({
    kind: 'reserved',
    measure: 1,
    employerId: world.employerId,
    open: true,
  });
  expect(await bench.waits('referral/R-000001')).toEqual([
    { kind: 'delivery', role: 'register', rank: null, due: '2023-03-02T23:59' },
    { kind: 'decision', role: 'employer', rank: null, due: '2023-03-06T23:59' },
  ]);
  const notices = await bench.db.notice.findMany({
    where: { type: 'referral_issued' },
    orderBy: { key: 'asc' },
  });
  expect(notices.map(({ channel, subject }) => [channel, subject])).toEqual([
    ['email', 'referral/R-000001'],
    ['sms', 'referral/R-000001'],
  ]);
  expect(await rowOf(bench, caseId)).toMatchObject({ state: 'referred' });
  expect(await waitsOf(bench, caseId)).toEqual(['recommendation_watch']);
});

test('three referrals at once, to different jobs; the fourth is refused', async () => {
  const [third, fourth] = [await job(), await job()];
  expect((await refer({ vacancy: world.vacant })).status).toBe(201);
  expect(await codeOf({ vacancy: world.vacant })).toEqual([409, 'already_referred']);
  expect((await refer({ vacancy: world.reserved })).status).toBe(201);
  expect((await refer({ vacancy: third })).status).toBe(201);
  expect(await codeOf({ vacancy: fourth })).toEqual([409, 'too_many_open']);
});

test('without a job in the plan a referral is refused', async () => {
  const plan = { measures: [{ kind: 'training' }], services: [] };
  await bench.give(`case/${caseId}`, 'plan', plan, caseManager);
  expect(await codeOf({ vacancy: world.vacant })).toEqual([409, 'no_plan']);
});

test('before the assessment a referral is refused', async () => {
  await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'not now' }, caseManager);
  const id = await openedCase(bench, world.personId);
  const { body } = await bench.give(`case/${id}`, 'referral', { vacancy: world.vacant }, caseManager);
  expect(body['code']).toBe('not_in_this_state');
});

test('during a training for the job: the progress of the training stays due', async () => {
  const plan = { measures: [{ kind: 'training' }, { kind: 'job' }], services: [] };
  await bench.give(`case/${caseId}`, 'plan', plan, caseManager);
  await begunByHand(bench, caseId, '2023-03-01');
  const { body } = await refer({ vacancy: world.vacant });
  expect(body['measure']).toBe(2);
  expect(await waitsOf(bench, caseId)).toEqual(['measure_progress', 'recommendation_watch']);
});

describe('back in training after a referral without a hire', () => {
  const training = { kind: 'training', dueOn: '2023-05-31' };
  const plan = (...measures: object[]) =>
    bench.give(`case/${caseId}`, 'plan', { measures, services: [] }, caseManager);
  const inTraining = async () => {
    await plan(training, { kind: 'job' });
    await begunByHand(bench, caseId, '2023-03-01');
  };
  const progress = async () =>
    (await bench.db.task.findMany({ where: { caseId, kind: 'measure_progress', closedAt: null } })).map(
      ({ ref, due }) => [ref, due],
    );
  const withdrawn = { reason: 'other', words: 'the training comes first' };

  test('one wait for its progress is open, until the day on which the measure is due', async () => {
    await inTraining();
    const before = await progress();
    expect(before).toEqual([['1', new Date('2023-05-31T18:59:59Z')]]);
    const { body } = await refer({ vacancy: world.vacant });
    await bench.pass('1d');
    await bench.give(`referral/${String(body['id'])}`, 'withdrawal', withdrawn, caseManager);
    expect(await rowOf(bench, caseId)).toMatchObject({ state: 'in_measure' });
    expect(await progress()).toEqual(before);
  });

  test('the wait is for a training begun meanwhile, with its number and day', async () => {
    const { body } = await refer({ vacancy: world.vacant });
    expect(await progress()).toEqual([]);
    await inTraining();
    await bench.give(`referral/${String(body['id'])}`, 'withdrawal', withdrawn, caseManager);
    expect(await progress()).toEqual([['1', new Date('2023-05-31T18:59:59Z')]]);
  });

  test('no wait is open if the measure ended meanwhile', async () => {
    await inTraining();
    const { body } = await refer({ vacancy: world.vacant });
    await bench.pass('2d');
    await plan({ ...training, endedOn: '2023-03-02', outcome: 'completed' }, { kind: 'job' });
    await bench.give(`referral/${String(body['id'])}`, 'withdrawal', withdrawn, caseManager);
    expect(await waitsOf(bench, caseId)).toEqual(['next_step', 'recommendation_watch']);
  });
});

test.each(['asking', 'no', 'unknown'])('eligibility %s: not yet', async (eligibility) => {
  await bench.db.case.update({ where: { id: caseId }, data: { eligibility } });
  expect(await codeOf({ vacancy: world.vacant })).toEqual([409, 'not_eligible_yet']);
});

describe('with a certificate as evidence', () => {
  const paper = { number: 'MSEK-12', validUntil: '2023-03-10', group: 2 };
  const certified = (said: object) =>
    bench.db.case.update({
      where: { id: caseId },
      data: { eligibility: 'evidence', evidence: { ...paper, ...said } },
    });
  const exception = { wish: 'I know this work', adaptation: 'a trolley for the loads' };

  test('to work that the certificate allows, while the certificate is valid', async () => {
    await certified({ suitableKinds: ['sewing'] });
    expect((await refer({ vacancy: world.vacant })).status).toBe(201);
    bench.clock.pass('10d');
    expect(await codeOf({ vacancy: world.reserved })).toEqual([409, 'recommendation_over']);
  });

  test('work that the certificate rules out needs the supervisor’s yes, whatever TIEK said before', async () => {
    await certified({ unsuitableKinds: ['sewing'] });
    expect(await codeOf({ vacancy: world.vacant })).toEqual([422, 'not_suitable']);
    expect((await refer({ vacancy: world.vacant, exception })).status).toBe(200);
    expect((await refer({ vacancy: world.vacant, exception }, supervisor)).status).toBe(201);
  });

  test('a certificate that says nothing about work makes no job suitable: the supervisor’s yes is needed', async () => {
    await certified({ words: 'light work' });
    const { status, body } = await refer({ vacancy: world.vacant });
    expect([status, body['code'], body['detail']]).toEqual([
      422,
      'not_suitable',
      expect.stringContaining('No work recommendation says which work is suitable'),
    ]);
    expect((await refer({ vacancy: world.vacant, exception })).status).toBe(200);
    expect((await refer({ vacancy: world.vacant, exception }, supervisor)).status).toBe(201);
  });
});

test('after the recommendation’s last day a new referral is refused; open referrals go on', async () => {
  await bench.sandbox.script({ tiek: { knows: { pinfl: PINFL, group: 2, validUntil: '2023-03-03' } } });
  await bench.give(`case/${caseId}`, 'eligibility', { step: 'ask_again' }, caseManager);
  await refer({ vacancy: world.vacant });
  await bench.pass('2d');
  expect((await refer({ vacancy: world.reserved })).status).toBe(201);
  await bench.pass('1d');
  expect(await codeOf({ vacancy: await job() })).toEqual([409, 'recommendation_over']);
  expect(await bench.db.referral.count({ where: { open: true } })).toBe(2);
});

test('refused: a job that is unknown, withdrawn, full, or of an employer that is gone', async () => {
  expect(await codeOf({ vacancy: 'V-999999' })).toEqual([422, 'unknown_vacancy']);
  expect(await codeOf({ vacancy: await job({ state: 'withdrawn' }) })).toEqual([409, 'no_place']);
  expect(await codeOf({ vacancy: await job({ places: 2, taken: 2 }) })).toEqual([409, 'no_place']);
  await bench.db.employer.update({ where: { id: world.employerId }, data: { state: 'liquidated' } });
  expect(await codeOf({ vacancy: world.vacant })).toEqual([409, 'employer_gone']);
});

test('nobody is referred after death', async () => {
  await bench.db.person.update({ where: { id: world.personId }, data: { diedOn: '2023-03-01' } });
  expect(await codeOf({ vacancy: world.vacant })).toEqual([409, 'person_died']);
});

describe('a job that the recommendation calls not suitable', () => {
  const exception = { wish: 'I know this work', adaptation: 'a trolley for the loads' };
  let heavy: string;

  beforeEach(async () => {
    heavy = await job({ work: 'loading' });
  });

  test('needs the person’s wish and the planned adaptation', async () => {
    expect(await codeOf({ vacancy: heavy })).toEqual([422, 'not_suitable']);
  });

  test('needs the supervisor’s yes: the case manager asks, and the supervisor issues the referral', async () => {
    const { status, body } = await refer({ vacancy: heavy, exception });
    expect([status, body['id'], body['state']]).toEqual([200, caseId, 'planning']);
    expect(await bench.waits(`case/${caseId}`)).toContainEqual(
      expect.objectContaining({ kind: 'referral_consent', role: 'supervisor', due: '2023-03-09T23:59' }),
    );
    expect(await told('asked')).toEqual([[supervisor.id, 'email']]);
    const issued = await refer({ vacancy: heavy, exception }, supervisor);
    expect(issued.status).toBe(201);
    expect(await bench.db.referral.findFirstOrThrow()).toMatchObject({ exception });
    expect(await waitsOf(bench, caseId)).toEqual(['recommendation_watch']);
    expect(await bench.events(`case/${caseId}`)).toEqual(
      expect.arrayContaining(['supervisors_yes_asked', 'supervisors_yes', 'referral_issued']),
    );
  });

  test('the supervisor’s yes needs no words again', async () => {
    expect(await codeOf({ vacancy: heavy }, supervisor)).toEqual([422, 'not_suitable']);
    await refer({ vacancy: heavy, exception });
    expect((await refer({ vacancy: heavy }, supervisor)).status).toBe(201);
    expect(await bench.db.referral.findFirstOrThrow()).toMatchObject({ exception });
  });

  test('is refused by the supervisor’s no, with the reason', async () => {
    await refer({ vacancy: heavy, exception });
    const no = { vacancy: heavy, declined: 'too heavy even so' };
    expect(await codeOf(no)).toEqual([403, 'not_yours']);
    expect((await refer(no, supervisor)).status).toBe(200);
    expect(await waitsOf(bench, caseId)).not.toContain('referral_consent');
    expect(await told('supervisors_no')).toEqual([[caseManager.id, 'email']]);
    expect(await codeOf(no, supervisor)).toEqual([409, 'nothing_asked']);
  });

  test('an exception for a job that is suitable is not needed and not kept', async () => {
    expect((await refer({ vacancy: world.vacant, exception })).status).toBe(201);
    expect(await bench.db.referral.findFirstOrThrow()).toMatchObject({ exception: null });
  });
});

test('assessment, plan and referral on the first day: the case shows that it waits for the employer', async () => {
  await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  await refer({ vacancy: world.vacant });
  const again = await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  expect(again.body['waitingFor']).toMatchObject({ what: 'decision', role: 'employer' });
});

test('YAMMT is asked again about present work with a referral, once its answer is older than 30 days', async () => {
  const asked = async () =>
    (await bench.events(`case/${caseId}`)).filter((type) => type === 'present_work').length;
  await bench.pass('30d');
  await refer({ vacancy: world.vacant });
  expect(await asked()).toBe(1);
  await bench.pass('1d');
  await refer({ vacancy: world.reserved });
  expect(await asked()).toBe(2);
});
