import { caseHandlers } from '../activities/case';
import { inspectionHandlers } from '../activities/inspection';
import { referralHandlers } from '../activities/referral';
import type { Rank } from '../domain/roles';
import {
  administrator,
  type Bench,
  caseManager,
  DISTRICT,
  employerActor,
  inspector,
  MAHALLA,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../test/support/bench';
import { caseWithPlan, codeOf, rowOf } from '../test/support/cases';
import { closeTasks, openTask } from './kernel/tasks';
import { lockOfficial, moveOfficial, returnOfficial } from './officials';
import { assign } from './assignments';

const ELSEWHERE = '1726262002';
const deputy = 'case_manager-2';
let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, inspectionHandlers]);
  world = await seed(bench);
});
afterEach(() => bench.close());

const written = <T>(id: string, work: Parameters<typeof bench.write<T>>[1]) =>
  bench.write(`official/${id}`, work, administrator);
const moves = (
  id: string,
  area: string,
  { rank = 'officer', to = 'office' }: { rank?: Rank; to?: string } = {},
) =>
  written(id, async (transaction) =>
    moveOfficial(transaction, await lockOfficial(transaction, id), { area, rank, centreId: null, to }),
  );
const returns = (id: string, area: string, rank: Rank = 'officer') =>
  written(id, async (transaction) =>
    returnOfficial(transaction, await lockOfficial(transaction, id), { area, rank, centreId: null }),
  );
const leaves = (id: string) =>
  written(id, (transaction) => assign(transaction, { from: id, to: 'office', leaves: '2023-03-01' }));
const official = (id: string) => bench.db.official.findUniqueOrThrow({ where: { id } });
const wait = (kind: string) => bench.db.task.findFirstOrThrow({ where: { kind, closedAt: null } });
const gaps = async () =>
  (
    await bench.db.task.findMany({ where: { kind: 'office_gap', closedAt: null }, orderBy: { id: 'asc' } })
  ).map(({ subject }) => subject);

test('a case manager moves: the cases stay with the old office, and the mahalla has a gap', async () => {
  const caseId = await caseWithPlan(bench, world.personId);
  const { due } = await wait('first_referral');
  expect(await moves(caseManager.id, ELSEWHERE)).toEqual({ cases: 1, tasks: 1 });
  expect(await official(caseManager.id)).toMatchObject({ area: ELSEWHERE, leftOn: null });
  expect(await rowOf(bench, caseId)).toMatchObject({ managerId: null, area: MAHALLA });
  expect(await wait('first_referral')).toMatchObject({
    role: 'supervisor',
    area: DISTRICT,
    assigneeId: null,
    due,
  });
  expect(await gaps()).toEqual([`office/case_manager/${MAHALLA}`]);
  const event = await bench.db.event.findFirstOrThrow({ where: { type: 'official_moved' } });
  expect(event).toMatchObject({
    subject: `official/${caseManager.id}`,
    actorId: administrator.id,
    params: { fields: 'area', values: { area: { before: MAHALLA, after: ELSEWHERE } } },
  });
  await moves(caseManager.id, MAHALLA);
  expect(await gaps()).toEqual([]);
});

test('a case manager moves, and another takes the cases', async () => {
  await bench.db.official.create({
    data: { id: deputy, name: deputy, role: 'case_manager', area: MAHALLA },
  });
  const caseId = await caseWithPlan(bench, world.personId);
  await moves(caseManager.id, ELSEWHERE, { to: deputy });
  expect(await rowOf(bench, caseId)).toMatchObject({ managerId: deputy });
  expect(await wait('first_referral')).toMatchObject({ role: 'case_manager', assigneeId: deputy });
  expect(await gaps()).toEqual([]);
});

describe('the inspector of a region, and an inspection', () => {
  const inspectors = { role: 'labour_inspector', area: '' };
  beforeEach(async () => {
    await bench.db.official.create({ data: { id: 'above', name: 'above', ...inspectors } });
    await bench.db.official.delete({ where: { id: 'labour_inspector-head' } });
    const referral = await refer(bench, await plannedCase(bench, world.personId), world.reserved);
    const rejected = { decision: 'reject', code: 'other', grounds: 'We are full.' };
    await bench.give(`referral/${referral}`, 'decision', rejected, employerActor(world.employerId));
  });

  test('moves: the next level has the work, until somebody comes again', async () => {
    expect(await wait('resolution')).toMatchObject({ area: '1726' });
    expect(await moves(inspector.id, '1727')).toEqual({ cases: 0, tasks: 1 });
    expect(await wait('resolution')).toMatchObject({ area: '' });
    expect(await gaps()).toEqual(['office/labour_inspector/1726']);
    await moves(inspector.id, '1726');
    expect(await wait('resolution')).toMatchObject({ area: '1726' });
    expect(await gaps()).toEqual([]);
  });

  test('leaves and comes back: the work comes back, too', async () => {
    await leaves(inspector.id);
    expect(await wait('resolution')).toMatchObject({ area: '' });
    await returns(inspector.id, '1726');
    expect(await official(inspector.id)).toMatchObject({ leftOn: null, area: '1726' });
    expect(await wait('resolution')).toMatchObject({ area: '1726' });
    expect(await bench.db.event.count({ where: { type: 'official_returned' } })).toBe(1);
  });

  test('becomes the head: the area has a head now', async () => {
    await bench.db.official.update({ where: { id: 'above' }, data: { rank: 'head' } });
    const { id } = await bench.db.inspection.findFirstOrThrow();
    await bench.write(`inspection/${id}`, async (transaction) => {
      await transaction.tx.inspection.update({ where: { id }, data: { state: 'breached' } });
      await closeTasks(transaction, {}, 'breached');
      await openTask(transaction, { kind: 'measure', area: '1726' });
    });
    expect(await wait('measure')).toMatchObject({ rank: 'head', area: '' });
    const head = 'office/labour_inspector-head/1726';
    expect(await gaps()).toEqual([head]);
    await moves(inspector.id, '1726', { rank: 'head' });
    expect(await official(inspector.id)).toMatchObject({ area: '1726', rank: 'head' });
    expect(await wait('measure')).toMatchObject({ rank: 'head', area: '1726' });
    expect(await gaps()).toEqual([]);
    await moves(inspector.id, '1726');
    expect(await official(inspector.id)).toMatchObject({ rank: 'officer' });
    expect(await wait('measure')).toMatchObject({ rank: 'head', area: '' });
    expect(await gaps()).toEqual([head]);
  });
});

test('refused: the same office, an official who left, one who is here, and a wrong receiver', async () => {
  expect(await codeOf(moves(caseManager.id, MAHALLA))).toBe('same_office');
  expect(await codeOf(moves(caseManager.id, ELSEWHERE, { to: 'nobody' }))).toBe('not_a_case_manager');
  expect(await codeOf(returns(caseManager.id, MAHALLA))).toBe('not_left');
  expect(await codeOf(moves('nobody', MAHALLA))).toBe('not_found');
  await leaves(caseManager.id);
  expect(await codeOf(moves(caseManager.id, ELSEWHERE))).toBe('left_already');
});
