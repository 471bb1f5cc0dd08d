import { setTimeout as sleep } from 'node:timers/promises';
import { caseManager, employerActor, PINFL, seed, STIR } from '../support/bench';
import { eachOnItsPathway } from './each';
import { accept, decisionsOn, referredOn } from './referred';

const here = eachOnItsPathway();

const referred = () => referredOn(here());

const stateOf = async (id: string): Promise<string> =>
  (await here().db.referral.findUniqueOrThrow({ where: { id } })).state;

const outcomes = (subject: string) => decisionsOn(here(), subject);

test('the labour register is down for 7 days over the contract’s deadline: unknown is not no', async () => {
  const { subject, employer, referralId } = await referred();
  await here().give(subject, 'decision', accept, employer);
  await here().until('2023-03-10', '12:00');
  await here().sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'M-1' } } });
  await here().sandbox.script({ yammt: { down: { for: '7d' } } });
  await here().until('2023-03-13', '12:00');
  expect([await stateOf(referralId), await here().waits(subject)]).toEqual([
    'confirming',
    ['contract_answer: register'],
  ]);
  await here().until('2023-03-17', '11:00');
  expect(await stateOf(referralId)).toBe('confirming');
  expect(await here().db.inspection.count()).toBe(0);
  const asked = await here().db.registerAnswer.findMany({ where: { subject } });
  expect(asked.length).toBeGreaterThan(10);
  expect(new Set(asked.map(({ answer }) => answer))).toEqual(new Set(['unknown']));
  await here().until('2023-03-18', '00:30');
  expect(await stateOf(referralId)).toBe('hired');
});

test('the labour register is silent for more than 10 days: a person is asked for evidence, and silence is not no', async () => {
  const { subject, employer, referralId } = await referred();
  await here().give(subject, 'decision', accept, employer);
  await here().sandbox.script({ yammt: { down: {} } });
  // Ten days after the end of the contract's time is Navruz.
  await here().until('2023-03-23', '12:00');
  expect([await stateOf(referralId), await here().waits(subject)]).toEqual([
    'confirming',
    ['contract_answer: register', 'contract_evidence: case_manager'],
  ]);
  const document = { number: 'B-12', date: '2023-03-10', issuer: 'Nur Tikuv' };
  const evidence = { inForce: true, since: '2023-03-10', document };
  expect((await here().give(subject, 'evidence', evidence, caseManager)).status).toBe(200);
  expect(await here().db.employment.findFirst()).toMatchObject({ proof: 'evidence', hiredOn: '2023-03-10' });
});

test('the gateway is down: the row’s deadlines run on, and queued messages are sent when the gateway is back', async () => {
  const world = await seed(here());
  await here().sandbox.script({ notifications: { down: { for: '3d' } } });
  const { referralId } = await here().referred(world);
  const subject = `referral/${referralId}`;
  await here().until('2023-03-02', '23:58');
  expect(await stateOf(referralId)).toBe('issued');
  await here().until('2023-03-03', '00:01');
  expect([await stateOf(referralId), await here().waits(subject)]).toEqual([
    'undelivered',
    ['deliver_by_hand: case_manager'],
  ]);
  await here().until('2023-03-04', '11:00');
  expect(await stateOf(referralId)).toBe('delivered');
  expect(await here().waits(subject)).toEqual(['decision: employer']);
  expect(await here().db.notice.count({ where: { subject, state: 'queued' } })).toBe(0);
});

test('while the gateway is down a decision is carried out, and the referral’s workflow ends after the last message', async () => {
  const world = await seed(here());
  await here().sandbox.script({ notifications: { down: { for: '2d' } } });
  const { referralId } = await here().referred(world);
  const subject = `referral/${referralId}`;
  const reject = { decision: 'reject', code: 'other', grounds: 'there is no work now' };
  expect((await here().give(subject, 'decision', reject, employerActor(world.employerId))).status).toBe(200);
  expect(await here().isRunning(subject)).toBe(true);
  await here().pass('3d');
  expect(await here().isRunning(subject)).toBe(false);
  expect(await here().db.notice.count({ where: { state: 'queued' } })).toBe(0);
});

test('trap: the database fails across the deadline while a decision waits: the decision was in time and counts, once', async () => {
  const { subject, employer, referralId } = await referred();
  await here().until('2023-03-06', '23:59');
  here().faults.set('*', 'before');
  const command = await here().record(subject, 'decision', accept, employer);
  const given = here()
    .workflows.carryOut(subject, 'decision', command)
    .catch(() => 'not known');
  await here().clock.pass(3 * 60_000);
  expect(await stateOf(referralId)).toBe('delivered');
  here().faults.clear();
  await given;
  await here().clock.pass(60_000);
  await here().settle();

  expect([await stateOf(referralId), await outcomes(subject)]).toEqual(['accepted', ['referral_accepted']]);
  expect(await here().answerOf(command)).toMatchObject({ status: 200 });
});

test('trap: an answer is lost after the commit: the change is not made again', async () => {
  const { subject, employer, referralId } = await referred();
  const command = await here().record(subject, 'decision', accept, employer);
  here().faults.set('referral.decision', 'after');
  const given = here().workflows.carryOut(subject, 'decision', command);
  await sleep(500);
  here().faults.clear();
  expect(await given).toBe('done');
  await here().settle();
  expect(await here().answerOf(command)).toMatchObject({ status: 200 });
  expect([await stateOf(referralId), await outcomes(subject)]).toEqual(['accepted', ['referral_accepted']]);
});

test('answers about deadlines, questions and messages are lost after the commit: each is done once', async () => {
  const { subject, db } = { ...here(), ...(await referred()) };
  for (const [day, time] of [
    ['2023-03-04', '08:59'],
    ['2023-03-06', '23:59'],
  ] as const) {
    await here().until(day, time);
    for (const name of ['look', 'remind', 'referral.silence', 'sendNotices', 'wakeOthers', 'ask'])
      here().faults.set(name, 'after');
    await here().clock.pass(2 * 60_000);
    here().faults.clear();
    await here().clock.pass(5 * 60_000);
  }
  await here().settle();
  expect(await outcomes(subject)).toEqual(['referral_silent']);
  expect(await db.inspection.count()).toBe(1);
  const inspection = await db.inspection.findFirstOrThrow();
  expect(await here().isRunning(`inspection/${inspection.id}`)).toBe(true);
  const reminders = await db.notice.count({ where: { subject, type: 'reminder', channel: 'sms' } });
  expect(reminders).toBe(2);
  const sent = [...here().sandbox.world.messages.keys()];
  expect(new Set(sent).size).toBe(sent.length);
});
