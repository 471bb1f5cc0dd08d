import { employerActor, seed } from '../support/bench';
import { eachOnItsPathway } from './each';

const here = eachOnItsPathway();

const minute = (instant: Date | null | undefined): string | undefined => instant?.toISOString().slice(0, 16);

test('silence: reminders at 09:00 of the last two days, silent right after the last second, then the inspectorate', async () => {
  const { db, ...on } = here();
  const world = await seed(here());
  const { caseId, referralId } = await here().referred(world);
  const subject = `referral/${referralId}`;
  await on.until('2023-03-06', '23:59');
  expect(await on.events(subject)).toEqual(['referral_delivered']);
  expect(await on.waits(subject)).toEqual(['decision: employer']);
  await on.until('2023-03-07', '00:01');

  const reminders = await db.notice.findMany({ where: { subject, type: 'reminder', channel: 'sms' } });
  expect(reminders.map(({ createdAt }) => minute(createdAt))).toEqual([
    '2023-03-04T04:00',
    '2023-03-05T04:00',
  ]);
  const referral = await db.referral.findUniqueOrThrow({ where: { id: referralId } });
  expect([referral.state, minute(referral.endedAt)]).toEqual(['silent', '2023-03-06T19:00']);
  expect(await db.case.findUnique({ where: { id: caseId } })).toMatchObject({ state: 'planning' });
  const inspection = await db.inspection.findFirstOrThrow();
  expect(inspection).toMatchObject({ ground: 'silence', state: 'examining' });
  expect(await on.isRunning(subject)).toBe(false);
  expect(await on.isRunning(`inspection/${inspection.id}`)).toBe(true);
});

test('an unresolved inspection passes to the chief inspector after 15 working days, and stays there', async () => {
  const { db, ...on } = here();
  const { referralId } = await here().referred(await seed(here()));
  await on.until('2023-03-07', '00:01');
  const { id } = await db.inspection.findFirstOrThrow({ where: { referralId } });
  await on.until('2023-04-01', '12:00');
  const task = await db.task.findFirstOrThrow({ where: { subject: `inspection/${id}`, closedAt: null } });
  expect(task).toMatchObject({ kind: 'resolution', role: 'labour_inspector', rank: 'head', escalated: 1 });
  await on.until('2023-05-01', '12:00');
  expect(await db.inspection.findUnique({ where: { id } })).toMatchObject({ state: 'examining', open: true });
});

test('rejected with reasons: the inspection begins, the referral’s workflow ends', async () => {
  const world = await seed(here());
  const { referralId } = await here().referred(world);
  const rejected = await here().give(
    `referral/${referralId}`,
    'decision',
    { decision: 'reject', code: 'qualification', grounds: 'no diploma of tailoring' },
    employerActor(world.employerId),
  );
  expect(rejected).toMatchObject({ status: 200, body: { state: 'rejected' } });
  expect(await here().isRunning(`referral/${referralId}`)).toBe(false);
  const { id } = await here().db.inspection.findFirstOrThrow();
  expect(await here().isRunning(`inspection/${id}`)).toBe(true);
});
