import type { Actor } from '../domain/roles';
import {
  type Bench,
  caseManager,
  employmentHead as head,
  employmentOfficer,
  knowOfficials,
  pathwayHandlers,
  seed,
  startBench,
  supervisor,
} from '../test/support/bench';
import { begunByHand, openedCase, findings, rowOf, waitsOf } from '../test/support/cases';
import { setTimeout as pause } from 'node:timers/promises';
import { wake } from '../records/kernel/wake';
import { publicWorksHandlers } from './public-works';
import { diedInMeasures } from './steps/measures-in-life';
import { hire } from './steps/hire';
import { correctHire } from './steps/hire-date';
import { readJob } from './steps/job';

// 1 March 2023 is a Wednesday. 8 and 21 March are holidays.
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench([...pathwayHandlers, publicWorksHandlers]);
  world = await seed(bench);
  await knowOfficials(bench.db, [head]);
  caseId = await openedCase(bench, world.personId);
  await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
  await plan({ kind: 'public_works' }, { kind: 'job' });
});
afterEach(() => bench.close());

const plan = (...measures: object[]) =>
  bench.give(`case/${caseId}`, 'plan', { measures, services: [] }, caseManager);
const propose = (body: object = {}, by = caseManager) =>
  bench.give(`case/${caseId}`, 'publicWorks', body, by);
const act = (name: string, body: object, by: Actor = employmentOfficer, id = 'W-000001') =>
  bench.give(`public-works/${id}`, name, body, by);
const works = (id = 'W-000001') => bench.db.publicWorks.findUniqueOrThrow({ where: { id } });
const waits = (id = 'W-000001') => bench.waits(`public-works/${id}`);
const caseState = async () => (await rowOf(bench, caseId)).state;
const measure = () => bench.db.measure.findFirstOrThrow({ where: { caseId, kind: 'public_works' } });
const told = async () =>
  (await bench.db.notice.findMany({ orderBy: { createdAt: 'asc' } })).map(({ type }) => type);
const place = (more: object = {}) => ({
  organiser: world.employerId,
  work: '753',
  title: 'Sewing flags',
  hoursPerWeek: 30,
  firstOn: '2023-03-06',
  lastOn: '2023-05-31',
  pay: 1_200_000,
  ...more,
});
/** Proposed, agreed and begun on 6 March. */
const working = async (more: object = {}) => {
  await propose();
  await act('agreement', place(more));
  await bench.pass('5d');
  await act('begin', { on: '2023-03-06' });
};

test('a proposal: the officer looks for a place, then the head; after that nobody waits for it', async () => {
  expect(await propose({ wish: 'outdoors' })).toMatchObject({
    status: 201,
    body: { id: 'W-000001', state: 'proposed', wish: 'outdoors' },
  });
  expect([await caseState(), await waitsOf(bench, caseId)]).toEqual(['in_measure', ['recommendation_watch']]);
  expect(await waits()).toEqual([
    { kind: 'works_place', role: 'employment_officer', rank: null, due: '2023-03-09T23:59' },
  ]);
  await bench.pass('9d');
  expect(await waits()).toEqual([
    { kind: 'works_place', role: 'employment_officer', rank: 'head', due: '2023-03-17T23:59' },
  ]);
  await bench.pass('8d');
  expect(await works()).toMatchObject({ state: 'none_found', open: false, ending: { by: 'silence' } });
  expect(await caseState()).toBe('planning');
  expect(await waitsOf(bench, caseId)).toContain('next_step');
  expect(await told()).toEqual(
    expect.arrayContaining(['person_works_proposed', 'person_no_works', 'no_works']),
  );
});

test.each([
  ['noneFound', { grounds: 'no organiser this spring' }, 'none_found', employmentOfficer],
  ['decline', { words: 'I want a job' }, 'declined', caseManager],
])('%s: the case plans anew, and may refer the person again', async (name, body, state, by) => {
  await propose();
  expect((await act(name, body, by)).body).toMatchObject({ state });
  expect([await caseState(), (await measure()).startedOn]).toEqual(['planning', null]);
  expect((await propose()).body).toMatchObject({ id: 'W-000002', state: 'proposed' });
});

