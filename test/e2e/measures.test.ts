import { randomUUID } from 'node:crypto';
import { dayOf } from '../../domain/day';
import { eventually } from '../support/eventually';
import { killedDuring } from '../support/killed';
import { COURSE, employer, officials } from '../support/small-world';
import { type Call, type Stack, startStack } from '../support/stack';
import { commands, newWalk, type Walk } from '../support/walk';

/*
 * The other doors on the real servers: one person for each measure. `kill -9` ends the worker during each command and at each deadline.
 */

const { caseManager, employmentOfficer, trainingOfficer } = officials;

let stack: Stack;
beforeEach(async () => void (stack = await startStack()));
afterEach(async () => {
  try {
    await everyMessageOnce();
  } finally {
    await stack.close();
  }
});

/** A command during which the worker is killed. The same key gives the same answer again. @returns its answer */
async function act(call: Call): Promise<{ id: string; state: string }> {
  const whole = { ...call, key: randomUUID() };
  const { status, body } = await killedDuring(stack.victims.worker, stack.give(whole));
  expect({ status, body }).toMatchObject({ status: expect.any(Number), body: { id: expect.any(String) } });
  expect(await stack.give(whole)).toMatchObject({ status, body });
  await stack.quiet({ seconds: 50 });
  return body;
}

/** A deadline at which the worker is killed. */
async function falls(kind: string, ref?: string): Promise<void> {
  await stack.setClock(await stack.stepBefore(kind, ref));
  await killedDuring(stack.victims.worker, stack.quiet({ seconds: 50 }));
  await stack.quiet({ seconds: 50 });
}

async function everyMessageOnce(): Promise<void> {
  const notices = await stack.db.notice.findMany();
  expect(notices.filter(({ state }) => state !== 'delivered')).toEqual([]);
  const inbox = (await stack.messages()).map(({ key }) => key);
  expect(inbox.toSorted()).toEqual(notices.map(({ key }) => key).toSorted());
}

/** A workflow that is lost is begun again by `npm run reconcile`. */
async function lostAndFound(subject: string): Promise<void> {
  await stack.client.workflow.getHandle(subject).terminate('lost');
  await eventually(async () => !(await stack.running()).includes(subject));
  await stack.reconcile();
  await eventually(async () => (await stack.running()).includes(subject));
  await stack.quiet({ seconds: 50 });
}

/** A case that is planned for a measure. */
async function planned(kind: string): Promise<Walk> {
  const walk = await newWalk(stack);
  walk.case = (await stack.done(commands.opening(walk))).id;
  await stack.quiet();
  await stack.done(commands.assessment(walk));
  await act({ ...commands.plan(walk), body: { measures: [{ kind }, { kind: 'job' }], services: [] } });
  return walk;
}

const given = (as: Call['as'], to: string, body: object): Call => ({ as, method: 'POST', to, body });

/** The types of a row's events, in their order. */
const told = async (subject: string): Promise<string[]> =>
  (await stack.db.event.findMany({ where: { subject }, orderBy: { id: 'asc' } }))
    .map(({ type }) => type)
    .filter((type) => type !== 'register_asked');

test('public works, from the proposal to the last month’s papers', async () => {
  const walk = await planned('public_works');
  const { id } = await act(given(caseManager, `/cases/${walk.case}/public-works`, {}));
  const at = (command: string) => `/public-works/${id}/${command}`;
  await act(
    given(employmentOfficer, at('agreement'), {
      organiser: stack.world.employerId,
      work: '753',
      title: 'Mending for the district hospital',
      hoursPerWeek: 30,
      firstOn: '2023-03-06',
      lastOn: '2023-04-14',
      pay: 1_400_000,
    }),
  );
  await stack.step('5d');
  await act(given(employmentOfficer, at('begin'), { on: '2023-03-06' }));
  await lostAndFound(`public-works/${id}`);
  await stack.step('30d');
  await act(given(employmentOfficer, at('months'), { month: '2023-03', days: 18, pay: 1_400_000 }));
  await falls('works_end');
  expect(await stack.get(caseManager, `/cases/${walk.case}`)).toMatchObject({
    state: 'planning',
    publicWorks: [{ id, state: 'completed' }],
  });
  await stack.step('20d');
  await act(given(employmentOfficer, at('months'), { month: '2023-04', days: 10, pay: 700_000 }));
  await stack.ended(`public-works/${id}`);
  expect(await told(`public-works/${id}`)).toEqual([
    'public_works_proposed',
    'public_works_agreed',
    'measure_started',
    'public_works_month',
    'public_works_completed',
    'measure_ended',
    'public_works_month',
  ]);
});

