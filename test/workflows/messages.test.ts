import { setTimeout as sleep } from 'node:timers/promises';
import { signalsIn } from '../support/histories';
import { written } from '../support/pathway-server';
import { eachOnItsPathway } from './each';
import { accept, decisionsOn, referredOn } from './referred';

const here = eachOnItsPathway();

const LONGER_THAN_A_WORKFLOW_TASK_MS = 4500;

const referred = () => referredOn(here());

const decided = (subject: string) => decisionsOn(here(), subject);

test('trap: two decisions in one workflow task: exactly one wins, the other is refused', async () => {
  const { subject, employer, referralId } = await referred();
  const startOn = ['2023-03-10', '2023-03-13'] as const;
  const commands = await Promise.all(
    startOn.map((day) => here().record(subject, 'decision', { ...accept, startOn: day }, employer)),
  );
  // Both arrive while the workflow is busy with its row, so its next task has both.
  let release = (): void => undefined;
  here().faults.set('look', new Promise((resolve) => (release = resolve)));
  await here().workflows.refresh(subject);
  await sleep(200);
  const both = Promise.all(commands.map((id) => here().update(subject, 'decision', id)));
  await sleep(300);
  here().faults.clear();
  release();
  const statuses = await both;
  await here().settle();

  expect(await updatesPerTask(subject)).toContain(2);
  expect(new Set(statuses)).toEqual(new Set([200, 409]));
  const answers = await Promise.all(commands.map((id) => here().answerOf(id)));
  expect(answers.map(({ status }) => status)).toEqual(statuses);
  const won = statuses.indexOf(200);
  expect(await decided(subject)).toEqual(['referral_accepted']);
  expect(await here().db.referral.findUnique({ where: { id: referralId } })).toMatchObject({
    state: 'accepted',
    startOn: startOn[won],
  });
  expect(answers[1 - won]?.body).toMatchObject({ code: 'already_decided', state: 'accepted' });
});

/** The number of updates in each workflow task of a row's execution. */
async function updatesPerTask(subject: string): Promise<number[]> {
  const { events } = await here().historyOf(subject);
  const accepted = (events ?? []).flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: it }) =>
    it ? [String(it.acceptedRequestSequencingEventId)] : [],
  );
  return [...new Set(accepted)].map((task) => accepted.filter((each) => each === task).length);
}

test('trap: a handler registered after loading state: the command that begins a lost workflow is carried out', async () => {
  const { subject, employer } = await referred();
  await here().lose(subject);
  const answer = await here().give(subject, 'decision', accept, employer);
  expect(answer).toMatchObject({ status: 200, body: { state: 'accepted' } });
  expect([await here().isRunning(subject), here().executions(subject)]).toEqual([true, 2]);
});

test('trap: a command for a workflow that has ended is answered from the row, and the workflow ends again', async () => {
  const { subject, employer } = await referred();
  await here().give(subject, 'decision', written.rejection, employer);
  expect(await here().isRunning(subject)).toBe(false);
  const again = await here().give(subject, 'decision', written.rejection, employer);
  expect(again).toMatchObject({ status: 409, body: { code: 'already_decided', state: 'rejected' } });
  expect(await here().isRunning(subject)).toBe(false);
  expect(await decided(subject)).toEqual(['referral_rejected']);
});

test('trap: signals to a workflow that has not begun or has ended begin it from its row', async () => {
  const { subject, employer, caseId } = await referred();
  await here().lose(subject);
  await here().workflows.refresh(subject);
  await here().settle();
  expect([await here().isRunning(subject), here().executions(subject)]).toEqual([true, 2]);
  await here().lose(`case/${caseId}`);
  await here().give(subject, 'decision', written.rejection, employer);
  expect(await here().isRunning(`case/${caseId}`)).toBe(true);
  while (await here().isRunning(subject)) await here().settle();
  await here().workflows.refresh(subject);
  await here().settle();
  expect([await here().isRunning(subject), here().executions(subject)]).toEqual([false, 3]);
});

test('the row is the truth: after a refresh the workflow follows a change that it did not make', async () => {
  const { subject, referralId } = await referred();
  const extended = new Date('2023-03-09T23:59:59+05:00');
  await here().db.task.updateMany({
    where: { subject, kind: 'decision', closedAt: null },
    data: { due: extended, nextAt: new Date(extended.getTime() + 1000) },
  });
  await here().workflows.refresh(subject);
  await here().until('2023-03-09', '23:58');
  expect(await decided(subject)).toEqual([]);
  await here().until('2023-03-10', '00:01');
  expect(await decided(subject)).toEqual(['referral_silent']);
  expect(await here().db.referral.findUnique({ where: { id: referralId } })).toMatchObject({ open: false });
});

test('a row that passes for new: its workflow is begun, and one that runs already reads its row again', async () => {
  const { subject } = await referred();
  const signals = signalsIn(await here().historyOf(subject));
  await here().workflows.refresh(subject, true);
  await here().settle();
  expect(signalsIn(await here().historyOf(subject))).toBe(signals + 1);
  await here().lose(subject);
  await here().workflows.refresh(subject, true);
  await here().settle();
  expect([await here().isRunning(subject), here().executions(subject)]).toEqual([true, 2]);
  expect(signalsIn(await here().historyOf(subject))).toBe(0);
});

test('the row is the truth: after a refresh the workflow of a row that was closed elsewhere ends', async () => {
  const { subject, referralId } = await referred();
  await here().write(subject, async ({ tx, now }) => {
    await tx.task.updateMany({ where: { subject }, data: { closedAt: now, nextAt: null } });
    await tx.referral.update({ where: { id: referralId }, data: { open: false, state: 'withdrawn' } });
  });
  expect(await here().isRunning(subject)).toBe(true);
  await here().workflows.refresh(subject);
  await here().settle();
  expect(await here().isRunning(subject)).toBe(false);
});

test('the row is the truth: a row opens again during an older reading of it as closed, and the workflow continues', async () => {
  const { subject, referralId } = await referred();
  const set = (open: boolean) =>
    here().write(subject, async ({ tx, now }) => {
      const [state, closedAt] = open ? ['delivered', null] : ['withdrawn', now];
      await tx.task.updateMany({ where: { subject, kind: 'decision' }, data: { closedAt } });
      await tx.referral.update({ where: { id: referralId }, data: { open, state } });
    });
  await set(false);
  here().faults.set('look', sleep(LONGER_THAN_A_WORKFLOW_TASK_MS));
  await here().workflows.refresh(subject);
  await sleep(1000);
  here().faults.clear();
  await set(true);
  await here().workflows.refresh(subject);
  await sleep(LONGER_THAN_A_WORKFLOW_TASK_MS);
  await here().settle();
  expect([await here().isRunning(subject), here().executions(subject)]).toEqual([true, 1]);
});

test('a refresh of a row without due work changes nothing', async () => {
  const { subject, db } = { ...here(), ...(await referred()) };
  const before = await db.event.count();
  const signals = signalsIn(await here().historyOf(subject));
  for (let i = 0; i < 3; i++) await here().workflows.refresh(subject);
  await here().settle();
  expect(signalsIn(await here().historyOf(subject))).toBe(signals + 3);
  expect(await db.event.count()).toBe(before);
});
