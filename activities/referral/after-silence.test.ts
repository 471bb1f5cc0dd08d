import { readPathway } from '../../records/reads/reports/pathway';
import {
  type Bench,
  caseManager,
  employerActor,
  inspector,
  pathwayHandlers,
  PINFL,
  plannedCase,
  refer,
  seed,
  startBench,
  STIR,
} from '../../test/support/bench';

// A referral of 1 March, silent since the end of 6 March; today is 7 March.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  id = await refer(bench, caseId, world.vacant);
  await bench.pass('6d');
});
afterEach(() => bench.close());

const received = (on: string) => ({ received: { manner: 'paper', on } });
const accept = (on = '2023-03-03') => ({ decision: 'accept', startOn: '2023-03-08', ...received(on) });
const reject = { decision: 'reject', code: 'qualification', grounds: 'no certificate' };
const declined = { decision: 'reject', code: 'declined', grounds: 'she does not want to' };
const enter = (body: object, by = caseManager) => bench.give(`referral/${id}`, 'decision', body, by);
const referral = () => bench.db.referral.findUniqueOrThrow({ where: { id } });
const inspections = () => bench.db.inspection.findMany({ orderBy: { id: 'asc' } });
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const hires = (on: string) => bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on } } });
const report = async () => {
  const march = { from: '2023-03-01', to: '2023-03-31', now: await bench.clock.now() };
  return (await readPathway(bench.db, march)).get('');
};

test('an acceptance takes the silence back: the inspection ends with that reason, and the contract’s time runs from its day', async () => {
  expect([(await referral()).state, await report()]).toMatchObject([
    'silent',
    { answered_in_time: 0, silent: 1 },
  ]);
  expect((await enter(accept())).body).toMatchObject({ state: 'accepted', outcome: null, endedAt: null });
  expect(await inspections()).toMatchObject([
    { state: 'ended', findingOnly: 'answered_in_time', resolution: null, open: false },
  ]);
  expect(await bench.waits('inspection/I-000001')).toEqual([]);
  expect(await bench.waits(`referral/${id}`)).toMatchObject([
    { kind: 'contract', role: 'employer', due: '2023-03-13T23:59' },
  ]);
  expect([await caseState(), await report()]).toMatchObject([
    'referred',
    { answered_in_time: 1, accepted_in_time: 1, silent: 0 },
  ]);
  const told = await bench.db.notice.findMany({
    where: { type: { in: ['accepted', 'inspection_taken_back'] } },
  });
  expect(new Set(told.map(({ type, recipient }) => `${type} ${recipient}`))).toEqual(
    new Set(['accepted person', 'inspection_taken_back employer']),
  );
  expect(await bench.events(`referral/${id}`)).toEqual(
    expect.arrayContaining(['referral_silent', 'silence_taken_back', 'referral_accepted']),
  );
});

test('an acceptance leads to the hire like every acceptance', async () => {
  await enter(accept());
  await hires('2023-03-08');
  await bench.give(`referral/${id}`, 'contract', { contract: 'M-1' }, employerActor(world.employerId));
  expect([(await referral()).state, await caseState()]).toEqual(['hired', 'employed']);
  expect(await bench.db.employment.findFirstOrThrow()).toMatchObject({ how: 'referral' });
});

test('an acceptance entered after the contract’s time: the register is asked, and without a contract an inspection opens', async () => {
  await bench.pass('20d');
  await enter(accept());
  expect((await referral()).state).toBe('no_contract');
  expect((await inspections()).map(({ ground, state }) => [ground, state])).toEqual([
    ['silence', 'ended'],
    ['no_contract', 'examining'],
  ]);
});

test('a rejection opens a separate inspection with the reasons', async () => {
  expect((await enter({ ...reject, ...received('2023-03-06') })).body).toMatchObject({ state: 'rejected' });
  expect(await inspections()).toMatchObject([
    { ground: 'silence', state: 'ended' },
    { ground: 'rejection', state: 'examining', facts: { code: 'qualification' }, findingOnly: null },
  ]);
  expect(await report()).toMatchObject({ answered_in_time: 1, rejected_in_time: 1, silent: 0 });
  expect(await caseState()).toBe('planning');
});

test.each([
  [true, 'person_declined', []],
  [false, 'rejected', [{ ground: 'rejection', facts: { claim: 'contradicted' } }]],
])(
  'a claim about the person is heard first by the case manager (confirmed: %s)',
  async (confirmed, state, examined) => {
    expect((await enter({ ...declined, ...received('2023-03-05') })).body).toMatchObject({
      state: 'hearing',
    });
    expect(await bench.waits(`referral/${id}`)).toMatchObject([
      { kind: 'hearing', role: 'case_manager', due: '2023-03-13T23:59' },
    ]);
    expect(await caseState()).toBe('referred');
    await bench.give(`referral/${id}`, 'hearing', { confirmed, words: 'my own words' }, caseManager);
    expect((await referral()).state).toBe(state);
    expect((await inspections()).slice(1)).toMatchObject(examined);
  },
);

test('an answer on paper is the earlier answer, even after a late rejection online', async () => {
  await bench.give('inspection/I-000001', 'lateDecision', reject, employerActor(world.employerId));
  expect((await enter(accept())).status).toBe(200);
  expect((await referral()).state).toBe('accepted');
});