test('agreed, begun, its months entered, completed by itself', async () => {
  await propose();
  expect((await act('agreement', place())).body).toMatchObject({
    state: 'agreed',
    pay: 1_200_000,
    employer: { id: world.employerId },
  });
  expect(await waits()).toEqual([
    { kind: 'works_begin', role: 'employment_officer', rank: null, due: '2023-03-10T23:59' },
    { kind: 'works_end', role: 'clock', rank: null, due: '2023-06-01T00:00' },
  ]);
  // Ten working days before 31 May.
  const [step] = await bench.db.task.findMany({ where: { kind: 'next_step', closedAt: null } });
  expect(step?.due?.toISOString().slice(0, 10)).toBe('2023-05-17');
  expect((await act('begin', { on: '2023-03-06' })).body['code']).toBe('begins_later');
  await bench.pass('6d');
  await act('begin', { on: '2023-03-07' });
  expect([await caseState(), await measure()]).toMatchObject([
    'in_measure',
    { startedOn: '2023-03-07', endedOn: null, region: '1726' },
  ]);
  expect((await waits()).filter(({ kind }) => kind === 'works_month').map(({ due }) => due)).toEqual([
    '2023-04-05T23:59',
    '2023-05-05T23:59',
    '2023-06-05T23:59',
  ]);
  expect((await act('month', { month: '2023-03', days: 18, pay: 900_000 })).body['code']).toBe(
    'no_month_over',
  );
  await bench.pass('26d');
  const entered = await act('month', { month: '2023-03', days: 18, pay: 900_000 });
  expect(entered.body['months']).toEqual([
    { month: '2023-03', days: 18, pay: 900_000, enteredOn: '2023-04-02' },
  ]);
  expect((await act('month', { month: '2023-04', days: 18, pay: 900_000 })).body['code']).toBe(
    'month_not_over',
  );
  await bench.pass('61d');
  expect(await works()).toMatchObject({ state: 'completed', open: true, endedOn: '2023-05-31' });
  expect([await caseState(), await measure()]).toMatchObject([
    'planning',
    { endedOn: '2023-05-31', outcome: 'completed' },
  ]);
  // The next step was due before the last day, and is overdue.
  expect(await bench.db.task.findFirst({ where: { kind: 'next_step', closedAt: null } })).toMatchObject({
    due: step?.due,
  });
  expect((await waits()).map(({ kind, rank }) => [kind, rank])).toEqual([
    ['works_month', 'head'],
    ['works_month', null],
  ]);
  await bench.pass('7d');
  expect((await waits()).map(({ rank }) => rank)).toEqual(['head', 'head']);
  await act('month', { month: '2023-04', days: 18, pay: 900_000 }, head);
  expect((await works()).open).toBe(true);
  await act('month', { month: '2023-05', days: 20, pay: 1_200_000 }, head);
  expect([await works(), await waits()]).toMatchObject([{ state: 'completed', open: false }, []]);
});

describe('an agreement is refused', () => {
  beforeEach(async () => void (await propose()));

  test.each<[string, object, object?]>([
    ['start_out_of_range', { firstOn: '2023-04-01', lastOn: '2023-04-30' }],
    ['start_out_of_range', { firstOn: '2023-02-28' }],
    ['impossible_day', { lastOn: '2023-03-05' }],
    ['works_too_long', { lastOn: '2023-06-06' }],
    ['unknown_word', { work: 'dancing with bears' }],
    ['not_suitable', { work: '933' }],
    ['not_suitable', { work: '753', hoursPerWeek: 60 }, { maxHoursPerWeek: 40 }],
    ['unknown_employer', { organiser: 'E-000099' }],
  ])('%s: %j', async (code, more, recommendation = {}) => {
    await bench.db.$executeRaw`
      UPDATE people SET recommendation = recommendation || ${JSON.stringify(recommendation)}::jsonb`;
    expect(await act('agreement', place(more))).toMatchObject({ status: 422, body: { code } });
    expect((await works()).state).toBe('proposed');
  });

  test('while another measure is under way', async () => {
    await bench.db.measure.create({
      data: { caseId, n: 3, kind: 'training', startedOn: '2023-02-01' },
    });
    expect((await act('agreement', place())).body['code']).toBe('another_measure');
  });
});

