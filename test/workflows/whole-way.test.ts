import type { CaseState } from '../../domain/pathways/case';
import { caseManager, employerActor, PINFL, seed, STIR, supervisor } from '../support/bench';
import type { Pathway } from '../support/pathway-server';
import { eachOnItsPathway } from './each';

const here = eachOnItsPathway();

/** A person referred, accepted and hired from 10 March 2023, confirmed by the labour register. */
async function hired() {
  const world = await seed(here());
  const { caseId, referralId } = await here().referred(world);
  const employer = employerActor(world.employerId);
  const referral = `referral/${referralId}`;
  await here().give(referral, 'decision', { decision: 'accept', startOn: '2023-03-10' }, employer);
  await here().until('2023-03-10', '10:00');
  await here().sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'M-1' } } });
  await here().give(referral, 'contract', { contract: 'M-1', since: '2023-03-10' }, employer);
  const { id } = await here().db.employment.findFirstOrThrow();
  return { ...world, caseId, referral, job: id, retention: `retention/${id}` };
}

const caseState = async (caseId: string): Promise<string> =>
  (await here().db.case.findUniqueOrThrow({ where: { id: caseId } })).state;

test('accepted, contract, hired, six checks in six months, retained, closed', async () => {
  const { db, ...on } = here();
  const { caseId, referral, job, retention } = await hired();
  expect(await db.referral.findFirst()).toMatchObject({ state: 'hired', open: false });
  expect([await caseState(caseId), await on.isRunning(referral), await on.isRunning(retention)]).toEqual([
    'employed' satisfies CaseState,
    false,
    true,
  ]);

  const days = ['04-10', '05-10', '06-10', '07-10', '08-10', '09-10'].map((day) => `2023-${day}`);
  for (const [index, day] of days.entries()) {
    await on.until(day, '08:59');
    expect(await passed(here(), job)).toBe(index);
    await on.until(day, '09:05');
    expect(await passed(here(), job)).toBe(index + 1);
  }

  expect(await db.employment.findFirst()).toMatchObject({ state: 'retained', open: false });
  expect(await caseState(caseId)).toBe('retained');
  expect(await on.waits(`case/${caseId}`)).toContain('closure: case_manager');
  expect(await on.isRunning(retention)).toBe(false);

  const closed = await on.give(
    `case/${caseId}`,
    'closure',
    { outcome: 'retained', summary: 'she works there gladly', personAgrees: true },
    caseManager,
  );
  expect(closed).toMatchObject({ status: 200, body: { state: 'closed' } });
  expect(await on.isRunning(`case/${caseId}`)).toBe(false);
  expect(await db.task.count({ where: { caseId, closedAt: null } })).toBe(0);
  expect(on.executions(`case/${caseId}`)).toBe(1);
});

const passed = ({ db }: Pathway, employmentId: string): Promise<number> =>
  db.check.count({ where: { employmentId, state: 'passed' } });

test('an unclosed case passes to the supervisor after 10 working days', async () => {
  const { caseId } = await hired();
  await here().until('2023-09-30', '12:00');
  expect(await here().waits(`case/${caseId}`)).toContain('closure: supervisor');
});

test('an end that the register confirms brings the case back to planning; monitoring begins again with the next job', async () => {
  const { caseId, retention, reserved } = await hired();
  await here().until('2023-05-20', '12:00');
  await here().sandbox.script({ yammt: { ends: { pinfl: PINFL, stir: STIR, on: '2023-05-20' } } });
  await here().until('2023-06-12', '12:00');
  expect(await here().db.employment.findFirst()).toMatchObject({ state: 'ended', endedOn: '2023-05-20' });
  expect([await caseState(caseId), await here().isRunning(retention)]).toEqual(['planning', false]);
  const again = await here().give(`case/${caseId}`, 'referral', { vacancy: reserved }, caseManager);
  expect(again.status).toBe(201);
});

test('a reopened case continues under the same id, in a workflow begun again from its row', async () => {
  const world = await seed(here());
  const caseId = await here().openCase(world.personId);
  const subject = `case/${caseId}`;
  const gone = { reason: 'she moves to her brother' };
  expect((await here().give(subject, 'withdrawal', gone, caseManager)).status).toBe(200);
  expect(await here().isRunning(subject)).toBe(false);
  await here().pass('30d');
  const reopened = await here().give(subject, 'reopening', { reason: 'she came back to us' }, supervisor);
  expect(reopened).toMatchObject({ status: 200, body: { state: 'assessment' } });
  expect([await here().isRunning(subject), here().executions(subject)]).toEqual([true, 2]);
  expect(await here().waits(subject)).toContain('assessment: case_manager');
});
