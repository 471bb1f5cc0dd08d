import { system } from '../../domain/roles';
import { defaultSettings } from '../../domain/settings';
import { receiveNews } from '../../records/news';
import { change } from '../../records/kernel/change';
import { eventually } from '../../test/support/eventually';
import {
  plannedCase,
  type Pathway,
  referred,
  seedOffices,
  somebody,
  startPathway,
} from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway, { places: 100 });
});
afterAll(() => pathway.close());

interface Task {
  id: string;
  kind: string;
  what: string;
  caseId: string | null;
  due: string | null;
  overdue: boolean;
  allowedActions: string[];
  subject: { kind: string; id: string; link: string; state: string };
}

async function worklist(who: keyof typeof somebody, query = ''): Promise<Task[]> {
  const answer = await pathway.as(somebody[who]).get(`/tasks?limit=200${query}`);
  expect(answer.status).toBe(200);
  return answer.body.items as Task[];
}

test('a task says its act, its owner, since when, its deadline, and the possible commands', async () => {
  const { id, person } = await plannedCase(pathway);
  const [task] = await worklist('case_manager', `&case=${id}`);
  expect(task).toMatchObject({
    kind: 'first_referral',
    what: 'Refer the person to a first job.',
    subject: { kind: 'case', id, link: `/v1/cases/${id}`, state: 'planning' },
    caseId: id,
    personId: person.id,
    assignee: 'O-1',
    overdue: false,
    since: '2026-03-02T04:00:00.000Z',
    allowedActions: expect.arrayContaining(['referral']),
  });
  expect(JSON.stringify(task)).not.toContain(person.pinfl);
  const link = await pathway.as(somebody.case_manager).get(`${task?.subject.link.slice(3)}`);
  expect(link.status).toBe(200);
  expect(await worklist('neighbour', `&case=${id}`)).toEqual([]);
  expect(await worklist('supervisor', `&case=${id}`)).toEqual([]);
  expect(await worklist('auditor')).toEqual([]);
});

test('visits that are due stand among the tasks, in the order of the days, page by page', async () => {
  const { person } = await plannedCase(pathway);
  const { db } = pathway;
  const at = pathway.time.now;
  for (const [i, comeAgainOn] of ['2026-02-01', '2026-02-01', '2026-03-02'].entries()) {
    const id = `P-00090${i}`;
    const known = { name: 'Anvar', birth: '1990-05-17', sex: 'male', mahalla: somebody.case_manager.area };
    await db.person.create({ data: { id, pinfl: `3000000000090${i}`, createdAt: at, ...known } });
    await db.visit.create({
      data: { personId: id, on: '2026-01-15', wish: 'not_met', comeAgainOn, byId: 'O-1', at },
    });
  }
  const whole = await worklist('case_manager');
  const order = whole.map(({ due }) => due ?? '9');
  expect(order).toEqual(order.toSorted());
  expect(whole.filter(({ kind }) => kind === 'visit').map(({ overdue }) => overdue)).toEqual([
    true,
    true,
    false,
  ]);
  const paged: Task[] = [];
  let next = '';
  do {
    const { body } = await pathway
      .as(somebody.case_manager)
      .get(`/tasks?limit=1${next && `&cursor=${next}`}`);
    paged.push(...(body.items as Task[]));
    next = (body.next as string | null) ?? '';
  } while (next);
  expect(paged).toEqual(whole);
  expect((await worklist('case_manager', '&overdue=yes')).map(({ id }) => id)).toEqual(
    whole.filter(({ overdue }) => overdue).map(({ id }) => id),
  );
  expect(whole.some(({ caseId }) => caseId !== null)).toBe(true);
  expect(person).toBeDefined();
  await db.visit.deleteMany();
});

test('employers see their own tasks, inspectors and heads those of their office', async () => {
  const { referral } = await referred(pathway);
  const own = await worklist('employer');
  expect(own).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        kind: 'decision',
        caseId: null,
        subject: expect.objectContaining({ id: referral }),
        allowedActions: ['decision', 'contract', 'extensionRequest'],
      }),
    ]),
  );
  expect(await worklist('other_employer')).toEqual([]);
  await pathway
    .as(somebody.employer)
    .post(`/referrals/${referral}/decision`, { decision: 'reject', code: 'other', grounds: 'no' });
  await pathway.settled();
  const mine = await worklist('labour_inspector');
  expect(mine.map(({ kind }) => kind)).toEqual(['resolution']);
  expect(await worklist('chief_inspector')).toHaveLength(1);
  expect(await worklist('far_inspector')).toEqual([]);
  await pathway.pass('30d');
  expect(await worklist('labour_inspector')).toEqual([]);
  expect(await worklist('chief_inspector')).toMatchObject([{ kind: 'resolution', rank: 'head' }]);
});