test('work that is not suitable needs the supervisor’s yes at the proposal', async () => {
  const exception = { wish: 'near home', adaptation: 'a trolley' };
  expect((await propose({ exception })).body['code']).toBe('not_yours');
  await propose({ exception }, supervisor);
  expect((await act('agreement', place({ work: '933' }))).body).toMatchObject({ state: 'agreed' });
});

test('the bound: after six months of public works the day is named on which they are possible again', async () => {
  const before = { caseId, kind: 'public_works' };
  // 184 days by hand, before there were rows.
  await bench.db.measure.createMany({
    data: [
      { ...before, n: 8, startedOn: '2022-07-01', endedOn: '2022-09-30' },
      { ...before, n: 9, startedOn: '2022-10-01', endedOn: '2022-12-31' },
    ],
  });
  await propose();
  const refused = await act('agreement', place({ firstOn: '2023-03-06', lastOn: '2023-03-15' }));
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'public_works_bound',
      detail: expect.stringContaining('30 June 2024'),
      errors: [{ field: 'firstOn', detail: expect.stringContaining('2024-06-30') }],
    },
  });
});

test('the organiser’s word about the person is a claim: the person is heard, and the head decides', async () => {
  await working();
  const left = { by: 'organiser', code: 'left', on: '2023-03-06', words: 'She did not come back' };
  expect((await act('ending', left)).body).toMatchObject({ state: 'working', claim: { stage: 'hearing' } });
  expect((await act('ending', left)).body['code']).toBe('word_waits');
  expect((await waits()).filter(({ kind }) => kind === 'works_hearing')).toMatchObject([
    { role: 'case_manager', due: '2023-03-10T23:59' },
  ]);
  await act('hearing', { confirmed: false, words: 'I was there' }, caseManager);
  expect((await act('claimDecision', { stands: true, grounds: 'x' })).status).toBe(403);
  await act('claimDecision', { stands: false, grounds: 'The timesheet shows her' }, head);
  expect(await works()).toMatchObject({ state: 'working', claim: { stage: 'dismissed' } });

  await act('ending', left);
  await act('hearing', { confirmed: true, words: 'I left' }, caseManager);
  expect([await works(), await caseState(), await measure()]).toMatchObject([
    { state: 'ended_early', endedOn: '2023-03-06', ending: { by: 'organiser', code: 'left' } },
    'planning',
    { endedOn: '2023-03-06', outcome: 'ended_early' },
  ]);
});

test.each(['did_not_come', 'left', 'other'])(
  '%s is the organiser’s word: the person is heard first',
  async (code) => {
    await working();
    const { body } = await act('ending', { by: 'organiser', code, words: 'She quarrels' });
    expect(body).toMatchObject({ state: 'working', claim: { code, stage: 'hearing' } });
  },
);

test('the person’s own words are entered by the case manager or the supervisor, not by the office', async () => {
  await propose();
  expect((await act('decline', { words: 'no' })).body['code']).toBe('not_yours');
  await act('agreement', place());
  const own = { by: 'person', code: 'own_wish', words: 'too far' };
  for (const by of [employmentOfficer, head])
    expect(await act('ending', own, by)).toMatchObject({ status: 403, body: { code: 'not_yours' } });
  expect((await works()).state).toBe('agreed');
  expect((await act('ending', own, supervisor)).body).toMatchObject({ state: 'ended_early' });
});

test('nobody hears the person: the head decides, and the last day ends the works all the same', async () => {
  await working({ lastOn: '2023-03-20' });
  await act('ending', { by: 'organiser', code: 'left', words: 'She left' });
  await bench.pass('5d');
  expect((await waits()).filter(({ kind }) => kind === 'works_claim')).toMatchObject([
    { rank: 'head', due: '2023-03-17T23:59' },
  ]);
  await bench.pass('10d');
  expect([await works(), await caseState()]).toMatchObject([
    { state: 'completed', endedOn: '2023-03-20', claim: { code: 'left', stage: 'lapsed' } },
    'planning',
  ]);
});

