import { randomUUID } from 'node:crypto';
import { Client as Postgres } from 'pg';
import { workflowOf } from '../../records/kernel/walking';
import { officials } from '../support/small-world';
import { eventually } from '../support/eventually';
import { type Answer, type Call, type Stack, startStack } from '../support/stack';
import { commands, referred, type Walk } from '../support/walk';

/* What went wrong elsewhere with messages, faults and rows, each tried on the real servers. */

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const statusesOf = (answers: Answer[]): number[] =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);
const keyed = (command: Call) => ({ ...command, key: randomUUID() });
const accept = (walk: Walk): Call => commands.acceptance(walk, '2023-03-10');
/** A second acceptance is refused: a start day moves by agreement. */
const laterStart = (walk: Walk): Call => commands.acceptance(walk, '2023-03-13');
const referralOf = ({ referral: id }: Walk) => stack.db.referral.findUniqueOrThrow({ where: { id } });
const outcomes = ['referral_accepted', 'referral_rejected', 'referral_silent', 'referral_withdrawn'];

/** The decisions and ends in the record of a referral. */
const outcomesOf = async ({ referral }: Walk): Promise<string[]> => {
  const where = { subject: `referral/${referral}`, type: { in: outcomes } };
  return (await stack.db.event.findMany({ where })).map(({ type }) => type);
};

/** Several referrals at once, each of another person. */
const several = (n: number): Promise<Walk[]> => Promise.all(Array.from({ length: n }, () => referred(stack)));

/** Locks the wait for the employer's decision until it is released. A transaction that closes the wait must stop until then. */
async function hold({ referral }: Walk) {
  const client = new Postgres({ connectionString: stack.postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin');
  await client.query("select id from tasks where subject = $1 and kind = 'decision' for update", [
    `referral/${referral}`,
  ]);
  return {
    /** Waits until a transaction waits for the lock. */
    wanted: () =>
      eventually(async () => {
        const { rowCount } = await client.query('select 1 from pg_locks where not granted');
        return (rowCount ?? 0) > 0;
      }),
    letGo: () => client.end(),
  };
}

describe('trap: a kill after a local activity committed and before its workflow task was reported', () => {
  test.each(['temporal', 'temporal and worker'])('%s', async (who) => {
    const walk = await referred(stack);
    const row = await hold(walk);
    const whole = keyed(accept(walk));
    const first = stack.call(whole);
    await row.wanted();
    await stack.temporal.kill9();
    await row.letGo();
    await eventually(async () => (await referralOf(walk)).state === 'accepted');
    if (who.includes('worker')) await stack.worker.kill9();
    await stack.temporal.restart();
    if (who.includes('worker')) await stack.worker.restart();

    const { status, body } = await stack.give(whole);
    expect({ status, body }).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect([200, 503]).toContain((await first).status);
    await stack.quiet();
    expect(await outcomesOf(walk)).toEqual(['referral_accepted']);
    expect(await stack.give(keyed(laterStart(walk)))).toMatchObject({ status: 409 });
  });
});

describe('trap: an Update whose caller gave up', () => {
  test('is still carried out when a worker comes back', async () => {
    const walk = await referred(stack);
    const whole = keyed(accept(walk));
    await stack.worker.halt();
    expect(await stack.call(whole, 1500)).toMatchObject({ status: 0 });
    await stack.worker.restart();
    await eventually(async () => (await referralOf(walk)).state === 'accepted');
    expect(await stack.call(whole)).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect(await outcomesOf(walk)).toEqual(['referral_accepted']);
  });

  test('may be lost if the server restarts in between, and the same key carries it out', async () => {
    const walk = await referred(stack);
    const whole = keyed(accept(walk));
    await stack.worker.halt();
    expect(await stack.call(whole, 1500)).toMatchObject({ status: 0 });
    await stack.temporal.kill9();
    await stack.temporal.restart();
    await stack.worker.restart();
    expect(await stack.give(whole)).toMatchObject({ status: 200, body: { state: 'accepted' } });
    expect(await outcomesOf(walk)).toEqual(['referral_accepted']);
  });
});

test('trap: while a workflow closes, commands are answered from the row', async () => {
  for (const walk of await several(4)) {
    const withdrawal = {
      as: officials.caseManager,
      method: 'POST',
      to: `/referrals/${walk.referral}/withdrawal`,
      body: { reason: 'other', words: 'a mistake' },
    } as const;
    const closing = [commands.rejection(walk), withdrawal, commands.rejection(walk), withdrawal];
    const given = await Promise.all(closing.map((command) => stack.call(keyed(command))));
    const after = await stack.call(keyed(withdrawal));
    expect(statusesOf([...given, after])).toEqual([200, 409, 409, 409, 409]);
    // On a rejected referral the person may still decline what the inspection could order.
    const { state, allowedActions } = after.body as { state: string; allowedActions: string[] };
    expect([state, allowedActions.toSorted()]).toEqual(
      state === 'rejected' ? ['rejected', ['decision', 'withdrawal']] : ['withdrawn', []],
    );
    expect(await outcomesOf(walk)).toHaveLength(1);
  }
});

test('trap: a second worker answers within seconds of a kill -9 of the first', async () => {
  const walks = await several(3); // the first worker has their workflows in its memory
  const second = await stack.startWorker();
  await stack.worker.kill9();
  const answers = await Promise.all(walks.map((walk) => stack.call(keyed(accept(walk)))));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  // A task that the server handed to the dead worker comes back after 4 s; an idle machine adds nothing to that.
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(6500);
  await stack.worker.restart();
  await second.stop();
});

test('trap: a workflow is started again from its row with TERMINATE_EXISTING', async () => {
  const walk = await referred(stack);
  const subject = `referral/${walk.referral}`;
  const { workflow } = stack.client;
  const before = await workflow.getHandle(subject).describe();
  const [type, options] = workflowOf(subject);
  const again = await workflow.start(type, { ...options, workflowIdConflictPolicy: 'TERMINATE_EXISTING' });
  expect(again.firstExecutionRunId).not.toBe(before.runId);
  expect(await workflow.getHandle(subject, before.runId).describe()).toMatchObject({
    status: { name: 'TERMINATED' },
  });
  expect(await stack.give(accept(walk))).toMatchObject({ status: 200, body: { state: 'accepted' } });
  const running = await workflow.getHandle(subject).describe();
  expect([running.runId, running.status.name]).toEqual([again.firstExecutionRunId, 'RUNNING']);
});

test('trap: of two decisions at once, one is carried out and one refused', async () => {
  for (const walk of await several(10)) {
    const both = [accept(walk), laterStart(walk)].map((command) => stack.call(keyed(command)));
    const answers = await Promise.all(both);
    expect(statusesOf(answers)).toEqual([200, 409]);
    expect(await outcomesOf(walk)).toHaveLength(1);
  }
});

test('trap: one key sent several times at once is one command', async () => {
  const walk = await referred(stack);
  const whole = keyed(accept(walk));
  const answers = await Promise.all([1, 2, 3, 4].map(() => stack.give(whole)));
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 200 });
  expect(await outcomesOf(walk)).toEqual(['referral_accepted']);
});