/** The months of a person in work, one check after another. */
async function inWork(walk: Walk, since: string): Promise<void> {
  const job = await stack.db.employment.findFirstOrThrow({ where: { caseId: walk.case } });
  walk.employment = job.id;
  expect(job).toMatchObject({ hiredOn: since, state: 'in_force' });
  await falls('check', '1');
  await act(commands.conversation(walk, 1));
}

test('a training, from the referral to a job and the last look-back', async () => {
  const walk = await planned('training');
  const { id } = await act(given(caseManager, `/cases/${walk.case}/trainings`, { course: COURSE }));
  const at = (command: string) => `/trainings/${id}/${command}`;
  await act(given(trainingOfficer, at('decision'), { decision: 'offer' }));
  await act(given(caseManager, at('answer'), { yes: true, words: 'I come gladly.' }));
  await lostAndFound(`training/${id}`);
  await falls('training_begin');
  expect(await stack.get(trainingOfficer, `/trainings/${id}`)).toMatchObject({
    state: 'studying',
    startedOn: '2023-04-03',
    person: { name: expect.any(String) },
  });
  await stack.setClock(new Date('2023-05-03T09:00:00+05:00'));
  await act(given(trainingOfficer, at('attendance'), { month: '2023-04', attended: 11, excused: 1 }));
  await falls('training_end');
  expect(await stack.get(caseManager, `/cases/${walk.case}`)).toMatchObject({ state: 'planning' });
  await act(given(trainingOfficer, at('attendance'), { month: '2023-05', attended: 13, excused: 0 }));
  await act(given(trainingOfficer, at('completion'), { outcome: 'certificate', number: 'C-17' }));
  await act(given(trainingOfficer, at('placement'), { kind: 'vacancy', vacancy: stack.world.vacant }));

  walk.referral = (await act(commands.referral(walk, stack.world.vacant))).id;
  await act(commands.acceptance(walk, '2023-06-12'));
  await stack.setClock(new Date('2023-06-12T10:00:00+05:00'));
  await stack.register({
    yammt: { hires: { pinfl: walk.pinfl, stir: employer.employer, on: '2023-06-12' } },
  });
  await act(commands.contract(walk, '2023-06-12'));
  await inWork(walk, '2023-06-12');
  for (const n of [1, 2, 3]) {
    await stack.step(n === 1 ? '1d' : '95d');
    await killedDuring(stack.victims.worker, stack.quiet({ seconds: 50 }));
  }
  await stack.ended(`training/${id}`);
  const { state, lookBacks } = await stack.get(caseManager, `/trainings/${id}`);
  expect([state, lookBacks]).toMatchObject([
    'followed',
    [{ state: 'in_work' }, { state: 'in_work' }, { state: 'in_work' }],
  ]);
});

test('an own business, from the preparation through six months', async () => {
  const walk = await planned('self_employment');
  const { id } = await act(given(caseManager, `/cases/${walk.case}/businesses`, {}));
  const at = (command: string) => `/businesses/${id}/${command}`;
  const today = dayOf(await stack.clock.now());
  await stack.register({ self_employed: { registers: { pinfl: walk.pinfl, on: today } } });
  await act(given(caseManager, at('preparation'), { form: 'self_employed', trade: 'Embroidery', help: [] }));
  await lostAndFound(`business/${id}`);
  expect(await stack.get(caseManager, `/businesses/${id}`)).toMatchObject({
    state: 'active',
    firstOn: today,
  });
  await act(given(caseManager, at('marks'), { goods: 'embroidery', consent: { by: 'person', on: today } }));
  for (let check = 1; check <= 6; check++) {
    await falls('business_check', String(check));
    const spoken = { check, reached: true, sells: true, earns: true };
    await act(given(caseManager, at('conversation'), spoken));
  }
  expect(await stack.get(caseManager, `/businesses/${id}`)).toMatchObject({ state: 'sustained' });
  // While a mark is valid the register is asked monthly.
  expect(await stack.running()).toContain(`business/${id}`);
  await act(given(caseManager, at('mark-revocation'), { goods: 'embroidery' }));
  await stack.ended(`business/${id}`);
});
