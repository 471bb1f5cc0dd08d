import { type Bench, caseManager, refer, seed, startBench, supervisor } from '../../test/support/bench';
import { caseWithPlan } from '../../test/support/cases';
import { caseHandlers } from '../case';
import { referralHandlers } from '../referral';

let bench: Bench;
let id: string;
let world: Awaited<ReturnType<typeof seed>>;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers]);
  world = await seed(bench);
  id = await caseWithPlan(bench, world.personId);
});
afterEach(() => bench.close());

const give = (name: string, body: object, by = caseManager) => bench.give(`case/${id}`, name, body, by);
const planWith = (...services: object[]) => give('plan', { measures: [{ kind: 'job' }], services });
const escort = { kind: 'escort', provider: 'INSON', dueOn: '2023-03-20' };
const legal = { kind: 'legal', provider: 'the advice centre' };

const services = () => bench.db.service.findMany({ where: { caseId: id }, orderBy: { n: 'asc' } });
const tasks = async () =>
  (await bench.waits(`case/${id}`))
    .filter(({ kind }) => kind === 'service')
    .map(({ role, due }) => `${role} ${due}`);
const events = async () => (await bench.events(`case/${id}`)).filter((type) => type.startsWith('service_'));
const refused = async (answer: ReturnType<typeof give>) => {
  const { status, body } = await answer;
  return [status, body['code'], (body['errors'] as { field: string }[] | undefined)?.[0]?.field];
};

test('each service is a task until its outcome: due on its day, or within the policy’s time', async () => {
  const { body } = await planWith(escort, legal);
  expect(body['plan']).toMatchObject({
    services: [
      { n: 1, ...escort, outcome: null },
      { n: 2, ...legal },
    ],
  });
  expect(body['allowedActions']).toContain('service');
  expect(await tasks()).toEqual(['case_manager 2023-03-20T23:59', 'case_manager 2023-04-03T23:59']);

  const ended = await give('service', { service: 1, outcome: 'went along four times', on: '2023-03-01' });
  expect(ended).toMatchObject({ status: 200, body: { plan: { services: [{ endedOn: '2023-03-01' }, {}] } } });
  expect(await tasks()).toEqual(['case_manager 2023-04-03T23:59']);
  const last = await give('service', { service: 2, outcome: 'the disability group was confirmed' });
  expect(last.body['allowedActions']).not.toContain('service');
  expect([await tasks(), await events()]).toEqual([
    [],
    ['service_added', 'service_added', 'service_ended', 'service_ended'],
  ]);
});

test('the case manager is reminded before the day; the supervisor sees an overdue service, which stays open', async () => {
  await planWith(escort);
  await bench.pass('17d');
  const told = (type: string) =>
    bench.db.notice.count({ where: { subject: `case/${id}`, type, recipientId: caseManager.id } });
  const reminders = await told('reminder');
  await bench.pass('4d');
  expect(reminders).toBeGreaterThan(0);
  expect(await tasks()).toEqual(['case_manager 2023-03-20T23:59']);
  expect(await bench.db.task.findFirst({ where: { kind: 'service' } })).toMatchObject({ rung: -1 });
});

test('each wrong service is named', async () => {
  const past = { dueOn: '2023-03-01' };
  const { body } = await planWith({ ...escort, ...past }, legal, { ...legal, kind: 'documents', ...past });
  expect(body).toMatchObject({
    code: 'past_day',
    detail: 'Give a day after today.',
    errors: [{ field: 'services.0.dueOn' }, { field: 'services.2.dueOn' }],
  });
});

test('an outcome needs a service that is under way, and a day that is not in the future', async () => {
  await planWith(escort);
  const outcome = 'done';
  expect(await refused(give('service', { service: 2, outcome }))).toEqual([
    422,
    'unknown_service',
    'service',
  ]);
  for (const on of ['2023-02-28', '2023-03-02'])
    expect(await refused(give('service', { service: 1, outcome, on }))).toEqual([
      422,
      'impossible_day',
      'on',
    ]);
  await give('service', { service: 1, outcome });
  expect(await refused(give('service', { service: 1, outcome }))).toEqual([409, 'no_service', undefined]);
  await planWith(escort);
  expect(await refused(give('service', { service: 1, outcome }))).toEqual([409, 'service_ended', undefined]);
});

