import { type Bench, caseManager, refer, seed, startBench } from '../../test/support/bench';
import {
  begunByHand,
  caseWithPlan,
  findings,
  jobPlan,
  openedCase,
  rowOf,
  waitsOf,
} from '../../test/support/cases';
import { caseHandlers } from '../case';
import { referralHandlers } from '../referral';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers]);
  world = await seed(bench);
});
afterEach(() => bench.close());

const give = (id: string, name: string, body: object) => bench.give(`case/${id}`, name, body, caseManager);
const measures = (id: string) => bench.db.measure.findMany({ where: { caseId: id }, orderBy: { n: 'asc' } });
const training = (more: object = {}) => ({ kind: 'training', ...more });
const planOf = (...kinds: object[]) => ({ measures: kinds, services: [] });

test('the assessment leads to planning, and the plan is due in five working days', async () => {
  const id = await openedCase(bench, world.personId);
  expect((await give(id, 'plan', jobPlan)).body['code']).toBe('not_in_this_state');
  const { body } = await give(id, 'assessment', findings);
  expect(body).toMatchObject({ state: 'planning', waitingFor: { what: 'plan', role: 'case_manager' } });
  expect(await bench.waits(`case/${id}`)).toContainEqual(
    expect.objectContaining({ kind: 'plan', due: '2023-03-09T23:59' }),
  );
});

test('an update of the assessment moves no deadline', async () => {
  const id = await caseWithPlan(bench, world.personId);
  const waits = await waitsOf(bench, id);
  await give(id, 'assessment', { ...findings, barriers: 'none any more' });
  expect(await rowOf(bench, id)).toMatchObject({
    state: 'planning',
    assessment: { barriers: 'none any more' },
  });
  expect(await waitsOf(bench, id)).toEqual(waits);
});

test('advisory deadlines of assessment, plan and first referral: the supervisor sees them pass, and nothing follows', async () => {
  const id = await openedCase(bench, world.personId);
  await bench.pass('25d');
  expect(await bench.events(`case/${id}`)).toContain('deadline_passed');
  expect(await bench.waits(`case/${id}`)).toContainEqual(
    expect.objectContaining({ kind: 'assessment', role: 'case_manager' }),
  );
  expect(await rowOf(bench, id)).toMatchObject({ state: 'assessment', open: true });
});

test('a job: the first referral is due within ten working days of the plan', async () => {
  const id = await caseWithPlan(bench, world.personId);
  expect(await rowOf(bench, id)).toMatchObject({
    state: 'planning',
    plannedAt: new Date('2023-03-01T04:00:00Z'),
  });
  expect(await waitsOf(bench, id)).toEqual(['first_referral', 'recommendation_watch']);
  expect(await measures(id)).toMatchObject([{ n: 1, kind: 'job', startedOn: null, region: null }]);
});

test('a new version of the plan: the clock of the first referral goes on', async () => {
  const id = await caseWithPlan(bench, world.personId);
  const before = await bench.waits(`case/${id}`);
  await bench.pass('3d');
  const services = [{ kind: 'escort', provider: 'INSON' }];
  const { body } = await give(id, 'plan', {
    ...planOf({ kind: 'job', provider: 'Nur' }, training()),
    services,
  });
  expect(body['plan']).toMatchObject({
    services,
    measures: [{ kind: 'job', provider: 'Nur' }, { kind: 'training' }],
  });
  const waits = await bench.waits(`case/${id}`);
  expect(waits.filter(({ kind }) => kind !== 'service')).toEqual(before);
});

test('a training waits for the referral to a course: its first day is not typed into the plan', async () => {
  const id = await caseWithPlan(bench, world.personId);
  expect(
    await give(id, 'plan', planOf(training({ startedOn: '2023-03-01' }), { kind: 'job' })),
  ).toMatchObject({
    status: 422,
    body: {
      code: 'training_begin_by_referral',
      errors: [
        { field: 'measures.0.startedOn', detail: expect.stringContaining('POST /cases/{id}/trainings') },
      ],
    },
  });
  expect(await measures(id)).toMatchObject([{ kind: 'job' }]);
  await give(id, 'plan', planOf(training(), { kind: 'job' }));
  expect(await rowOf(bench, id)).toMatchObject({ state: 'planning' });
});

