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
  supervisor,
} from '../../test/support/bench';
import { viewOf } from '../../records/kernel/view';
import { possibleWith } from '../../records/reads/actions';

// A referral of 1 March: the employer answers until the end of 6 March.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;
let id: string;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
  id = await refer(bench, caseId, world.vacant);
});
afterEach(() => bench.close());

const accept = { decision: 'accept', startOn: '2023-03-08' };
const reject = { decision: 'reject', code: 'qualification', grounds: 'no certificate' };
const didNotCome = { decision: 'reject', code: 'did_not_come', grounds: 'nobody came' };
const answer = (body: object, by = employerActor(world.employerId)) =>
  bench.give(`referral/${id}`, 'decision', body, by);
const referral = () => bench.db.referral.findUniqueOrThrow({ where: { id } });
const inspections = () => bench.db.inspection.findMany({ orderBy: { id: 'asc' } });
const caseState = async () => (await bench.db.case.findUniqueOrThrow({ where: { id: caseId } })).state;
const told = async (recipient: string) => {
  const notices = await bench.db.notice.findMany({
    where: { recipient, channel: recipient === 'official' ? 'email' : 'sms' },
    orderBy: { createdAt: 'asc' },
  });
  return notices.map(({ type }) => type);
};

test('rejected, then accepted: the inspection ends with that reason, both decisions stay, and the person is hired', async () => {
  await answer(reject);
  await bench.pass('1d');
  expect((await answer(accept)).body).toMatchObject({
    state: 'accepted',
    outcome: null,
    endedAt: null,
    startOn: '2023-03-08',
    allowedActions: ['contract', 'start', 'decision'],
    earlierDecisions: [{ decision: reject, at: '2023-03-01T04:00:00.000Z', replacedOn: '2023-03-02' }],
  });
  expect(await inspections()).toMatchObject([
    { state: 'ended', findingOnly: 'decision_replaced', resolution: null, open: false },
  ]);
  expect([await caseState(), await bench.waits('inspection/I-000001')]).toEqual(['referred', []]);
  expect(await bench.waits(`referral/${id}`)).toMatchObject([{ kind: 'contract', due: '2023-03-10T23:59' }]);
  expect(await bench.events(`referral/${id}`)).toEqual(
    expect.arrayContaining(['referral_rejected', 'decision_replaced', 'referral_accepted']),
  );
  expect([await told('person'), await told('employer')]).toMatchObject([
    expect.arrayContaining(['accepted']),
    expect.arrayContaining(['inspection_opened', 'inspection_of_replaced']),
  ]);
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-08' } } });
  await bench.give(`referral/${id}`, 'contract', { contract: 'M-1' }, employerActor(world.employerId));
  expect([(await referral()).state, await caseState()]).toEqual(['hired', 'employed']);
});

test('accepted, then rejected: an inspection opens as for every rejection, and the person is told', async () => {
  await answer(accept);
  expect((await answer(reject)).body).toMatchObject({ state: 'rejected', startOn: null });
  expect(await inspections()).toMatchObject([{ ground: 'rejection', facts: { code: 'qualification' } }]);
  expect([await caseState(), await bench.waits(`referral/${id}`)]).toEqual(['planning', []]);
  expect(await told('person')).toEqual(expect.arrayContaining(['accepted', 'acceptance_replaced']));
  expect(await told('official')).toContain('decision_replaced_told');
});

test('accepted, rejected and accepted again: each acceptance is told, and all decisions stay in order', async () => {
  for (const body of [accept, reject, accept]) await answer(body);
  expect((await told('person')).filter((type) => type === 'accepted')).toHaveLength(2);
  expect((await referral()).earlierDecisions).toMatchObject([{ decision: accept }, { decision: reject }]);
});

test('another code replaces a rejection: the inspection is about the new one', async () => {
  await answer(reject);
  await answer({ ...reject, code: 'no_longer_vacant', grounds: 'the job is taken' });
  expect(await inspections()).toMatchObject([
    { state: 'ended', findingOnly: 'decision_replaced' },
    { state: 'examining', facts: { code: 'no_longer_vacant' } },
  ]);
});

