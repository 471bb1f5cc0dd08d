import { closeTasks, openTask } from '../records/kernel/tasks';
import {
  type Bench,
  caseManager,
  MAHALLA,
  pathwayHandlers,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../test/support/bench';
import type { Batch } from './batch';
import { createCalendarActivities } from './calendar';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

/** Wednesday 1 March 2023: the case's first referral is due in 10 working days (8 March is none), on Thursday 16 March. */
beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
});
afterEach(() => bench.close());

const subject = 'calendar/K-000001';
const HOUR_MS = 3_600_000;

/** The administrator makes a day a holiday. The change's workflow computes every batch. */
async function holiday(...days: string[]): Promise<Batch[]> {
  const now = await bench.clock.now();
  for (const date of days)
    await bench.db.calendarEntry.create({
      data: { date, week: 'five', kind: 'extra', status: 'published' },
    });
  await bench.db.calendarChange.create({
    data: { id: 'K-000001', date: days[0] ?? '', at: now, state: 'computing', since: now },
  });
  return computed();
}

async function computed(): Promise<Batch[]> {
  const activities = createCalendarActivities(bench.records);
  const batches: Batch[] = [];
  for (let after: string | undefined = ''; after !== undefined; after = batches.at(-1)?.next)
    batches.push(await activities.recomputeDeadlines(subject, after));
  return batches;
}

const woken = async () =>
  (await bench.db.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ target }) => target);
const due = async (of: string) => (await bench.waits(of)).map((wait) => wait.due);

test('deadlines over the changed day move, and only their rows are woken', async () => {
  const referral = await refer(bench, caseId, world.vacant);
  await bench.write('referral/R-000099', (transaction) =>
    openTask(transaction, { kind: 'hearing', area: MAHALLA, from: '2023-03-01' }),
  );
  expect(await holiday('2023-03-03')).toEqual([{ moved: 1, wakes: true }]);
  expect(await bench.db.event.findFirst({ where: { type: 'deadlines_recomputed' } })).toMatchObject({
    params: { moved: 1, which: expect.stringMatching(/^[CR]-0000\d\d$/) },
  });
  // The employer's 5 calendar days end on Monday 6 March as before. The hearing's 3 working days end a day later.
  expect(await due(`referral/${referral}`)).toEqual(['2023-03-06T23:59']);
  expect(await due('referral/R-000099')).toEqual(['2023-03-07T23:59']);
  expect(await woken()).toEqual(['referral/R-000099']);
});

test('the last batch closes the change with the number of moved deadlines', async () => {
  await holiday('2023-03-09', '2023-03-10');
  expect(await due(`case/${caseId}`)).toEqual(['2023-03-20T23:59']);
  expect(await bench.db.calendarChange.findFirstOrThrow()).toMatchObject({
    state: 'done',
    open: false,
    moved: 1,
  });
  const event = await bench.db.event.findFirstOrThrow({ where: { type: 'deadlines_recomputed' } });
  expect(event).toMatchObject({ subject, params: { date: '2023-03-09', moved: 1 } });
});

test('a repetition moves nothing more', async () => {
  expect(await holiday('2023-03-09')).toEqual([{ moved: 1, wakes: true }]);
  await bench.db.outbox.deleteMany();
  await bench.db.calendarChange.update({ where: { id: 'K-000001' }, data: { open: true } });
  expect(await computed()).toEqual([{ moved: 0, wakes: false }]);
  expect(await computed()).toEqual([{ moved: 0, wakes: false }]);
  expect(await due(`case/${caseId}`)).toEqual(['2023-03-17T23:59']);
});

test('reminders follow the new end', async () => {
  const next = async () =>
    (await bench.db.task.findFirstOrThrow({ where: { subject: `case/${caseId}`, closedAt: null } })).nextAt;
  expect(await next()).toEqual(new Date('2023-03-14T09:00:00+05:00'));
  await holiday('2023-03-09');
  expect(await next()).toEqual(new Date('2023-03-15T09:00:00+05:00'));
});

test('a deadline that has fired stays fired, and a closed deadline does not change', async () => {
  await bench.pass('17d');
  const [task] = await bench.db.task.findMany({ where: { subject: `case/${caseId}`, closedAt: null } });
  expect(task?.rung).toBe(-1);
  await bench.write('referral/R-000099', async (transaction) => {
    await openTask(transaction, { kind: 'hearing', area: MAHALLA });
    await closeTasks(transaction, {}, 'done');
  });
  expect(await holiday('2023-03-09', '2023-03-20')).toEqual([{ moved: 0, wakes: false }]);
  expect(await due(`case/${caseId}`)).toEqual(['2023-03-16T23:59']);
});

test('a deadline that would now be in the past ends today', async () => {
  await holiday('2023-03-09');
  await bench.settle();
  await bench.pass('14d');
  expect((await bench.clock.now()).toISOString()).toBe('2023-03-15T04:00:00.000Z');
  await bench.db.calendarEntry.deleteMany();
  await bench.db.calendarEntry.createMany({
    data: ['2023-03-04', '2023-03-05'].map((date) => ({
      date,
      week: 'five',
      kind: 'working',
      status: 'published',
    })),
  });
  await bench.db.calendarChange.update({ where: { id: 'K-000001' }, data: { open: true } });
  await computed();
  expect(await due(`case/${caseId}`)).toEqual(['2023-03-15T23:59']);
});

