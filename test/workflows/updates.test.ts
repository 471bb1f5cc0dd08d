import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { addDays } from '../../domain/day';
import { eachOnItsPathway } from './each';
import { accept, decisionsOn, referredOn } from './referred';

// A separate file, in which no days pass. The time-skipping server's time stops after an update that was sent twice or waited for a
// worker.
const here = eachOnItsPathway();

const referred = () => referredOn(here());

const decided = (subject: string) => decisionsOn(here(), subject);

test('trap: two decisions in the first workflow task of a workflow', async () => {
  const { subject, employer } = await referred();
  await here().lose(subject);
  const commands = [
    await here().record(subject, 'decision', { ...accept, startOn: '2023-03-13' }, employer),
    await here().record(subject, 'decision', accept, employer),
  ];
  await here().stopWorker();
  const both = Promise.all(commands.map((id) => here().update(subject, 'decision', id)));
  await sleep(300);
  await here().startWorker();
  expect(new Set(await both)).toEqual(new Set([200, 409]));
  await here().settle();
  expect(await decided(subject)).toHaveLength(1);
});

test('trap: the caller of an update gave up: the update is carried out once when a worker comes back', async () => {
  const { subject, employer } = await referred();
  await here().lose(subject);
  const id = await here().record(subject, 'decision', accept, employer);
  await here().stopWorker();
  const gaveUp = here().client.withDeadline(Date.now() + 1000, () => here().update(subject, 'decision', id));
  await expect(gaveUp).rejects.toThrow(WorkflowUpdateRPCTimeoutOrCancelledError);
  expect(await here().answerOf(id)).toMatchObject({ state: 'pending' });
  await here().startWorker();
  await here().workflows.carryOut(subject, 'decision', id);
  await here().settle();
  expect(await here().answerOf(id)).toMatchObject({ state: 'done', status: 200 });
  expect(await decided(subject)).toEqual(['referral_accepted']);
});

test('trap: the update id is not the key: two updates with one id, or two ids for one command, are one act', async () => {
  const { subject, employer } = await referred();
  const id = await here().record(subject, 'decision', accept, employer);
  expect([
    await here().update(subject, 'decision', id),
    await here().update(subject, 'decision', id),
    await here().update(subject, 'decision', id, 'another'),
  ]).toEqual([200, 200, 200]);
  await here().lose(subject);
  expect(await here().update(subject, 'decision', id)).toBe(200);
  await here().settle();
  expect(await decided(subject)).toEqual(['referral_accepted']);
});

test('trap: the update id is not the key: a refusal stays the answer of its command, and the next command has its own', async () => {
  const { subject, employer } = await referred();
  const tooLate = { decision: 'accept', startOn: addDays('2023-03-01', 60) };
  const refused = await here().record(subject, 'decision', tooLate, employer);
  expect(await here().update(subject, 'decision', refused, 'one')).toBe(422);
  expect(await here().update(subject, 'decision', refused, 'two')).toBe(422);
  expect((await here().give(subject, 'decision', accept, employer)).status).toBe(200);
});
