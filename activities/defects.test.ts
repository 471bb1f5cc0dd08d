import {
  type Bench,
  caseManager,
  employerActor,
  inspector,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../test/support/bench';
import { breakable, type Broken } from '../test/support/breakable';
import { move } from '../records/kernel/rows';
import { openTask } from '../records/kernel/tasks';
import { walked } from '../test/support/walked';
import { rowHandlers } from '.';
import { createRowActivities } from './row-activities';
import { referralHandlers } from './referral';
import { readReferral } from './referral/read';
import type { Step } from './row-handlers';
import { caseHandlers } from './case';
import { inspectionHandlers } from './inspection';

/*
 * A defect in one step: the workflow does not fail, and the row's other waits go on. The administrator has a task, and the step
 * is tried again. An error that means out of reach is no defect: it is thrown, and Temporal tries again without limit.
 */

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let subject: string;
let isBroken: Broken;

beforeEach(async () => {
  isBroken = {};
  bench = await startBench([caseHandlers, breakable(referralHandlers, () => isBroken), inspectionHandlers]);
  bench.expectDefects();
  world = await seed(bench);
  const id = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
  subject = `referral/${id}`;
});
afterEach(() => bench.close());

const state = async () =>
  (await bench.db.referral.findUniqueOrThrow({ where: { id: subject.slice('referral/'.length) } })).state;
const kinds = async () => (await bench.waits(subject)).map(({ kind, role, due }) => [kind, role, due]);
const at = (day: string, time: string) => bench.clock.set(new Date(`${day}T${time}:00+05:00`));
const accept = { decision: 'accept', startOn: '2023-03-10' };

test('a step that fails each morning: its wait is put aside until the next, and the administrator’s task gets overdue', async () => {
  isBroken['silence'] = true;
  await bench.pass('7d');
  expect(await state()).toBe('delivered');
  expect(await kinds()).toEqual([
    ['decision', 'employer', '2023-03-06T23:59'],
    ['defect', 'administrator', '2023-03-08T09:00'],
  ]);
  const task = await bench.db.task.findFirstOrThrow({ where: { subject, kind: 'decision', closedAt: null } });
  expect(task.asideUntil).toEqual(new Date('2023-03-09T09:00:00+05:00'));
  expect(bench.defects.length).toBeGreaterThan(0);
});

test('after a mend the step is tried again in the morning, and the administrator’s task ends', async () => {
  isBroken['silence'] = true;
  await bench.pass('6d');
  isBroken = {};
  await bench.pass('2d');
  expect([await state(), await bench.db.task.count({ where: { kind: 'defect', closedAt: null } })]).toEqual([
    'silent',
    0,
  ]);
  expect(await bench.db.inspection.count()).toBe(1);
});

test('behind a wait that was put aside the other waits and the commands go on', async () => {
  isBroken['undelivered'] = true;
  await bench.db.referral.updateMany({ data: { state: 'issued', deliveredAt: null } });
  await bench.write(subject, async (transaction) => {
    const place = { area: '1726262', employerId: world.employerId };
    await openTask(transaction, { ...place, kind: 'delivery' });
  });
  at('2023-03-03', '10:00');
  await bench.activities.advance(subject);
  expect((await kinds()).map(([kind]) => kind)).toContain('defect');
  at('2023-03-07', '10:00');
  await bench.db.task.updateMany({
    where: { kind: 'delivery' },
    data: { asideUntil: new Date('2023-03-09T09:00:00+05:00') },
  });
  await bench.activities.advance(subject);
  expect(await state()).toBe('silent');
});

test('a command that fails is answered with 500 and recorded as failed, and the administrator learns the place', async () => {
  isBroken['decision'] = true;
  const id = await bench.record(subject, 'decision', accept, employerActor(world.employerId));
  expect(await bench.activities.carryOut(id)).toMatchObject({ status: 500, state: 'delivered' });
  expect(await bench.db.command.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'failed',
    status: 500,
    answer: { code: 'defect', detail: expect.stringContaining('“Accept or reject the referral”') },
  });
  const event = await bench.db.event.findFirstOrThrow({ where: { type: 'defect' } });
  expect(event.params).toMatchObject({ of: 'decision', error: 'RangeError' });
  expect(JSON.stringify(event.params)).not.toContain('repeats a name');
});