test('the supervisor sees the overdue tasks of the district in the order of the deadlines, page by page', async () => {
  const overdue = await worklist('supervisor', '&overdue=true');
  expect(overdue.length).toBeGreaterThan(1);
  expect(overdue.every((task) => task.overdue)).toBe(true);
  expect(overdue.some((task) => task.kind === 'first_referral')).toBe(true);
  const all = await worklist('supervisor');
  const dues = all.map(({ due }) => due ?? '9999');
  expect(dues).toEqual(dues.toSorted());
  const paged: Task[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body }: { body: { items: Task[]; next: string | null } } = await pathway
      .as(somebody.supervisor)
      .get(`/tasks?limit=1${next && `&cursor=${next}`}`);
    paged.push(...body.items);
    next = body.next;
  }
  expect(paged).toEqual(all);
  expect(await worklist('far_supervisor')).toEqual([]);
});

test('the administrator sees the offices that have nobody', async () => {
  await pathway.db.official.updateMany({
    where: { role: 'labour_inspector', area: '1703' },
    data: { leftOn: '2026-03-01' },
  });
  const { referral } = await referred(pathway);
  await pathway
    .as(somebody.employer)
    .post(`/referrals/${referral}/decision`, { decision: 'reject', code: 'other', grounds: 'no' });
  const gaps = await worklist('administrator');
  expect(gaps.slice(0, 1)).toMatchObject([
    {
      kind: 'office_gap',
      what: 'An office has no official: appoint one.',
      subject: {
        kind: 'office',
        id: 'labour_inspector/1703',
        link: '/v1/officials?role=labour_inspector&area=1703&left=no',
      },
    },
  ]);
});

describe('POST /tasks/{id}/finding', () => {
  test('closes impossible news of a register, only by the role that owes it', async () => {
    const { id, person } = await plannedCase(pathway);
    const subject = 'news/tiek/e-c1';
    const at = pathway.time.now.toISOString();
    const pushed = { event: 'e-c1', register: 'tiek', type: 'person_died', at };
    const told = { ...pushed, pinfl: person.pinfl, on: '1950-01-01' };
    await change(
      { db: pathway.db, clock: { now: () => Promise.resolve(pathway.time.now) }, settings: defaultSettings },
      { actor: system, subject, correlationId: 'test' },
      (transaction) => receiveNews(transaction, told),
    );
    await pathway.workflows.refresh(subject);
    await pathway.settled();
    const [task] = (await worklist('case_manager')).filter(({ kind }) => kind === 'told_of_person');
    expect(task).toMatchObject({ subject: { kind: 'news', id: 'tiek/e-c1' }, allowedActions: ['finding'] });
    const path = `/tasks/${task?.id}/finding`;
    const found = { words: 'He lives; the register mixed him up.' };
    expect((await pathway.as(somebody.far_manager).post(path, found)).status).toBe(404);
    expect((await pathway.as(somebody.employer).post(path, found)).status).toBe(403);
    const manager = pathway.as(somebody.case_manager);
    expect((await manager.post(path, {})).status).toBe(422);
    const [other] = await worklist('case_manager', `&case=${id}`);
    expect((await manager.post(`/tasks/${other?.id}/finding`, found)).status).toBe(404);
    expect(await manager.post(path, found)).toMatchObject({ status: 200, body: { allowedActions: [] } });
    await eventually(async () =>
      expect(await pathway.db.news.findUnique({ where: { id: 'tiek/e-c1' } })).toMatchObject({
        state: 'done',
      }),
    );
    expect(await manager.post(path, found)).toMatchObject({ status: 409, body: { code: 'closed_already' } });
    const { body } = await manager.get(`/cases/${id}/timeline?limit=200`);
    expect(JSON.stringify(body)).toContain('told_found');
  });
});

test.each(['C-000001', '2026-13-45T99:99:99.999Z/1', '2026-03-02T09:00:00.000Z/x'])(
  '%s is no cursor of this list',
  async (key) => {
    const cursor = Buffer.from(key).toString('base64url');
    const answer = await pathway.as(somebody.supervisor).get(`/tasks?cursor=${cursor}`);
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
  },
);