test('a measure that was begun by hand: the case is in the measure until its end, in the region of that day', async () => {
  const id = await caseWithPlan(bench, world.personId);
  const begun = training({ provider: 'Monomarkaz', dueOn: '2023-05-31' });
  await give(id, 'plan', planOf(begun, { kind: 'job' }));
  await begunByHand(bench, id, '2023-03-01');
  await give(id, 'plan', planOf({ ...begun, startedOn: '2023-03-01' }, { kind: 'job' }));
  expect(await rowOf(bench, id)).toMatchObject({ state: 'in_measure' });
  expect(await bench.waits(`case/${id}`)).toContainEqual(
    expect.objectContaining({ kind: 'measure_progress', role: 'case_manager', due: '2023-05-31T23:59' }),
  );
  expect(await measures(id)).toMatchObject([{ startedOn: '2023-03-01', region: '1726' }, { region: null }]);
  await bench.pass('1mo');
  await give(id, 'plan', planOf({ ...begun, endedOn: '2023-03-31', outcome: 'completed' }, { kind: 'job' }));
  expect(await rowOf(bench, id)).toMatchObject({ state: 'planning' });
  expect(await waitsOf(bench, id)).toEqual(['first_referral', 'recommendation_watch']);
  const events = await bench.events(`case/${id}`);
  expect(events.filter((type) => type.startsWith('measure_'))).toEqual([
    'measure_added',
    'measure_started',
    'measure_ended',
  ]);
});

test('a measure that has begun keeps its days when a plan does not repeat them', async () => {
  const id = await caseWithPlan(bench, world.personId);
  await give(id, 'plan', planOf(training(), { kind: 'job' }));
  await begunByHand(bench, id, '2023-03-01');
  await give(id, 'plan', planOf(training({ provider: 'Monomarkaz' }), { kind: 'job' }));
  expect(await measures(id)).toMatchObject([
    { startedOn: '2023-03-01', provider: 'Monomarkaz', region: '1726' },
    {},
  ]);
  const { body } = await give(id, 'plan', planOf({ kind: 'job' }));
  expect(body).toMatchObject({ code: 'measure_began', errors: [{ field: 'measures.0' }] });
});

test('a wrong plan changes nothing, and the refusal names the field', async () => {
  const id = await caseWithPlan(bench, world.personId);
  await give(id, 'plan', planOf(training(), training()));
  await begunByHand(bench, id, '2023-02-01');
  await give(id, 'plan', planOf(training({ endedOn: '2023-02-15' }), training()));
  await begunByHand(bench, id, '2023-02-15', 2);
  const two = planOf(training({ endedOn: '2023-02-20' }), training(), { kind: 'job' });
  expect(await give(id, 'plan', two)).toMatchObject({
    status: 422,
    body: { code: 'two_measures_at_once', errors: [{ field: 'measures.1.startedOn' }] },
  });
  expect(await measures(id)).toMatchObject([{ endedOn: '2023-02-15' }, { endedOn: null }]);
});

test('with a referral open the plan may change, the state stays', async () => {
  const id = await caseWithPlan(bench, world.personId);
  await refer(bench, id, world.vacant);
  await give(id, 'plan', planOf({ kind: 'job' }, training()));
  expect(await rowOf(bench, id)).toMatchObject({ state: 'referred' });
  expect(await waitsOf(bench, id)).toEqual(['recommendation_watch']);
});