test('the person ends them at any time; an organiser without work does, too', async () => {
  await propose();
  await act('agreement', place());
  await act('ending', { by: 'person', code: 'own_wish', words: 'too far' }, caseManager);
  expect([await works(), await measure()]).toMatchObject([
    { state: 'ended_early', startedOn: null, endedOn: null, open: false },
    { startedOn: null },
  ]);
  await propose();
  await act('agreement', place(), employmentOfficer, 'W-000002');
  await act(
    'ending',
    { by: 'organiser', code: 'no_more_work', words: 'no money' },
    employmentOfficer,
    'W-000002',
  );
  expect((await works('W-000002')).state).toBe('ended_early');
});

test('nobody enters the first day: on the last day the case plans anew, and the entry is still owed', async () => {
  await propose();
  await act('agreement', place({ lastOn: '2023-03-17' }));
  await bench.pass('20d');
  expect([await works(), await caseState(), await waits()]).toMatchObject([
    { state: 'agreed' },
    'planning',
    [{ kind: 'works_begin', rank: 'head' }],
  ]);
  expect((await plan({ kind: 'public_works' }, { kind: 'job' }, { kind: 'public_works' })).status).toBe(200);
  await act('begin', { on: '2023-03-06' }, head);
  expect([await works(), await measure()]).toMatchObject([
    { state: 'completed', startedOn: '2023-03-06', endedOn: '2023-03-17', open: true },
    { startedOn: '2023-03-06', endedOn: '2023-03-17' },
  ]);
});

test('a late first day is entered while a measure that began after the works is under way', async () => {
  await propose();
  await act('agreement', place({ lastOn: '2023-03-17' }));
  await bench.pass('33d');
  const begin = () => act('begin', { on: '2023-03-06' }, head);
  await plan({ kind: 'public_works' }, { kind: 'job' }, { kind: 'training' });
  await begunByHand(bench, caseId, '2023-03-17', 3);
  expect((await begin()).body['code']).toBe('another_measure');
  await bench.db.measure.updateMany({ where: { kind: 'training' }, data: { startedOn: '2023-04-03' } });
  expect((await begin()).body).toMatchObject({ state: 'completed', endedOn: '2023-03-17' });
});

test('each measure is fulfilled by one referral, also while a first day is not entered', async () => {
  await propose();
  await act('agreement', place({ lastOn: '2023-03-17' }));
  await bench.pass('20d');
  expect((await propose()).body['code']).toBe('no_works_planned');
  expect((await plan({ kind: 'job' })).body['code']).toBe('measure_is_referred');
  await plan({ kind: 'public_works' }, { kind: 'job' }, { kind: 'public_works' });
  expect((await propose()).body).toMatchObject({ id: 'W-000002', measure: 3 });
  const later = place({ firstOn: '2023-03-21', lastOn: '2023-03-31' });
  await act('agreement', later, employmentOfficer, 'W-000002');
  await act('begin', { on: '2023-03-21' }, employmentOfficer, 'W-000002');
  await bench.pass('11d');
  await act('begin', { on: '2023-03-06' }, head);
  const measures = await bench.db.measure.findMany({
    where: { kind: 'public_works' },
    orderBy: { n: 'asc' },
  });
  expect(measures).toMatchObject([
    { n: 1, startedOn: '2023-03-06', endedOn: '2023-03-17' },
    { n: 3, startedOn: '2023-03-21', endedOn: '2023-03-31' },
  ]);
});

test('the plan: public works begin by a referral, and stay where they are', async () => {
  const byHand = { kind: 'public_works', startedOn: '2023-03-01' };
  expect((await plan(byHand)).body['code']).toBe('public_works_begin_by_referral');
  await propose();
  expect((await plan({ kind: 'job' })).body['code']).toBe('measure_is_referred');
  expect((await propose()).body['code']).toBe('in_public_works');
  await act('agreement', place());
  await bench.pass('5d');
  await act('begin', { on: '2023-03-06' });
  const ended = { kind: 'public_works', endedOn: '2023-03-06' };
  expect((await plan(ended, { kind: 'job' })).body['code']).toBe('public_works_end_by_command');
  expect((await plan({ kind: 'public_works' }, { kind: 'training' })).body).toMatchObject({
    state: 'in_measure',
    plan: { measures: [{ publicWorks: { id: 'W-000001', state: 'working', lastOn: '2023-05-31' } }, {}] },
  });
});

test('without public works in the plan there is no referral to them', async () => {
  await plan({ kind: 'job' });
  expect((await propose()).body['code']).toBe('no_works_planned');
});

