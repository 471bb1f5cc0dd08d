import { randomUUID } from 'node:crypto';
import { employer } from '../support/small-world';
import { eventually } from '../support/eventually';
import { killedDuring } from '../support/killed';
import { type Call, type Stack, startStack } from '../support/stack';
import { commands, happened, newWalk, type Walk } from '../support/walk';

/*
 * Five people go the same way at the same time. At each stage `kill -9` ends one process during each of four people's commands: the
 * worker, the API, Temporal or PostgreSQL. During the fifth person's command nothing is killed. At the end all five have the same
 * events, once.
 */

const victims = ['worker', 'api', 'temporal', 'postgres'] as const;
type Victim = (typeof victims)[number];

let stack: Stack;
let peaceful: Walk;
let walks: Record<Victim, Walk>;

beforeAll(async () => {
  stack = await startStack();
  peaceful = await newWalk(stack);
  const walk = () => newWalk(stack);
  walks = { worker: await walk(), api: await walk(), temporal: await walk(), postgres: await walk() };
});
afterAll(() => stack.close());

const everybody = (): Walk[] => [peaceful, ...Object.values(walks)];

type Stage = [name: string, command: (walk: Walk) => Call, learn?: (walk: Walk, id: string) => void];

/** The stages of all five people, each person with an own key. The same key once more gives the same answer. */
function stages(...rows: Stage[]): void {
  describe.each(rows)('%s', (_name, command, learn) => {
    beforeAll(async () => {
      const body = await stack.done(command(peaceful));
      learn?.(peaceful, body.id);
    });

    test.each(victims)('with %s killed', async (victim) => {
      const walk = walks[victim];
      const whole = { ...command(walk), key: randomUUID() };
      const { status, body } = await killedDuring(stack.victims[victim], stack.give(whole));
      expect({ status, body }).toMatchObject({ status: learn ? 201 : 200, body: { id: expect.any(String) } });
      learn?.(walk, body.id);
      const again = await stack.give(whole);
      expect([again.status, again.body]).toEqual([status, body]);
    });

    test('all rows come to rest', async () => {
      await expect(stack.quiet({ seconds: 50 })).resolves.toBeUndefined();
    });
  });
}

stages(
  ['a case is opened', commands.opening, (walk, id) => (walk.case = id)],
  ['it is assessed', commands.assessment],
  ['it is planned', commands.plan],
  [
    'a referral is issued and delivered',
    (walk) => commands.referral(walk, stack.world.vacant),
    (walk, id) => (walk.referral = id),
  ],
  ['the employer accepts', (walk) => commands.acceptance(walk, '2023-03-06')],
);

describe('the contract is registered', () => {
  beforeAll(async () => {
    for (const { pinfl } of everybody())
      await stack.register({ yammt: { hires: { pinfl, stir: employer.employer, on: '2023-03-06' } } });
    await stack.step('5d');
  });
  stages(['the employer says so', (walk) => commands.contract(walk, '2023-03-06')]);

  test('each person is hired, once', async () => {
    for (const walk of everybody()) {
      const jobs = await stack.db.employment.findMany({ where: { caseId: walk.case } });
      expect(jobs).toMatchObject([{ state: 'in_force', referralId: walk.referral }]);
      walk.employment = jobs[0]?.id ?? '';
    }
  });
});

describe('a check falls due', () => {
  const rounds = [...victims, 'worker', 'postgres'].map((victim, i) => [i + 1, victim as Victim] as const);

  test.each(rounds)('check %i with %s killed', async (check, victim) => {
    await stack.setClock(await stack.stepBefore('check', String(check)));
    await killedDuring(stack.victims[victim], stack.quiet());
    await stack.quiet();
    const passed = await stack.db.check.count({ where: { n: check, state: 'passed' } });
    expect(passed).toBe(5);
  });

  stages(['the case manager speaks to the person', (walk) => commands.conversation(walk, 6)]);
});

stages(['the case is closed', commands.closure]);

test('all five have the same events, none lost and none doubled', async () => {
  const expected = await happened(stack, peaceful);
  expect(expected).toEqual(
    expect.arrayContaining(['case: case_closed', 'retention: hired', 'retention: retained']),
  );
  for (const victim of victims)
    expect([victim, await happened(stack, walks[victim])]).toEqual([victim, expected]);
  for (const { case: caseId } of everybody()) {
    expect(await stack.db.referral.count({ where: { caseId } })).toBe(1);
    expect(await stack.db.employment.count({ where: { caseId } })).toBe(1);
    expect(await stack.db.task.count({ where: { caseId, closedAt: null } })).toBe(0);
  }
  expect(await stack.db.command.count({ where: { state: 'pending' } })).toBe(0);
});

test('every message was sent once', async () => {
  const notices = await stack.db.notice.findMany();
  expect(notices.filter(({ state }) => state !== 'delivered')).toEqual([]);
  const inbox = (await stack.messages()).map(({ key }) => key);
  expect(inbox.toSorted()).toEqual(notices.map(({ key }) => key).toSorted());
});

test('every workflow has ended', async () => {
  await eventually(async () => (await stack.running()).length === 0);
  expect(await stack.running()).toEqual([]);
});
