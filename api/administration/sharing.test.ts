import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';

const colleague = { ...by.case_manager, sub: 'O-11' } as const;
const consent = { by: 'person' };
let api: Awaited<ReturnType<typeof testApi>>;
let caseId: string;

beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
  const pinfl = makePinfl('1990-05-17', 'female', '000001');
  const person = { pinfl, name: 'Dilnoza Karimova', mahalla: '1703202001' };
  const { body } = await api.as(by.case_manager).post('/people', person);
  caseId = (await api.as(by.case_manager).post('/cases', { person: body.id, consent })).body.id;
});
afterAll(() => api.close());

type Who = Parameters<typeof api.as>[0];
const worklist = async (who: Who) =>
  (await api.as(who).get('/tasks')).body.items as {
    id: string;
    kind: string;
    assignee: string;
    allowedActions: string[];
  }[];
const shares = (sharesWork: boolean, who: Who = by.supervisor, code = '1703202001') =>
  api.as(who).put(`/territories/${code}/sharing`, { sharesWork });
const assessment = () =>
  api.db.task.findFirstOrThrow({ where: { caseId, kind: 'assessment', closedAt: null } });
const takes = async (who: Who) => api.as(who).post(`/tasks/${(await assessment()).id}/take`, {});

test('no colleague sees or takes a task before the supervisor says so', async () => {
  expect(await worklist(colleague)).toEqual([]);
  expect((await takes(colleague)).status).toBe(404);
  expect((await shares(true, by.case_manager)).status).toBe(403);
  expect((await shares(true, by.supervisor, '1706204001')).status).toBe(404);
  expect((await shares(true, by.supervisor, '1703202')).status).toBe(400);
});

test('the supervisor lets the mahalla share its worklist: a colleague sees the tasks and takes one', async () => {
  expect((await shares(true)).body).toMatchObject({ sharesWork: true });
  const [task] = await worklist(colleague);
  expect(task).toMatchObject({ kind: 'assessment', assignee: by.case_manager.sub });
  expect(task?.allowedActions).toEqual(expect.arrayContaining(['assessment', 'take']));
  expect((await worklist(by.case_manager))[0]?.allowedActions).not.toContain('take');
  expect(await worklist(by.neighbour)).toEqual([]);
  expect((await takes(by.neighbour)).status).toBe(404);
  const { due } = await assessment();
  const taken = await takes(colleague);
  expect(taken.body).toMatchObject({ kind: 'assessment', assignee: colleague.sub });
  expect(await assessment()).toMatchObject({ assigneeId: colleague.sub, due });
  expect((await takes(colleague)).body.code).toBe('yours_already');
  expect(await api.db.case.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({
    managerId: by.case_manager.sub,
  });
  await api.db.official.update({ where: { id: colleague.sub }, data: { name: 'Botir Aliyev' } });
  const told = await api.as(by.case_manager).get(`/cases/${caseId}/timeline`);
  expect(told.body.items.at(-1).words).toMatch(/^Botir Aliyev took over a task of O-1: .+\.$/);
});

test('the sharing ends: the taken task stays with its taker', async () => {
  await shares(false);
  expect((await worklist(colleague)).map(({ assignee }) => assignee)).toEqual([colleague.sub]);
  expect((await takes(by.case_manager)).status).toBe(404);
  const told = await api.as(by.supervisor).get('/territories/1703202001/events');
  expect(told.body.items.map(({ words }: { words: string }) => words)).toEqual([
    'Territory changed: Area 1703202001 (shared worklist: yes (before: no)).',
    'Territory changed: Area 1703202001 (shared worklist: no (before: yes)).',
  ]);
});

test('the load of each case manager', async () => {
  await api.db.task.updateMany({ where: { kind: 'assessment' }, data: { due: new Date('2026-03-01') } });
  const load = await api.as(by.supervisor).get('/workload');
  const idle = { cases: 0, referrals: 0, tasks: 0, overdue: 0 };
  const here = { area: '1703202001', areaName: 'Area 1703202001' };
  expect(load.body.items).toEqual([
    { id: 'O-1', name: 'O-1', ...here, ...idle, cases: 1 },
    { id: 'O-11', name: 'Botir Aliyev', ...here, ...idle, tasks: 1, overdue: 1 },
    { id: 'O-2', name: 'O-2', area: '1703202002', areaName: 'Area 1703202002', ...idle },
  ]);
  const one = await api.as(by.administrator).get('/workload?area=1703202002');
  expect(one.body.items).toHaveLength(1);
  expect((await api.as(by.supervisor).get('/workload?area=1706204001')).body).toMatchObject({
    status: 403,
    code: 'not_yours',
  });
  const far = { ...by.supervisor, sub: 'far', area: '1706204' };
  expect((await api.as(far).get('/workload')).body.items).toEqual([]);
  expect((await api.as(by.case_manager).get('/workload')).status).toBe(403);
});

test('the cases of the office are the last line of the load, and count', async () => {
  await api.db.case.updateMany({ data: { managerId: null } });
  const whole = (await api.as(by.supervisor).get('/workload')).body;
  expect(whole.total).toBe(4);
  expect(whole.items.at(-1)).toMatchObject({
    id: 'office',
    name: 'the office: cases without a case manager',
    area: '1703202',
    cases: 1,
  });
  const { body } = await api.as(by.supervisor).get('/workload?limit=3');
  expect(body.items.map(({ id }: { id: string }) => id)).not.toContain('office');
  const rest = await api.as(by.supervisor).get(`/workload?limit=3&cursor=${body.next}`);
  expect(rest.body).toMatchObject({ items: [{ id: 'office' }], next: null });
});
