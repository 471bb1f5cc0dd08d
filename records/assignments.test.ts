import { caseHandlers } from '../activities/case';
import { referralHandlers } from '../activities/referral';
import { openInspection } from '../activities/steps/inspect';
import {
  type Bench,
  caseManager,
  DISTRICT,
  MAHALLA,
  seed,
  startBench,
  supervisor,
} from '../test/support/bench';
import { caseWithPlan, codeOf, openedCase, person, rowOf } from '../test/support/cases';
import { assign, type Assignment } from './assignments';
import { openTask } from './kernel/tasks';

const deputy = 'case_manager-2';
let bench: Bench;
let first: string;
let second: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers]);
  const { personId } = await seed(bench);
  await bench.db.official.createMany({
    data: [
      { id: deputy, name: deputy, role: 'case_manager', area: '1726262002' },
      { id: 'elsewhere', name: 'elsewhere', role: 'case_manager', area: '1727220001' },
    ],
  });
  first = await caseWithPlan(bench, personId);
  second = await openedCase(bench, await person(bench));
});
afterEach(() => bench.close());

const give = (it: Assignment, by = supervisor) =>
  bench.write('assignments', (transaction) => assign(transaction, it), by);
const owed = (caseId: string) =>
  bench.db.task.findMany({
    where: { caseId, closedAt: null, role: { in: ['case_manager', 'supervisor'] } },
    select: { kind: true, role: true, area: true, assigneeId: true, due: true },
    orderBy: { id: 'asc' },
  });

test('named cases move to another case manager with their waits, and no deadline changes', async () => {
  const [before] = await owed(first);
  expect(await give({ cases: [first], to: deputy })).toEqual({ cases: 1, tasks: 1 });
  expect(await rowOf(bench, first)).toMatchObject({ managerId: deputy, area: MAHALLA });
  expect(await owed(first)).toEqual([{ ...before, assigneeId: deputy }]);
  expect(await rowOf(bench, second)).toMatchObject({ managerId: caseManager.id });
  const event = await bench.db.event.findFirstOrThrow({ where: { type: 'reassigned' } });
  expect(event).toMatchObject({ subject: `case/${first}`, actorId: supervisor.id, params: { to: deputy } });
});

test('the refusal names the case that cannot move', async () => {
  await expect(give({ cases: [first, 'C-999999'], to: deputy })).rejects.toMatchObject({
    status: 404,
    detail: 'Not open, or not in your area: C-999999. Nothing was moved.',
    errors: [{ field: 'cases.1' }],
  });
});

test('to the office: the event holds its code, which every language names', async () => {
  await give({ cases: [first], to: 'office' });
  const event = await bench.db.event.findFirstOrThrow({ where: { type: 'reassigned' } });
  expect(event.params).toMatchObject({ to: 'office' });
});

describe('a wait of the case manager in an inspection', () => {
  let subject: string;
  beforeEach(async () => {
    const { personId } = await rowOf(bench, first);
    const { id: employerId } = await bench.db.employer.findFirstOrThrow();
    const grounds = {
      caseId: first,
      personId,
      employerId,
      ground: 'no_contract',
      jobKind: 'vacant',
    } as const;
    const inspection = await bench.write(`case/${first}`, (transaction) =>
      openInspection(transaction, { ...grounds, facts: {} }),
    );
    subject = `inspection/${inspection}`;
    const asked = { area: MAHALLA, assigneeId: caseManager.id, personId, kind: 'contract_evidence' } as const;
    await bench.db.inspection.update({ where: { id: inspection }, data: { state: 'confirming' } });
    await bench.write(subject, (transaction) => openTask(transaction, asked));
  });
  const asks = () =>
    bench.db.task.findFirstOrThrow({ where: { subject, kind: 'contract_evidence', closedAt: null } });

  test('moves with the case, to the office and on from there', async () => {
    await give({ cases: [first], to: 'office' });
    expect(await asks()).toMatchObject({ role: 'supervisor', area: DISTRICT, assigneeId: null });
    await give({ cases: [first], to: deputy });
    expect(await asks()).toMatchObject({ role: 'case_manager', area: MAHALLA, assigneeId: deputy });
  });

  test('does not hold the case up, and the inspector’s own wait stays', async () => {
    await give({ cases: [first], to: deputy });
    expect((await asks()).caseId).toBeNull();
    const theirs = await bench.db.task.findFirstOrThrow({ where: { subject, kind: 'resolution' } });
    expect(theirs).toMatchObject({ role: 'labour_inspector', area: '1726' });
  });
});

