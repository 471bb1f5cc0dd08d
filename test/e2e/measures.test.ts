import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually';
import { killedDuring } from '../support/killed';
import { officials } from '../support/small-world';
import { type Call, type Stack, startStack } from '../support/stack';
import { commands, newWalk, type Walk } from '../support/walk';

/*
 * The other doors on the real servers: one person for each measure. `kill -9` ends the worker during each command and at each deadline.
 */

const { caseManager, employmentOfficer } = officials;

let stack: Stack;
beforeAll(async () => void (stack = await startStack()));
afterAll(() => stack.close());

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

test('every message was sent once', async () => {
  const notices = await stack.db.notice.findMany();
  expect(notices.filter(({ state }) => state !== 'delivered')).toEqual([]);
  const inbox = (await stack.messages()).map(({ key }) => key);
  expect(inbox.toSorted()).toEqual(notices.map(({ key }) => key).toSorted());
});