test('questions to registers keep their ten days', async () => {
  await bench.write('retention/J-000001', (transaction) =>
    openTask(transaction, { kind: 'check_answer', ref: '1', area: MAHALLA }),
  );
  const before = await due('retention/J-000001');
  await holiday('2023-03-13');
  expect(await due('retention/J-000001')).toEqual(before);
});

test('very many deadlines are computed in batches', async () => {
  await bench.db.task.createMany({
    data: Array.from({ length: 450 }, (_, i) => ({
      subject: `referral/R-1${String(i).padStart(5, '0')}`,
      kind: 'hearing',
      role: 'case_manager',
      assigneeId: caseManager.id,
      area: MAHALLA,
      since: new Date('2023-03-01T09:00:00+05:00'),
      due: new Date('2023-03-06T23:59:59+05:00'),
      rule: { from: '2023-03-01', length: { n: 3, unit: 'workingDays' } },
      nextAt: new Date('2023-03-05T09:00:00+05:00'),
    })),
  });
  const batches = await holiday('2023-03-03');
  expect(batches.map(({ moved }) => moved)).toEqual([50, 50, 50, 50, 50, 50, 50, 50, 50, 1]);
  expect(await bench.db.outbox.count()).toBe(451);
  expect(await bench.db.calendarChange.findFirstOrThrow()).toMatchObject({ open: false, moved: 451 });
});

describe('a deadline that no rule can compute', () => {
  let referral: string;
  let others: string[];
  const withLength = (n: number, unit: string) =>
    bench.db.task.updateMany({
      where: { subject: `referral/${referral}`, kind: 'decision', closedAt: null },
      data: { rule: { from: '2023-03-01', length: { n, unit } } },
    });
  const defect = () => bench.db.task.findFirst({ where: { kind: 'defect', closedAt: null } });
  const change = () => bench.db.calendarChange.findFirstOrThrow();

  beforeEach(async () => {
    bench.expectDefects();
    referral = await refer(bench, caseId, world.vacant);
    await withLength(-1, 'days');
    await bench.write(`case/${caseId}`, (transaction) =>
      openTask(transaction, { kind: 'closure', area: MAHALLA, caseId }),
    );
    others = (await due(`case/${caseId}`)).map(String);
  });

  test('it is left out, the administrator has a task, and the other deadlines move', async () => {
    const batches = await holiday('2023-03-09');
    expect(await due(`case/${caseId}`)).not.toEqual(others);
    expect(await defect()).toMatchObject({
      subject: `referral/${referral}`,
      ref: 'recomputing',
      role: 'administrator',
    });
    expect(bench.defects).toHaveLength(1);
    expect(batches.at(-1)).toEqual({ moved: 1, wakes: true, againMs: 24 * HOUR_MS });
    expect(await change()).toMatchObject({ open: true, moved: 1 });
  });

  test('without a mend it is left out again in the morning, and the administrator’s task is overdue', async () => {
    await holiday('2023-03-09');
    const first = await defect();
    bench.clock.set(new Date('2023-03-03T09:00:00+05:00'));
    expect((await computed()).at(-1)).toMatchObject({ moved: 0, againMs: 24 * HOUR_MS });
    expect(await defect()).toMatchObject({ id: first?.id, due: first?.due });
    expect(await change()).toMatchObject({ open: true });
  });

  test('after a mend it is computed in the morning, the task ends and the change is done', async () => {
    await holiday('2023-03-06');
    await withLength(3, 'workingDays');
    bench.clock.set(new Date('2023-03-02T09:00:00+05:00'));
    expect((await computed()).at(-1)?.againMs).toBeUndefined();
    expect(await due(`referral/${referral}`)).toEqual(['2023-03-07T23:59']);
    expect([await defect(), (await change()).open]).toEqual([null, false]);
  });

  test('it is left out, too, if the database refuses it', async () => {
    await withLength(3, 'workingDays');
    await bench.db.$executeRaw`
      ALTER TABLE tasks ADD CONSTRAINT refused CHECK (kind <> 'decision' OR due < '2023-03-07T00:00:00+05:00')`;
    await holiday('2023-03-06');
    expect(await due(`case/${caseId}`)).not.toEqual(others);
    expect(await defect()).toMatchObject({ subject: `referral/${referral}`, ref: 'recomputing' });
  });
});

test('a change that cannot be closed: the administrator has a task, and the change begins again in the morning', async () => {
  bench.expectDefects();
  await bench.db.$executeRaw`
    CREATE FUNCTION refuse_closing() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'not closed'; END $$`;
  await bench.db.$executeRaw`
    CREATE TRIGGER refuse_closing BEFORE UPDATE ON calendar_changes FOR EACH ROW
    WHEN (NOT NEW.open) EXECUTE FUNCTION refuse_closing()`;
  const tasks = () => bench.db.task.findMany({ where: { kind: 'defect', closedAt: null } });
  expect((await holiday('2023-03-09')).at(-1)).toEqual({ moved: 0, wakes: true, againMs: 24 * HOUR_MS });
  expect(await due(`case/${caseId}`)).toEqual(['2023-03-17T23:59']);
  expect(await tasks()).toMatchObject([{ subject, ref: 'recomputing', role: 'administrator' }]);
  await bench.db.$executeRaw`DROP FUNCTION refuse_closing CASCADE`;
  expect((await computed()).at(-1)).not.toHaveProperty('againMs');
  expect([await tasks(), (await bench.db.calendarChange.findFirstOrThrow()).open]).toEqual([[], false]);
});