describe('it is refused, and nothing changes', () => {
  /** Enters an answer that is refused. @returns the refusal */
  async function refused(body: object, by = caseManager) {
    const before = [await referral(), await inspections(), await bench.waits('inspection/I-000001')];
    const answer = await enter(body, by);
    expect([await referral(), await inspections(), await bench.waits('inspection/I-000001')]).toEqual(before);
    return answer;
  }

  test('when it was received after the time to answer', async () => {
    expect(await refused(accept('2023-03-07'))).toMatchObject({
      status: 409,
      body: { code: 'too_late', state: 'silent' },
    });
  });

  test('when the employer itself answers now, or names a day', async () => {
    const employer = employerActor(world.employerId);
    const now = { decision: 'accept', startOn: '2023-03-08' };
    expect((await refused(now, employer)).body['code']).toBe('too_late');
    expect((await refused(accept(), employer)).body['code']).toBe('officials_only');
  });

  test('when somebody without the right enters it', async () => {
    expect((await refused(accept(), inspector)).status).toBe(403);
  });

  test('when somebody has resolved the inspection: the refusal says what to do', async () => {
    const settled = { resolution: 'settled', startOn: '2023-03-10' };
    await bench.give('inspection/I-000001', 'resolution', settled, inspector);
    expect((await refused(accept())).body).toMatchObject({
      code: 'resolved',
      detail: expect.stringContaining('register the contract'),
    });
  });

  test('when the inspection is about another answer that an earlier version entered', async () => {
    const facts = { code: 'other', grounds: 'no' };
    await bench.db.inspection.updateMany({ data: { ground: 'rejection', facts } });
    expect((await refused(accept())).body['code']).toBe('already_decided');
  });

  test('when the start is out of range of its day', async () => {
    expect((await refused({ ...accept(), startOn: '2023-04-03' })).body['code']).toBe('start_out_of_range');
  });
});

describe('while the person is referred to the same job again', () => {
  let other: string;
  beforeEach(async () => {
    other = await refer(bench, caseId, world.vacant);
  });

  test.each([
    ['an acceptance', accept()],
    ['a claim', { ...declined, ...received('2023-03-05') }],
  ])('%s is refused until that one is withdrawn', async (_, body) => {
    expect((await enter(body)).body).toMatchObject({
      code: 'referred_again',
      detail: expect.stringContaining(other),
    });
    expect((await inspections()).map(({ state }) => state)).toEqual(['examining']);
    const reason = { reason: 'issued_by_mistake', words: 'answered before' };
    await bench.give(`referral/${other}`, 'withdrawal', reason, caseManager);
    expect((await enter(body)).status).toBe(200);
  });

  test('a rejection is possible, because it holds no place', async () => {
    expect((await enter({ ...reject, ...received('2023-03-05') })).body).toMatchObject({ state: 'rejected' });
    expect([
      await caseState(),
      (await bench.db.referral.findUniqueOrThrow({ where: { id: other } })).open,
    ]).toEqual(['referred', true]);
  });
});

test('with three other open referrals the person does not lose the offer', async () => {
  const vacancy = await bench.db.vacancy.findUniqueOrThrow({
    where: { id: world.vacant },
    omit: { titleKey: true },
  });
  for (const n of ['V-7', 'V-8', 'V-9']) {
    await bench.db.vacancy.create({ data: { ...vacancy, id: n } });
    await refer(bench, caseId, n);
  }
  expect((await enter(accept())).body).toMatchObject({ state: 'accepted' });
});

describe('after an event meanwhile the referral ends as an open referral would have ended', () => {
  const closed = async () => {
    const { state, decision, outcome } = await referral();
    return { state, decision, outcome };
  };

  test('the case ended', async () => {
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    await enter(accept());
    expect(await closed()).toMatchObject({ state: 'withdrawn', decision: { decision: 'accept' } });
    expect([await caseState(), (await inspections())[0]?.state]).toEqual(['closed', 'ended']);
  });

  test('the person works elsewhere', async () => {
    const other = await refer(bench, caseId, world.reserved);
    await hires('2023-03-07');
    await bench.give(
      `referral/${other}`,
      'contract',
      { contract: 'M-1', since: '2023-03-07' },
      employerActor(world.employerId),
    );
    await enter({ ...declined, ...received('2023-03-05') });
    expect(await closed()).toMatchObject({ state: 'withdrawn' });
    expect(await caseState()).toBe('employed');
  });

  test('the person no longer wants the job', async () => {
    await bench.give('inspection/I-000001', 'personDeclines', { words: 'no more' }, caseManager);
    await enter(accept());
    expect(await closed()).toMatchObject({ state: 'person_declined' });
  });

  test('the last place is taken: no good news goes out', async () => {
    await bench.db.vacancy.update({
      where: { id: world.vacant },
      data: { state: 'filled', filledHow: 'referral', taken: 1 },
    });
    await enter(accept());
    expect(await closed()).toMatchObject({ state: 'obsolete' });
    expect(await bench.db.notice.count({ where: { type: 'accepted' } })).toBe(0);
    expect(await caseState()).toBe('planning');
  });

  test('a rejection is examined, for the finding only', async () => {
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    await enter({ ...reject, ...received('2023-03-05') });
    expect((await inspections())[1]).toMatchObject({ state: 'examining', findingOnly: 'case_ended' });
  });
});