test('a new version keeps services under way with their clocks, and drops one only with a reason', async () => {
  await planWith(escort, legal);
  const before = await bench.db.task.findMany({ where: { kind: 'service' }, orderBy: { id: 'asc' } });
  await bench.pass('2d');
  expect(await refused(planWith(escort))).toEqual([422, 'service_under_way', 'services']);
  expect(await refused(planWith(escort, legal, { ...escort, dropped: 'not needed' }))).toEqual([
    422,
    'not_under_way',
    'services.2.dropped',
  ]);
  await planWith(legal, escort);
  expect(await bench.db.task.findMany({ where: { kind: 'service' }, orderBy: { id: 'asc' } })).toEqual(
    before,
  );

  const later = { ...escort, provider: 'Mahalla', dueOn: '2023-03-31' };
  await planWith(later, { ...legal, dropped: 'the person has a lawyer' }, { ...legal, kind: 'documents' });
  expect(await services()).toMatchObject([
    { n: 1, ...later, endedOn: null },
    { n: 2, kind: 'legal', endedOn: '2023-03-03', outcome: 'the person has a lawyer' },
    { n: 3, kind: 'documents', endedOn: null },
  ]);
  expect(await tasks()).toEqual(['case_manager 2023-03-31T23:59', 'case_manager 2023-04-03T23:59']);
  const told = await bench.db.event.findMany({
    where: { type: { in: ['service_changed', 'service_dropped'] } },
    orderBy: { id: 'asc' },
  });
  expect(told).toMatchObject([
    { params: { service: 1, kind: 'escort', provider: 'Mahalla', fields: 'provider, dueOn' } },
    { params: { service: 2, kind: 'legal' }, grounds: 'the person has a lawyer' },
  ]);
});

test('a past day is refused for a service; the plan may repeat an overdue service unchanged', async () => {
  expect(await refused(planWith({ ...escort, dueOn: '2023-03-01' }))).toEqual([
    422,
    'past_day',
    'services.0.dueOn',
  ]);
  await planWith(escort);
  await bench.pass('1mo');
  expect((await planWith(escort)).status).toBe(200);
  expect(await refused(planWith({ ...escort, dueOn: '2023-03-21' }))).toEqual([
    422,
    'past_day',
    'services.0.dueOn',
  ]);
});

test('a service goes on after a referral and ends with the case: the form names it; a reopening resumes it', async () => {
  await planWith(escort, legal);
  await give('service', { service: 2, outcome: 'advised' });
  await refer(bench, id, world.vacant);
  expect(await tasks()).toHaveLength(1);
  const closed = await give('withdrawal', { reason: 'moves away' });
  expect(await services()).toMatchObject([{ outcome: 'case_closed' }, { outcome: 'advised' }]);
  expect(closed.body['closureForm']).toMatchObject({
    done: { services: 2, servicesWithoutOutcome: 1 },
    steps: expect.arrayContaining([expect.objectContaining({ step: 'service', of: 'service/1' })]),
  });
  expect(await bench.db.task.count({ where: { caseId: id, kind: 'service', closedAt: null } })).toBe(0);
  await bench.pass('5d');
  await give('reopening', { reason: 'came back' }, supervisor);
  expect(await services()).toMatchObject([{ endedOn: null, outcome: null }, { outcome: 'advised' }]);
  expect(await tasks()).toEqual(['case_manager 2023-03-20T23:59']);
  // Nobody added a service: the one that the case had goes on.
  expect((await events()).slice(-2)).toEqual(['service_open_at_closure', 'service_resumed']);
  const again = await give('withdrawal', { reason: 'moves away again' });
  expect(again.body['closureForm']).toMatchObject({ done: { services: 2 } });
});