test('all measures ended: the next step is due', async () => {
  const id = await caseWithPlan(bench, world.personId);
  await give(id, 'plan', planOf(training()));
  await begunByHand(bench, id, '2023-02-01');
  await give(
    id,
    'plan',
    planOf(training({ startedOn: '2023-02-01', endedOn: '2023-02-20', outcome: 'completed' })),
  );
  expect(await rowOf(bench, id)).toMatchObject({ state: 'planning' });
  expect(await waitsOf(bench, id)).toEqual(['next_step', 'recommendation_watch']);
});

const timeline = async (id: string, ...types: string[]) =>
  (
    await bench.db.event.findMany({
      where: { subject: `case/${id}`, type: { in: types } },
      orderBy: { id: 'asc' },
    })
  ).map(({ type, params, grounds }) => ({
    type,
    ...(params as object),
    ...(grounds !== null && { grounds }),
  }));

test('assessment and plan are kept in versions, and the time line names each change', async () => {
  const id = await caseWithPlan(bench, world.personId);
  await give(id, 'assessment', { ...findings, needs: 'a ramp', barriers: 'none' });
  const works = { kind: 'public_works', provider: 'Mahalla' };
  await give(id, 'plan', planOf(training({ provider: 'Monomarkaz' }), { kind: 'job' }, works));
  await give(id, 'plan', planOf(training({ provider: 'College' }), { kind: 'job' }));
  const versions = (of: string) =>
    bench.db.caseVersion.findMany({ where: { caseId: id, of }, orderBy: { n: 'asc' } });
  expect(await versions('assessment')).toMatchObject([
    { n: 1, body: findings, byId: caseManager.id },
    { n: 2, body: { needs: 'a ramp' } },
  ]);
  expect(await versions('plan')).toMatchObject([
    { n: 1, body: { measures: [{ kind: 'job' }], services: [] } },
    { n: 2, body: { measures: [{ kind: 'training' }, { kind: 'job' }, works] } },
    { n: 3, body: { measures: [{ kind: 'training', provider: 'College' }, { kind: 'job' }] } },
  ]);
  expect(
    await timeline(id, 'assessment_changed', 'measure_added', 'measure_changed', 'measure_dropped'),
  ).toEqual([
    { type: 'assessment_changed', fields: 'needs, barriers' },
    { type: 'measure_added', kind: 'training', provider: 'Monomarkaz' },
    { type: 'measure_added', ...works },
    { type: 'measure_changed', kind: 'training', provider: 'College', fields: 'provider' },
    { type: 'measure_dropped', ...works },
  ]);
});

test('a measure that has begun is dropped only with a reason, and stays in the record as ended', async () => {
  const id = await caseWithPlan(bench, world.personId);
  const dropped = { dropped: 'the course was moved to another town' };
  const refused = async (...kinds: object[]) => {
    const { status, body } = await give(id, 'plan', planOf(...kinds));
    return [status, body['code'], (body['errors'] as { field: string }[])[0]?.field];
  };
  expect(await refused(training(dropped), { kind: 'job' })).toEqual([
    422,
    'not_under_way',
    'measures.0.dropped',
  ]);
  expect(await refused({ kind: 'job', ...dropped })).toEqual([
    422,
    'job_is_not_dropped',
    'measures.0.dropped',
  ]);
  await give(id, 'plan', planOf(training(), { kind: 'job' }));
  await begunByHand(bench, id, '2023-03-01');
  expect(await refused({ kind: 'job' })).toEqual([422, 'measure_began', 'measures.0']);
  const { body } = await give(id, 'plan', planOf(training(dropped), { kind: 'job' }));
  expect(body).toMatchObject({ state: 'planning' });
  expect(await measures(id)).toMatchObject([
    { kind: 'training', startedOn: '2023-03-01', endedOn: '2023-03-01', outcome: dropped.dropped },
    { kind: 'job', endedOn: null },
  ]);
  expect(await timeline(id, 'measure_dropped')).toEqual([
    { type: 'measure_dropped', kind: 'training', provider: null, grounds: dropped.dropped },
  ]);
});