describe('what happens to the person', () => {
  const isHired = async (on: string) => {
    await bench.sandbox.script({ yammt: { hires: { pinfl: '31210632040244', stir: '301234567', on } } });
    const { status } = await bench.give(
      `case/${caseId}`,
      'foundAlone',
      { stir: '301234567', since: on, checks: true },
      caseManager,
    );
    expect(status).toBe(200);
    await bench.pass('1d');
    expect(await caseState()).toBe('employed');
  };

  test('hired in the middle: they ended on the day before', async () => {
    await working();
    await bench.pass('20d');
    await isHired('2023-03-25');
    expect([await works(), await measure()]).toMatchObject([
      { state: 'ended_early', endedOn: '2023-03-24', ending: { by: 'hire', code: 'hired' }, open: true },
      { endedOn: '2023-03-24', outcome: 'ended_early' },
    ]);
    expect((await waits()).map(({ kind }) => kind)).toEqual(['works_month']);
  });

  test('the hire lies ahead: they are cut short, and have their days again when it comes later', async () => {
    await working();
    const last = async () => {
      await bench.settle();
      const { state, lastOn, ending } = await works();
      const due = (await waits()).find(({ kind }) => kind === 'works_end')?.due;
      return [state, lastOn, due, ending && (ending as { agreedLastOn: string }).agreedLastOn];
    };
    const contract = 'M-1';
    const { employerId } = world;
    const { district } = await bench.db.employer.findUniqueOrThrow({ where: { id: employerId } });
    await bench.db.employer.create({
      data: { id: 'E-000099', stir: '309876543', name: 'Yangi Bino', district },
    });
    const hiredOn = (since: string, by: string) =>
      bench.write(`case/${caseId}`, (here) =>
        hire(here, {
          caseId,
          personId: world.personId,
          employerId: by,
          contract,
          since,
          how: 'alone',
          proof: 'yammt',
          monitored: true,
        }),
      );
    const corrected = async (id: string, since: string) => {
      await bench.write(`retention/${id}`, async (here) =>
        correctHire(here, await readJob(here, id), { contract, since }),
      );
      return last();
    };
    const job = await hiredOn('2023-03-20', employerId);
    expect(await last()).toEqual(['working', '2023-03-19', '2023-03-20T00:00', '2023-05-31']);
    expect(await corrected(job, '2023-04-03')).toEqual([
      'working',
      '2023-04-02',
      '2023-04-03T00:00',
      '2023-05-31',
    ]);
    const other = await hiredOn('2023-05-02', 'E-000099');
    expect((await last())[1]).toBe('2023-04-02');
    expect((await corrected(job, '2023-08-01'))[1]).toBe('2023-05-01');
    expect(await corrected(other, '2023-08-01')).toEqual(['working', '2023-05-31', '2023-06-01T00:00', null]);
    await bench.pass('90d');
    expect(await works()).toMatchObject({ state: 'completed', endedOn: '2023-05-31' });
  });

  test('hired while a place is looked for: nobody looks any more', async () => {
    await propose();
    await isHired('2023-03-01');
    expect([await works(), await waits()]).toMatchObject([{ state: 'ended_early', open: false }, []]);
  });

  test('hired, and the first day was never entered: the entry is owed, and then counts', async () => {
    await propose();
    await act('agreement', place());
    await bench.pass('20d');
    await isHired('2023-03-21');
    expect([await works(), await waits()]).toMatchObject([
      { state: 'agreed', lastOn: '2023-03-20' },
      [{ kind: 'works_begin' }],
    ]);
    await act('begin', { on: '2023-03-06' });
    expect(await works()).toMatchObject({ state: 'ended_early', endedOn: '2023-03-20' });
    expect(await caseState()).toBe('employed');
  });

  test('the case closes before the first day: they end; in public works: they go on', async () => {
    await propose();
    await act('agreement', place());
    const closure = { outcome: 'other', summary: 's', personAgrees: true };
    await bench.give(`case/${caseId}`, 'closure', closure, caseManager);
    expect(await works()).toMatchObject({ state: 'ended_early', ending: { by: 'case' } });
    await bench.give(`case/${caseId}`, 'reopening', { reason: 'again' }, caseManager);
    await propose();
    await bench.give(`case/${caseId}`, 'closure', { ...closure, outcome: 'in_public_works' }, caseManager);
    expect(await works('W-000002')).toMatchObject({ state: 'proposed', open: true });
    await act('agreement', place(), employmentOfficer, 'W-000002');
    await bench.pass('5d');
    await act('begin', { on: '2023-03-06' }, employmentOfficer, 'W-000002');
    await bench.pass('90d');
    expect([await works('W-000002'), await caseState(), await measure()]).toMatchObject([
      { state: 'completed' },
      'closed',
      { endedOn: '2023-05-31', outcome: 'completed' },
    ]);
  });

  describe('they outlive their case', () => {
    beforeEach(async () => {
      await working();
      const closure = { outcome: 'in_public_works', summary: 's', personAgrees: true };
      await bench.give(`case/${caseId}`, 'closure', closure, caseManager);
      caseId = await openedCase(bench, world.personId);
      await bench.give(`case/${caseId}`, 'assessment', findings, caseManager);
      await plan({ kind: 'public_works' }, { kind: 'job' });
    });

    test('the next case refers to no others, and their days are not given twice', async () => {
      expect((await propose()).body).toMatchObject({ code: 'in_public_works' });
      await bench.db.publicWorks.updateMany({ data: { state: 'completed', endedOn: '2023-03-31' } });
      await propose();
      const days = { firstOn: '2023-03-30', lastOn: '2023-04-30' };
      expect(await act('agreement', place(days), employmentOfficer, 'W-000002')).toMatchObject({
        status: 422,
        body: { code: 'in_public_works', detail: expect.stringContaining('31 March') },
      });
    });

    test('a hire from the next case ends them', async () => {
      await bench.pass('20d');
      await isHired('2023-03-25');
      expect(await works()).toMatchObject({
        state: 'ended_early',
        endedOn: '2023-03-24',
        ending: { by: 'hire' },
      });
    });
  });

  test('withdraws: what waits ends, and what is under way goes on until the person ends it', async () => {
    await working();
    await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'enough' }, caseManager);
    expect([await works(), await caseState()]).toMatchObject([{ state: 'working', open: true }, 'closed']);
    expect(await measure()).toMatchObject({ endedOn: null });
    await act('ending', { by: 'person', code: 'own_wish', on: '2023-03-06', words: 'enough' }, supervisor);
    expect(await measure()).toMatchObject({ endedOn: '2023-03-06' });
  });

  test('dies: all of it ends on that day', async () => {
    await working();
    const died = { outcome: 'died', summary: 's', personAgrees: true, on: '2023-03-06' };
    await bench.give(`case/${caseId}`, 'closure', died, caseManager);
    expect([await works(), await measure()]).toMatchObject([
      { state: 'ended_early', endedOn: '2023-03-06', ending: { by: 'death' }, open: true },
      { endedOn: '2023-03-06' },
    ]);
  });

  test('dies while another step ends them: that end stays', async () => {
    await working();
    let death: Promise<void> = Promise.resolve();
    await bench.db.$transaction(async (tx) => {
      await tx.$executeRaw`
        UPDATE public_works SET state = 'ended_early', ended_on = '2023-03-06', ending = '{"by": "person"}'`;
      death = bench.write('employer/E-000001', (here) => diedInMeasures(here, world.personId));
      await Promise.race([death, pause(150)]);
    });
    await death;
    expect(await works()).toMatchObject({ ending: { by: 'person' } });
  });

  test('the organiser is liquidated', async () => {
    await working();
    await bench.db.employer.updateMany({ data: { state: 'liquidated', endedOn: '2023-03-06' } });
    await bench.write('employer/E-000001', (transaction) =>
      Promise.resolve(wake(transaction, 'public-works/W-000001')),
    );
    await bench.settle();
    expect(await works()).toMatchObject({ state: 'ended_early', ending: { code: 'organiser_gone' } });
  });

  describe('they end before anybody entered the first day: the entry is owed, and then counts', () => {
    beforeEach(async () => {
      await propose();
      await act('agreement', place());
      await bench.pass('15d');
    });
    const enteredLater = async () => {
      const cut = await works();
      await bench.pass('1d');
      const owed = (await waits()).map(({ kind }) => kind);
      await act('begin', { on: '2023-03-06' });
      return [cut, owed, await works(), await measure()];
    };
    const days = { startedOn: '2023-03-06', endedOn: '2023-03-15' };
    const counted = [
      { state: 'agreed', lastOn: '2023-03-15' },
      ['works_begin'],
      { ...days, state: 'ended_early', open: true },
      { ...days, outcome: 'ended_early' },
    ];

    test('the person dies', async () => {
      const died = { outcome: 'died', summary: 's', personAgrees: true, on: '2023-03-15' };
      await bench.give(`case/${caseId}`, 'closure', died, caseManager);
      expect(await enteredLater()).toMatchObject(counted);
    });

    test('the person ends them, and may be referred again', async () => {
      const own = { by: 'person', code: 'own_wish', words: 'enough', on: '2023-03-15' };
      await act('ending', own, caseManager);
      await bench.pass('1d');
      expect(await caseState()).toBe('planning');
      expect(await enteredLater()).toMatchObject(counted);
      expect(await caseState()).toBe('planning');
    });

    test('the organiser’s word that the person left stands', async () => {
      await act('ending', { by: 'organiser', code: 'left', words: 'She left', on: '2023-03-15' });
      await act('hearing', { confirmed: true, words: 'I did' }, caseManager);
      expect((await works()).claim).toMatchObject({ stage: 'stands' });
      expect(await enteredLater()).toMatchObject(counted);
    });

    test('the organiser’s word that the person did not come stands: no day is owed', async () => {
      await act('ending', { by: 'organiser', code: 'did_not_come', words: 'She was not there' });
      await act('hearing', { confirmed: true, words: 'I was ill' }, caseManager);
      expect([await works(), await caseState()]).toMatchObject([
        { state: 'ended_early', startedOn: null, endedOn: null, open: false },
        'planning',
      ]);
    });

    test('the organiser is liquidated', async () => {
      await bench.db.employer.updateMany({ data: { state: 'liquidated', endedOn: '2023-03-15' } });
      for (let told = 0; told < 2; told++) {
        await bench.write('employer/E-000001', (transaction) =>
          Promise.resolve(wake(transaction, 'public-works/W-000001')),
        );
        await bench.settle();
      }
      expect(await enteredLater()).toMatchObject(counted);
    });

    test('their days pass, and the person says that they never began', async () => {
      await bench.pass('80d');
      await act('ending', { by: 'person', code: 'own_wish', words: 'I was never there' }, caseManager);
      expect(await works()).toMatchObject({ state: 'ended_early', startedOn: null, open: false });
    });
  });

  test('moves: the works move with the case, to the office of the new district', async () => {
    const there = '1727220001';
    await bench.db.territory.createMany({
      data: ['1727220', there].map((code) => ({
        code,
        kind: code === there ? 'mahalla' : 'district',
        nameLatn: code,
      })),
    });
    const manager: Actor = { ...caseManager, id: 'case_manager-there', area: there };
    const officer: Actor = { ...employmentOfficer, id: 'employment_officer-there', area: '1727220' };
    await knowOfficials(bench.db, [manager, officer]);
    await propose();
    await bench.give(`case/${caseId}`, 'transfer', { to: there, reason: 'married there' }, caseManager);
    await bench.give(`case/${caseId}`, 'transfer', { takeOver: true }, manager);
    expect((await works()).area).toBe(there);
    expect(await bench.db.task.findFirst({ where: { kind: 'works_place' } })).toMatchObject({
      area: '1727220',
      due: expect.anything(),
    });
  });

  test('a referral to a job goes on beside them, and its end leads back to them', async () => {
    await working();
    const { body } = await bench.give(`case/${caseId}`, 'referral', { vacancy: world.vacant }, caseManager);
    expect([body['id'], await caseState(), await waitsOf(bench, caseId)]).toEqual([
      'R-000001',
      'referred',
      ['recommendation_watch'],
    ]);
    await bench.give('referral/R-000001', 'withdrawal', { reason: 'other', words: 'w' }, caseManager);
    expect([await caseState(), await waitsOf(bench, caseId)]).toEqual([
      'in_measure',
      ['next_step', 'recommendation_watch'],
    ]);
  });
});