test('trap: a key belongs to its caller, command and body', async () => {
  const [one, two] = (await several(2)) as [Walk, Walk];
  const key = 'decision-1';
  expect(await stack.give({ ...accept(one), key })).toMatchObject({ status: 200 });
  expect(await stack.give({ ...commands.rejection(one), key })).toMatchObject({
    status: 409,
    body: { code: 'key_reused' },
  });
  expect(await stack.give({ ...accept(two), key })).toMatchObject({
    status: 200,
    body: { id: two.referral },
  });
  expect(await stack.give({ ...accept(one), as: officials.caseManager, key })).toMatchObject({ status: 422 });
  expect(await outcomesOf(one)).toEqual(['referral_accepted']);
});

test('trap: a command begins a missing workflow again', async () => {
  const walk = await referred(stack);
  const subject = `referral/${walk.referral}`;
  await stack.client.workflow.getHandle(subject).terminate();
  expect(await stack.give(accept(walk))).toMatchObject({ status: 200, body: { state: 'accepted' } });
  expect((await stack.client.workflow.getHandle(subject).describe()).status.name).toBe('RUNNING');
});

test('trap: a signal to a workflow that has ended begins an execution that reads its row and ends', async () => {
  const walk = await referred(stack);
  await stack.done(commands.rejection(walk));
  const subject = `referral/${walk.referral}`;
  await stack.ended(subject);
  const before = await stack.client.workflow.getHandle(subject).describe();
  await stack.refresh(subject);
  await stack.ended(subject);
  expect((await stack.client.workflow.getHandle(subject).describe()).runId).not.toBe(before.runId);
  expect(await outcomesOf(walk)).toEqual(['referral_rejected']);
});

test('trap: the database is down while a deadline passes and a decision is given: one of the two counts', async () => {
  const walk = await referred(stack);
  const subject = `referral/${walk.referral}`;
  const task = await stack.db.task.findFirstOrThrow({ where: { subject, kind: 'decision' } });
  let rung = await stack.stepBefore('decision');
  while (task.due && rung <= task.due) {
    await stack.setClock(rung);
    rung = await stack.stepBefore('decision');
  }
  await stack.setClock(new Date(rung.getTime() - 3000));
  const overdue = performance.now() + 4000;
  await stack.refresh(subject); // its own timer fires in 3 seconds
  const row = await hold(walk);
  const deciding = stack.give(keyed(accept(walk)));
  await row.wanted();
  await stack.postgres.kill9();
  await eventually(() => Promise.resolve(performance.now() > overdue));
  await stack.postgres.restart();
  await stack.quiet();
  expect([200, 409]).toContain((await deciding).status);
  expect(await outcomesOf(walk)).toHaveLength(1);
});
