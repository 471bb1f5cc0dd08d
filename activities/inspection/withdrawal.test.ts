import {
  type Bench,
  caseManager,
  chiefInspector,
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
import { approvalHandlers } from '../money/approval';

// An inspection of 1 March, due on 24 March.
const I = 'inspection/I-000001';
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;

beforeEach(async () => {
  bench = await startBench([...pathwayHandlers, approvalHandlers]);
  world = await seed(bench);
  const caseId = await plannedCase(bench, world.personId);
  const id = await refer(bench, caseId, world.reserved);
  const reject = { decision: 'reject', code: 'other', grounds: 'no' };
  await bench.give(`referral/${id}`, 'decision', reject, employerActor(world.employerId));
});
afterEach(() => bench.close());

const justified = { resolution: 'justified', grounds: 'the workshop has closed' };
const settled = { resolution: 'settled', startOn: '2023-03-10' };
const directed = { resolution: 'directed', number: 'D-1', grounds: 'a reserved job' };
const row = () => bench.db.inspection.findFirstOrThrow();
const resolve = (body: object) => bench.give(I, 'resolution', body, inspector);
const propose = (by = chiefInspector) =>
  bench.give(I, 'resolutionWithdrawal', { reason: 'entered for another employer' }, by);
const decide = (approve: boolean, by = inspector) =>
  bench.give('approval/AP-000001', 'decision', { approve, words: 'so it is' }, by);
const told = async (type: string) => {
  const notices = await bench.db.notice.findMany({ where: { type }, orderBy: { key: 'asc' } });
  return [...new Set(notices.map(({ recipient }) => recipient))].toSorted();
};

test.each([
  ['justified', justified] as const,
  ['settled', settled] as const,
  ['directed', directed] as const,
])(
  '%s: two officials withdraw it, it is examined again in the remaining time, and all are told',
  async (resolution, body) => {
    await bench.pass('7d');
    await resolve(body);
    await bench.pass('2d');
    expect((await propose()).body).toMatchObject({
      kind: 'resolution_withdrawal',
      state: 'deciding',
      about: I,
      body: { resolution: { resolution } },
      waitingFor: { role: 'labour_inspector' },
    });
    expect((await row()).state).toBe(resolution);
    expect((await decide(true)).body).toMatchObject({ state: 'approved' });
    expect(await row()).toMatchObject({
      state: 'examining',
      open: true,
      resolution: null,
      resolvedAt: null,
      startOn: null,
      endedAt: null,
      earlierResolutions: [{ resolution: { resolution }, withdrawnOn: '2023-03-10' }],
    });
    // Resolved on 8 March with 11 working days left; 21 March is a day off.
    expect(await bench.waits(I)).toEqual([
      { kind: 'resolution', role: 'labour_inspector', rank: null, due: '2023-03-28T23:59' },
    ]);
    expect([await told('resolution_withdrawn'), await told('person_resolution_withdrawn')]).toEqual([
      ['employer', 'official'],
      ['person'],
    ]);
    expect(await bench.events(I)).toEqual(
      expect.arrayContaining(['resolution_withdrawal_proposed', 'resolution_withdrawn']),
    );
  },
);

test('the next resolution is told like the first, and a settlement after it leads to the hire', async () => {
  await resolve(directed);
  await propose();
  await decide(true);
  await resolve({ ...directed, number: 'D-2' });
  const directives = await bench.db.notice.findMany({ where: { type: 'directive', channel: 'sms' } });
  expect(directives.map(({ params }) => (params as { number: string }).number).toSorted()).toEqual([
    'D-1',
    'D-2',
  ]);
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-06' } } });
  await bench.pass('20d');
  expect((await row()).state).toBe('complied');
});

test('an earlier extension counts: a second extension is refused', async () => {
  await bench.give(I, 'extension', { days: 5, reason: 'a witness is ill' }, inspector);
  await resolve(justified);
  await propose();
  await decide(true);
  const again = await bench.give(I, 'extension', { days: 5, reason: 'again' }, inspector);
  expect(again.body['code']).toBe('extended_before');
  expect(await bench.waits(I)).toMatchObject([{ due: '2023-03-31T23:59' }]);
});

test('an overdue inspection returns to the chief inspector', async () => {
  await bench.pass('40d');
  await bench.give(I, 'resolution', justified, chiefInspector);
  await propose();
  await decide(true);
  expect(await bench.waits(I)).toMatchObject([{ rank: 'head', due: '2023-04-07T23:59' }]);
});

describe('it is refused, and the resolution stands', () => {
  const stands = async () => expect((await row()).resolution).not.toBeNull();

  test('by anybody except the chief inspector, and by one person alone', async () => {
    await resolve(justified);
    expect((await propose(inspector)).status).toBe(403);
    expect((await propose(caseManager)).status).toBe(403);
    await propose();
    expect(await decide(true, chiefInspector)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    await stands();
  });

  test('where the other inspector rejects it', async () => {
    await resolve(justified);
    await propose();
    expect((await decide(false)).body).toMatchObject({ state: 'rejected' });
    await stands();
    expect(await bench.waits(I)).toEqual([]);
  });

  test('after 3 working days; the refusal says what is still possible', async () => {
    await resolve(justified);
    await bench.pass('6d');
    expect(await propose()).toMatchObject({
      status: 409,
      body: { code: 'too_late', detail: expect.stringContaining('new referral'), allowedActions: [] },
    });
    await stands();
  });

  test('once a contract is registered, also between proposal and decision', async () => {
    await resolve(settled);
    await propose();
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-03-01' } } });
    await bench.give(I, 'contract', { contract: 'M-1' }, employerActor(world.employerId));
    expect(await decide(true)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
    await stands();
  });

  test('if no inspector entered the resolution', async () => {
    const resolvedAt = await bench.clock.now();
    await bench.db.inspection.updateMany({
      data: { state: 'justified', open: false, resolvedAt, resolution: { by: 'hearing' } },
    });
    expect((await propose()).body['code']).toBe('not_entered');
  });
});

describe('a proposal ends with what it was about', () => {
  const overtaken = async () => {
    expect(await bench.db.approval.findFirst()).toMatchObject({
      state: 'rejected',
      open: false,
      decision: { overtaken: true },
    });
    expect(await bench.waits('approval/AP-000001')).toEqual([]);
    expect(await bench.events('approval/AP-000001')).toContain('proposal_overtaken');
    expect(await decide(true)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
  };
  beforeEach(async () => {
    await resolve(directed);
    await propose();
  });

  test('the person declines', async () => {
    await bench.give(I, 'personDeclines', {}, caseManager);
    expect((await row()).state).toBe('ended');
    await overtaken();
  });

  test('the directive is broken', async () => {
    await bench.pass('17d');
    expect((await row()).state).toBe('breached');
    await overtaken();
  });
});
