import { employerActor, PINFL, seed, STIR } from '../support/bench';
import { signalsIn } from '../support/histories';
import { eachOnItsPathway } from './each';

const here = eachOnItsPathway();

/** A person in work since 10 March, as the labour register knows. */
async function employed() {
  const world = await seed(here());
  const { caseId, referralId } = await here().referred(world);
  const referral = `referral/${referralId}`;
  const employer = employerActor(world.employerId);
  await here().give(referral, 'decision', { decision: 'accept', startOn: '2023-03-10' }, employer);
  await here().until('2023-03-10', '10:00');
  await here().sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'M-1' } } });
  await here().give(referral, 'contract', { contract: 'M-1', since: '2023-03-10' }, employer);
  const { id } = await here().db.employment.findFirstOrThrow();
  return { caseId, job: id, retention: `retention/${id}` };
}

const told = (event: string, type: string, more: object) => ({
  register: 'yammt',
  event,
  type,
  at: '2023-03-20T10:00:00+05:00',
  pinfl: PINFL,
  stir: STIR,
  contract: 'M-1',
  ...more,
});
const ended = { on: '2023-03-20', reason: 'resigned' } as const;

const stateOf = async (id: string): Promise<string> =>
  (await here().db.employment.findUniqueOrThrow({ where: { id } })).state;

const of = async (subject: string, type: string): Promise<number> =>
  (await here().events(subject)).filter((each) => each === type).length;

test('the same news twice, and its workflow begun twice: the rows change once', async () => {
  const { job, retention } = await employed();
  await here().until('2023-03-20', '10:00');
  await here().sandbox.script({ yammt: { ends: { pinfl: PINFL, stir: STIR, ...ended } } });
  const end = told('E-1', 'contract_ended', ended);
  expect(await here().news(end)).toBe('new');
  expect(await here().news(end)).toBe('known');
  expect([await stateOf(job), await of(retention, 'end_reported')]).toEqual(['ending', 1]);
  expect(await of('news/yammt/E-1', 'news')).toBe(1);
  expect(await here().isRunning('news/yammt/E-1')).toBe(false);
  await here().until('2023-03-21', '12:00');
  expect([await stateOf(job), await of(retention, 'employment_ended')]).toEqual(['ended', 1]);
  expect(await here().isRunning(retention)).toBe(false);
});

test('news out of order, taken back before the end: the register is asked, and the employment continues', async () => {
  const { job, caseId } = await employed();
  await here().until('2023-03-20', '10:00');
  await here().news(told('E-2', 'end_taken_back', { since: '2023-03-10' }));
  expect(await stateOf(job)).toBe('in_force');
  await here().news(told('E-1', 'contract_ended', ended));
  expect(await stateOf(job)).toBe('ending');
  await here().until('2023-03-21', '12:00');
  expect(await stateOf(job)).toBe('in_force');
  expect(await here().db.case.findUnique({ where: { id: caseId } })).toMatchObject({ state: 'employed' });
});

test('an end taken back after it was confirmed begins the ended workflow again from its row', async () => {
  const { job, retention } = await employed();
  await here().until('2023-03-20', '10:00');
  await here().sandbox.script({ yammt: { ends: { pinfl: PINFL, stir: STIR, ...ended } } });
  await here().news(told('E-1', 'contract_ended', ended));
  await here().until('2023-03-21', '12:00');
  expect([await stateOf(job), await here().isRunning(retention)]).toEqual(['ended', false]);
  await here().sandbox.script({ yammt: { takes_back: { pinfl: PINFL, stir: STIR } } });
  await here().news(told('E-2', 'end_taken_back', { since: '2023-03-10' }));
  expect([await stateOf(job), await here().isRunning(retention)]).toEqual(['in_force', true]);
  expect(here().executions(retention)).toBe(2);
});

test('news about an unknown person is recorded and changes nothing', async () => {
  await employed();
  const before = await here().db.task.count();
  await here().news({ ...told('E-9', 'contract_ended', ended), stir: '309999999' } as never);
  expect(await here().db.news.findFirst()).toMatchObject({ state: 'done', open: false });
  expect(await here().db.task.count()).toBe(before);
});

test('a holiday moves only the deadlines that depend on it, and wakes only their rows', async () => {
  const { db, ...on } = here();
  const { caseId, referralId } = await here().referred(await seed(here()));
  const [subject, other] = [`referral/${referralId}`, `case/${caseId}`];
  const dueOf = async () =>
    (await db.task.findFirstOrThrow({ where: { subject, kind: 'decision', closedAt: null } })).due;
  const before = { moved: await signalsOf(subject), other: await signalsOf(other) };
  expect(await dueOf()).toEqual(new Date('2023-03-06T23:59:59+05:00'));

  const date = '2023-03-06';
  await db.calendarEntry.create({ data: { date, week: 'all', kind: 'eid', status: 'published' } });
  const at = await on.clock.now();
  const change = { id: 'K-000001', date, at, state: 'recomputing', since: at };
  await db.calendarChange.create({ data: change });
  await on.workflows.refresh('calendar/K-000001');
  await on.settle();

  expect(await db.calendarChange.findFirst()).toMatchObject({ state: 'done', open: false, moved: 1 });
  expect(await on.isRunning('calendar/K-000001')).toBe(false);
  expect(await dueOf()).toEqual(new Date('2023-03-07T23:59:59+05:00'));
  expect({ moved: await signalsOf(subject), other: await signalsOf(other) }).toEqual({
    moved: before.moved + 1,
    other: before.other,
  });
  await on.until('2023-03-07', '23:58');
  expect(await db.referral.findFirst()).toMatchObject({ state: 'delivered' });
  await on.until('2023-03-08', '00:01');
  expect(await db.referral.findFirst()).toMatchObject({ state: 'silent' });
});

test('a defect leaves a deadline out of a change of the calendar: the deadline moves on the morning after the mend', async () => {
  const { db, ...on } = here();
  const { referralId } = await here().referred(await seed(here()));
  const decision = { subject: `referral/${referralId}`, kind: 'decision', closedAt: null };
  const { rule } = await db.task.findFirstOrThrow({ where: decision });
  const broken = { ...(rule as object), length: { n: -1, unit: 'days' } };
  await db.task.updateMany({ where: decision, data: { rule: broken } });

  const date = '2023-03-06';
  await db.calendarEntry.create({ data: { date, week: 'all', kind: 'eid', status: 'published' } });
  const at = await on.clock.now();
  const change = { id: 'K-000001', date, at, state: 'recomputing', since: at };
  await db.calendarChange.create({ data: change });
  await on.workflows.refresh('calendar/K-000001');
  await on.settle();
  expect([
    await on.isRunning('calendar/K-000001'),
    await db.task.count({ where: { kind: 'defect' } }),
  ]).toEqual([true, 1]);

  await db.task.updateMany({ where: decision, data: { rule: rule as object } });
  await on.until('2023-03-02', '09:01');
  expect(await on.isRunning('calendar/K-000001')).toBe(false);
  expect(await db.task.findFirst({ where: decision })).toMatchObject({
    due: new Date('2023-03-07T23:59:59+05:00'),
  });
});

const signalsOf = async (subject: string): Promise<number> => signalsIn(await here().historyOf(subject));