test('after a failed command the next command is carried out', async () => {
  isBroken['decision'] = true;
  await bench.give(subject, 'decision', accept, employerActor(world.employerId));
  isBroken = {};
  expect((await bench.give(subject, 'decision', accept, employerActor(world.employerId))).status).toBe(200);
  expect(
    (await bench.give(subject, 'withdrawal', { reason: 'other', words: 'ill' }, caseManager)).status,
  ).toBe(200);
});

test('a wait that no stage names is put aside and the administrator has a task; commands go on', async () => {
  await bench.db.task.create({
    data: {
      subject,
      kind: 'forgotten',
      role: 'clock',
      area: '1726262',
      since: await bench.clock.now(),
      due: await bench.clock.now(),
      nextAt: await bench.clock.now(),
    },
  });
  const { next } = await bench.activities.advance(subject);
  expect(next).toMatchObject({ wait: 'forgotten', at: Date.parse('2023-03-02T09:00:00+05:00') });
  expect((await kinds()).map(([kind]) => kind)).toEqual(['decision', 'forgotten', 'defect']);
  expect((await bench.give(subject, 'decision', accept, employerActor(world.employerId))).status).toBe(200);
});

test('a transaction that opens a wait which its stage does not name is refused as a defect', async () => {
  const opening = { kind: 'dispute', area: '1726262' } as const;
  await expect(bench.write(subject, (transaction) => openTask(transaction, opening))).rejects.toThrow(
    /no stage of referral\/R-000001 names the wait dispute in delivered/,
  );
  expect((await kinds()).map(([kind]) => kind)).toEqual(['decision']);
});

const toSilent: Step = async (transaction, id) => {
  await move(transaction, 'referral', await readReferral(transaction, id), 'silent');
};
const opensAnother: Step = (transaction) =>
  openTask(transaction, { kind: 'contract_answer', area: '1726262' });

test.each([
  ['moves its row into a state that does not have it', toSilent],
  ['leaves its row as it is', opensAnother],
])('a step that forgets its wait and %s: a defect, and the wait is put aside', async (_what, silence) => {
  const handlers = { ...referralHandlers, steps: { ...referralHandlers.steps, silence } };
  const there = walked(bench.db, createRowActivities(bench.records, [handlers], bench.sandbox.registers));
  at('2023-03-07', '10:00');
  await there.advance(subject);
  expect([await state(), (await kinds()).map(([kind]) => kind)]).toEqual([
    'delivered',
    ['decision', 'defect'],
  ]);
  const task = await bench.db.task.findFirstOrThrow({ where: { subject, kind: 'decision', closedAt: null } });
  expect(task).toMatchObject({
    nextAt: expect.any(Date),
    asideUntil: new Date('2023-03-08T09:00:00+05:00'),
  });
  expect(bench.defects.map(String)).toEqual([expect.stringMatching(/decision/)]);
});

test('an error that means out of reach is no defect: it is thrown, and nothing is recorded', async () => {
  const unreachable = new Proxy(bench.db, {
    get: (target, name): unknown =>
      name === 'inTransaction'
        ? () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
        : Reflect.get(target, name),
  });
  const records = { ...bench.records, db: unreachable };
  const there = walked(unreachable, createRowActivities(records, rowHandlers, bench.sandbox.registers));
  await expect(there.advance(subject)).rejects.toThrow('connect');
  expect(await bench.db.event.count({ where: { type: 'defect' } })).toBe(0);
});

