import { randomUUID } from 'node:crypto';
import { addDays, at, dayOf } from '../../domain/day';
import { eventually } from '../support/eventually';
import { type Answer, type Call, type Stack, startStack } from '../support/stack';
import { commands, newWalk, referred, type Walk } from '../support/walk';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

/** The answer "not known" within ten seconds, with the advice to send the same key again. */
function expectNotKnown({ status, body, headers, ms }: Answer): void {
  expect({ status, body }).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(body.detail).toContain('not known whether it was carried out: send the same key again');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(ms).toBeLessThan(10_000);
}

const keyed = (command: Call) => ({ ...command, key: randomUUID() });

const times = (walk: Walk, type: string): Promise<number> =>
  stack.db.event.count({ where: { caseId: walk.case, type } });

test('a case is opened without a worker, and its workflow runs when a worker is back', async () => {
  const walk = await newWalk(stack);
  await stack.worker.halt();
  const { status, body } = await stack.call(keyed(commands.opening(walk)));
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { state: 'assessment', eligibility: 'asking' },
  });
  await stack.worker.restart();
  await stack.quiet();
  expect(await stack.db.case.findUnique({ where: { id: body.id } })).toMatchObject({ eligibility: 'yes' });
});

describe('a command answers 503 while a server is missing, and the same key carries it out once', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await newWalk(stack);
    walk.case = (await stack.done(commands.opening(walk))).id;
    await stack.quiet();
  });

  test.each([
    ['worker', 'assessed', commands.assessment],
    ['postgres', 'planned', commands.plan],
    ['temporal', 'referral_issued', (it: Walk) => commands.referral(it, stack.world.vacant)],
  ] as const)('no %s', async (victim, event, command) => {
    const whole = keyed(command(walk));
    await stack.victims[victim].halt();
    expectNotKnown(await stack.call(whole));
    await stack.victims[victim].restart();
    const { status, body } = await stack.give(whole);
    expect(status).toBeLessThan(300);
    expect(await stack.call(whole)).toMatchObject({ status, body });
    await eventually(async () => (await times(walk, event)) === 1);
    expect(await times(walk, event)).toBe(1);
  });

  test.each(['temporal', 'postgres'] as const)('no %s when a case is opened', async (victim) => {
    const another = await newWalk(stack);
    const whole = keyed(commands.opening(another));
    await stack.victims[victim].halt();
    expectNotKnown(await stack.call(whole));
    await stack.victims[victim].restart();
    const { status, body } = await stack.give(whole);
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'assessment' } });
    expect(await stack.db.case.count({ where: { personId: another.person } })).toBe(1);
    await stack.quiet();
    expect(await stack.running()).toContain(`case/${body.id}`);
  });
});

describe('SIGTERM of a worker while commands flow', () => {
  const crowd: Walk[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 30; n++) crowd.push(await newWalk(stack));
    for (const walk of crowd) walk.case = (await stack.done(commands.opening(walk))).id;
    await stack.quiet();
  });

  /** The assessments of all cases, four at a time. */
  async function flow(give: (command: Call) => Promise<Answer>): Promise<number[]> {
    const waiting = [...crowd];
    const statuses: number[] = [];
    const desk = async (): Promise<void> => {
      for (let walk = waiting.shift(); walk; walk = waiting.shift())
        statuses.push((await give(keyed(commands.assessment(walk)))).status);
    };
    await Promise.all([desk(), desk(), desk(), desk()]);
    return statuses;
  }

  const allOnce = (type: string, n: number): Promise<boolean> =>
    Promise.all(crowd.map((walk) => times(walk, type))).then((counts) =>
      counts.every((count) => count === n),
    );

  test('the worker comes back, and every command is carried out once', async () => {
    const flowing = flow((command) => stack.give(command));
    await stack.worker.halt();
    await stack.worker.restart();
    expect(new Set(await flowing)).toEqual(new Set([200]));
    expect(await allOnce('assessed', 1)).toBe(true);
  });

  test('another worker runs, and every command is carried out once at the first try', async () => {
    const another = await stack.startWorker();
    const flowing = flow((command) => stack.call(command));
    await stack.worker.halt();
    expect(new Set(await flowing)).toEqual(new Set([200]));
    expect(await allOnce('assessed', 2)).toBe(true);
    await stack.worker.restart();
    await another.stop();
  });
});

test('an answer given in time without a worker counts, although its day passed before a worker was back', async () => {
  const walk = await referred(stack);
  await stack.step('3d');
  const startOn = dayOf(await stack.clock.now());
  const inTime = keyed(commands.acceptance(walk, startOn));
  await stack.worker.halt();
  expectNotKnown(await stack.call(inTime));
  await stack.setClock(at(addDays(startOn, 3), '10:00'));
  await stack.worker.restart();
  await stack.quiet();
  const referral = await stack.db.referral.findUniqueOrThrow({ where: { id: walk.referral } });
  expect(referral).toMatchObject({ state: 'accepted', startOn });
  expect(dayOf(referral.decidedAt!)).toBe(startOn);
  expect(await stack.db.inspection.count({ where: { referralId: walk.referral } })).toBe(0);
  expect(await stack.call(inTime)).toMatchObject({ status: 200, body: { state: 'accepted' } });
  expect([await times(walk, 'referral_accepted'), await times(walk, 'referral_silent')]).toEqual([1, 0]);
});

test('a referral becomes silent with the date of its day, although no worker ran on that day', async () => {
  const walk = await referred(stack);
  const due = await stack.stepBefore('decision');
  await stack.worker.halt();
  await stack.setClock(new Date(due.getTime() + 10 * 86_400_000));
  await stack.worker.restart();
  await stack.quiet();
  expect(await stack.db.referral.findUnique({ where: { id: walk.referral } })).toMatchObject({
    state: 'silent',
  });
  expect(await times(walk, 'referral_silent')).toBe(1);
});