test('all cases of an official move together', async () => {
  expect((await give({ from: caseManager.id, to: deputy })).cases).toBe(2);
  expect(await bench.db.task.count({ where: { closedAt: null, assigneeId: caseManager.id } })).toBe(0);
});

test('an official leaves: the supervisor has the cases and waits in the same step', async () => {
  await give({ from: caseManager.id, to: 'office', leaves: '2023-03-01' });
  expect(await bench.db.official.findUniqueOrThrow({ where: { id: caseManager.id } })).toMatchObject({
    leftOn: '2023-03-01',
  });
  for (const id of [first, second]) {
    expect(await rowOf(bench, id)).toMatchObject({ managerId: null });
    const owners = (await owed(id)).map(({ role, area, assigneeId }) => [role, area, assigneeId]);
    expect(new Set(owners.map(String))).toEqual(new Set([`supervisor,${DISTRICT},`]));
  }
  expect(await bench.db.event.count({ where: { type: 'official_left' } })).toBe(1);
  await give({ cases: [first, second], to: deputy });
  expect(await owed(first)).toMatchObject([{ role: 'case_manager', area: MAHALLA, assigneeId: deputy }]);
});

test('the last official of an office leaves: the next level has its waits, and the administrator sees the gap', async () => {
  await give({ from: caseManager.id, to: 'office' });
  const head = { ...supervisor, id: 'supervisor-region', area: '1726' };
  await bench.db.official.create({
    data: { id: head.id, name: head.id, role: 'supervisor', area: head.area },
  });
  await give({ from: supervisor.id, to: 'office', leaves: '2023-03-01' }, head);
  expect(await owed(first)).toMatchObject([{ role: 'supervisor', area: '1726' }]);
  const gap = await bench.db.task.findFirstOrThrow({
    where: { kind: 'office_gap', subject: { contains: 'supervisor' } },
  });
  expect(gap).toMatchObject({ role: 'administrator', subject: `office/supervisor/${DISTRICT}` });
});

test('no level has an official left: the work stays with its office, and the administrator sees the gap', async () => {
  await give({ from: caseManager.id, to: 'office' });
  const administrator = { ...supervisor, id: 'administrator', role: 'administrator', area: '' } as const;
  await give({ from: supervisor.id, to: 'office', leaves: '2023-03-01' }, administrator);
  expect(await owed(first)).toMatchObject([{ role: 'supervisor', area: DISTRICT }]);
  expect(await bench.db.task.count({ where: { subject: `office/supervisor/${DISTRICT}` } })).toBe(1);
});

test.each<[string, Assignment]>([
  ['missing', { to: deputy }],
  ['missing', { cases: [], to: deputy, leaves: '2023-03-01' }],
  ['all_together', { from: caseManager.id, cases: [], to: deputy, leaves: '2023-03-01' }],
  ['not_a_case_manager', { from: caseManager.id, to: 'elsewhere' }],
  ['not_a_case_manager', { from: caseManager.id, to: supervisor.id }],
  ['same_official', { from: caseManager.id, to: caseManager.id }],
  ['not_found', { from: 'elsewhere', to: deputy }],
  ['not_found', { cases: ['C-999999'], to: deputy }],
])('refused: %s', async (code, it) => {
  expect(await codeOf(give(it))).toBe(code);
  expect(await rowOf(bench, first)).toMatchObject({ managerId: caseManager.id });
});

describe('an administrator', () => {
  const administrator = { ...supervisor, id: 'administrator', role: 'administrator', area: '' } as const;

  test.each([
    ['all cases', () => ({ from: caseManager.id, to: 'elsewhere' })],
    ['a case by name', () => ({ cases: [first], to: 'elsewhere' })],
  ])('gives %s to no case manager of another area', async (_what, it) => {
    expect(await codeOf(give(it(), administrator))).toBe('not_a_case_manager');
    expect(await rowOf(bench, first)).toMatchObject({ managerId: caseManager.id });
  });

  test('gives them to another case manager of the area', async () => {
    await bench.db.official.update({ where: { id: deputy }, data: { area: MAHALLA } });
    expect(await give({ from: caseManager.id, to: deputy }, administrator)).toMatchObject({ cases: 2 });
  });
});