describe('a row whose view as a whole cannot be computed', () => {
  const dueAt = (due: string) =>
    bench.db.$executeRaw`UPDATE tasks SET due = ${due}::timestamptz WHERE kind = 'decision'`;
  const lookDefects = () =>
    bench.db.task.count({ where: { subject, kind: 'defect', ref: 'look', closedAt: null } });

  beforeEach(() => dueAt('infinity'));

  test('answers its state and a look at 09:00 of the next day, and the administrator has a task', async () => {
    expect(await bench.activities.advance(subject)).toMatchObject({
      state: 'delivered',
      open: true,
      next: { does: 'look', at: Date.parse('2023-03-02T09:00:00+05:00') },
    });
    expect(await lookDefects()).toBe(1);
    expect(bench.defects.length).toBeGreaterThan(0);
  });

  test('after a mend is looked at in the morning: the task ends, and its waits go on', async () => {
    await bench.activities.advance(subject);
    await dueAt('2023-03-06T23:59:59+05:00');
    at('2023-03-02', '09:00');
    expect(await bench.activities.advance(subject)).toMatchObject({ next: { wait: 'decision' } });
    expect(await lookDefects()).toBe(0);
  });

  test('behaves the same if a look at its kind changes nothing', async () => {
    const { caseId } = await bench.db.referral.findFirstOrThrow();
    subject = `case/${caseId}`;
    const dueOfCase = (due: string) =>
      bench.db.$executeRaw`UPDATE tasks SET due = ${due}::timestamptz
        WHERE subject = ${subject} AND closed_at IS NULL AND kind <> 'defect'`;
    await bench.write(subject, (transaction) =>
      openTask(transaction, { kind: 'transfer_request', area: '1726262001', caseId }),
    );
    await dueOfCase('infinity');
    const look = { does: 'look', at: Date.parse('2023-03-02T09:00:00+05:00') };
    expect(await bench.activities.advance(subject)).toMatchObject({ open: true, next: look });
    expect(await lookDefects()).toBe(1);
    await dueOfCase('2023-03-20T23:59:59+05:00');
    at('2023-03-02', '09:00');
    expect((await bench.activities.advance(subject)).next).not.toMatchObject({ does: 'look' });
    expect(await lookDefects()).toBe(0);
  });

  test('still carries out its commands', async () => {
    const answer = await bench.give(subject, 'decision', accept, employerActor(world.employerId));
    expect([answer.status, await state()]).toEqual([200, 'accepted']);
  });

  test('still refuses its commands', async () => {
    const answer = await bench.give(subject, 'decision', accept, inspector);
    expect([answer.status, await state()]).toEqual([403, 'delivered']);
  });
});

test('two activities with the same name stop the worker at its start', () => {
  const twice = {
    ...referralHandlers,
    steps: { ...referralHandlers.steps, decision: referralHandlers.steps.silence },
  };
  expect(() => createRowActivities(bench.records, [twice], bench.sandbox.registers)).toThrow(
    'two activities are named referral.decision',
  );
});

test('a question whose task cannot be read is put aside', async () => {
  await bench.write(subject, (transaction) =>
    openTask(transaction, { kind: 'contract_answer', area: '1726262' }),
  );
  const { id } = await bench.db.task.findFirstOrThrow({ where: { kind: 'contract_answer' } });
  const read: typeof bench.db.$queryRaw = (query, ...values) =>
    JSON.stringify(query).includes('FROM tasks WHERE id =')
      ? Promise.reject(new RangeError('no instant'))
      : bench.db.$queryRaw(query, ...values);
  const db = new Proxy(bench.db, {
    get: (target, name): unknown => (name === '$queryRaw' ? read : Reflect.get(target, name)),
  });
  const { ask } = createRowActivities({ ...bench.records, db }, rowHandlers, bench.sandbox.registers);
  expect(await ask(subject, String(id))).toMatchObject({ state: 'delivered' });
  expect(await bench.db.task.findUniqueOrThrow({ where: { id } })).toMatchObject({
    closedAt: null,
    asideUntil: new Date('2023-03-02T09:00:00+05:00'),
  });
});

test.each(['decision', 'unheard_of'])(
  'a command %s whose answer cannot be recorded: the row is looked at in the morning',
  async (name) => {
    isBroken['decision'] = true;
    const id = await bench.record(subject, name, accept, employerActor(world.employerId));
    await bench.db.$executeRaw`
      CREATE FUNCTION refuse_answer() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no answer'; END $$`;
    await bench.db.$executeRaw`
      CREATE TRIGGER refuse_answer BEFORE UPDATE ON commands FOR EACH ROW EXECUTE FUNCTION refuse_answer()`;
    const { named, unknownCommand } = bench.activities;
    const view = await (name === 'decision'
      ? named['referral.decision']?.(subject, id)
      : unknownCommand(subject, id));
    await bench.db.$executeRaw`DROP FUNCTION refuse_answer CASCADE`;
    expect(view).toMatchObject({
      state: 'delivered',
      status: 500,
      next: { does: 'look', at: Date.parse('2023-03-02T09:00:00+05:00') },
    });
    expect((await kinds()).map(([kind]) => kind)).toEqual(['decision', 'defect']);
  },
);