describe('a claim about the person', () => {
  test('is replaced while the person is not heard: nobody is asked any more', async () => {
    await answer(didNotCome);
    expect((await answer(accept)).body).toMatchObject({ state: 'accepted' });
    expect(await bench.waits(`referral/${id}`)).toMatchObject([{ kind: 'contract' }]);
    expect((await inspections()).length).toBe(0);
  });

  test('is replaced after the person contradicted it, too; the words stay with the claim', async () => {
    await answer(didNotCome);
    const heard = { confirmed: false, words: 'I was there at nine' };
    await bench.give(`referral/${id}`, 'hearing', heard, caseManager);
    const shown = (await answer(accept)).body;
    expect(shown).toMatchObject({ state: 'accepted', earlierDecisions: [{ decision: didNotCome }] });
    expect(JSON.stringify(shown)).not.toContain('I was there at nine');
    expect((await referral()).hearing).toBeNull();
    expect((await referral()).earlierDecisions).toMatchObject([{ decision: didNotCome, hearing: heard }]);
  });

  test('replaces an acceptance: the person is heard first', async () => {
    await answer(accept);
    expect((await answer(didNotCome)).body).toMatchObject({ state: 'hearing' });
    expect(await bench.waits(`referral/${id}`)).toMatchObject([{ kind: 'hearing', role: 'case_manager' }]);
    expect((await inspections()).length).toBe(0);
  });

  test('that the person confirmed is no longer replaced: the referral ended by the person’s own words', async () => {
    await answer(didNotCome);
    await bench.give(`referral/${id}`, 'hearing', { confirmed: true, words: 'yes' }, caseManager);
    expect(await answer(accept)).toMatchObject({ status: 409, body: { state: 'person_declined' } });
  });
});

describe('on paper', () => {
  const paper = (body: object, on: string) =>
    answer({ ...body, received: { manner: 'paper', on } }, caseManager);

  test('a replacement counts from the day of its receipt, also when it is entered after the 5 days', async () => {
    await answer(reject);
    await bench.pass('8d');
    expect((await paper(accept, '2023-03-06')).body).toMatchObject({ state: 'accepted' });
    expect(await inspections()).toMatchObject([{ state: 'ended' }]);
  });

  test('an answer received before the one on record does not replace it', async () => {
    await bench.pass('2d');
    await answer(reject);
    expect(await paper(accept, '2023-03-02')).toMatchObject({
      status: 409,
      body: { code: 'already_decided', detail: expect.stringContaining('after this one') },
    });
  });
});

test('the case was closed meanwhile: the referral ends as withdrawn', async () => {
  await answer(reject);
  await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
  expect((await answer(accept)).body).toMatchObject({ state: 'withdrawn' });
  expect((await inspections())[0]).toMatchObject({ state: 'ended' });
});

describe('it is refused, and nothing changes', () => {
  const possible = async () => {
    const employer = employerActor(world.employerId);
    const rows = await possibleWith(viewOf(bench.records, employer, await bench.clock.now()), 'referral', [
      id,
    ]);
    return rows.get(id)?.allowedActions;
  };

  async function refused(body: object) {
    const before = [await referral(), await inspections()];
    const { status, body: said } = await answer(body);
    expect([await referral(), await inspections()]).toEqual(before);
    return { status, code: said['code'], detail: said['detail'] };
  }

  test('after the 5 days; the refusal says what is still possible', async () => {
    await answer(reject);
    expect(await possible()).toEqual(['decision']);
    await bench.pass('6d');
    expect(await possible()).toEqual([]);
    expect(await refused(accept)).toMatchObject({
      status: 409,
      code: 'already_decided',
      detail: expect.stringContaining('tell the inspector'),
    });
  });

  test('after the time from a delivery by hand, also when the time before it was extended and ran longer', async () => {
    bench.undelivered.add(world.employerId);
    id = await refer(bench, caseId, world.reserved);
    const request = { days: 5, reason: 'the director is away' };
    await bench.give(`referral/${id}`, 'extensionRequest', request, employerActor(world.employerId));
    await bench.give(`referral/${id}`, 'extension', { days: 5 }, supervisor);
    await bench.pass('2d');
    const byHand = { manner: 'phone', on: '2023-03-02', to: 'the director' };
    await bench.give(`referral/${id}`, 'delivery', byHand, caseManager);
    await answer(reject);
    expect(await possible()).toEqual(['decision']);
    await bench.pass('5d');
    expect(await possible()).toEqual([]);
    expect(await refused(accept)).toMatchObject({ status: 409, code: 'already_decided' });
  });

  test('once the contract is told', async () => {
    await answer(accept);
    await bench.give(`referral/${id}`, 'contract', { contract: 'M-1' }, employerActor(world.employerId));
    expect((await refused(reject)).status).toBe(409);
  });

  test('once the inspector has begun, or has resolved the inspection', async () => {
    await answer(reject);
    await bench.give('inspection/I-000001', 'extension', { days: 2, reason: 'a visit' }, inspector);
    expect(await refused(accept)).toMatchObject({ status: 409, code: 'examined' });
    expect(await possible()).not.toContain('decision');
    const justified = { resolution: 'justified', grounds: 'true' };
    await bench.give('inspection/I-000001', 'resolution', justified, inspector);
    expect(await refused(accept)).toMatchObject({ status: 409, code: 'resolved' });
  });

  test.each([
    ['an acceptance by another acceptance', accept, { ...accept, startOn: '2023-03-20' }, 'start day'],
    ['a rejection by the same', reject, reject, 'the same'],
  ])('%s', async (_, first, second, way) => {
    await answer(first);
    expect(await refused(second)).toMatchObject({
      code: 'already_decided',
      detail: expect.stringContaining(way),
    });
  });
});
