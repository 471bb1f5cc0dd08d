import type { Day } from '../domain/day';
import type { Numbers } from '../domain/policy-numbers';
import {
  type Bench,
  caseManager,
  employerActor,
  inspector,
  pathwayHandlers,
  PINFL,
  plannedCase,
  refer,
  seed,
  startBench,
  STIR,
  supervisor,
} from '../test/support/bench';
import { openedCase, person, planned, vacancy } from '../test/support/cases';
import { changedLaw } from '../test/support/policies';
import { reportEnd } from './steps/ending';
import { hire } from './steps/hire';

/* Each number of the policy: the version of the day of the act bounds the act, and refusals and events name the version. */

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

const today: Day = '2023-03-01';
const tomorrow: Day = '2023-03-02';
const saysSo = 'Version PV-changed of the policy says so, in force from 1 March.';

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  caseId = await plannedCase(bench, world.personId);
});
afterEach(() => bench.close());

const decreed = (numbers: Numbers, from: Day = today) => changedLaw(bench.db, from, { numbers });
const employer = () => employerActor(world.employerId);
const onCase = (name: string, body: object) => bench.give(`case/${caseId}`, name, body, caseManager);
const onReferral = (id: string, name: string, body: object, by = employer()) =>
  bench.give(`referral/${id}`, name, body, by);
const eventOf = async (type: string) =>
  (await bench.db.event.findFirstOrThrow({ where: { type }, orderBy: { id: 'desc' } })).params;

test('the least age, on the day of the opening', async () => {
  await decreed({ leastAge: 18 });
  const minor = await person(bench, { birth: '2005-03-02' });
  const opened = openedCase(bench, minor, {
    consent: { by: 'parent', name: 'Zulfiya Yusupova', ground: 'birth certificate' },
    personsWish: 'to sew',
  });
  await expect(opened).rejects.toMatchObject({
    code: 'person_too_young',
    detail: `A case is opened from the age of 18 on. ${saysSo}`,
  });
});

test('the open referrals of a case, on the day of a new referral', async () => {
  await decreed({ openReferralsPerCase: 1 }, tomorrow);
  await refer(bench, caseId, world.vacant);
  expect((await onCase('referral', { vacancy: world.reserved })).status).toBe(201);
  await bench.pass('1d');
  const third = await vacancy(bench, world.employerId);
  expect((await onCase('referral', { vacancy: third })).body).toMatchObject({
    code: 'too_many_open',
    detail: expect.stringContaining('at most 1 open referral:') as string,
  });
});

test('the days to the start, on the day of the answer', async () => {
  await decreed({ startWithinDays: 10 });
  const id = await refer(bench, caseId, world.vacant);
  const accept = (startOn: Day) => onReferral(id, 'decision', { decision: 'accept', startOn });
  expect((await accept('2023-03-12')).body).toMatchObject({
    code: 'start_out_of_range',
    detail: `The start lies between 2023-03-01 and 2023-03-11. ${saysSo}`,
  });
  expect((await accept('2023-03-11')).status).toBe(200);
  const move = (startOn: Day) => onReferral(id, 'start', { startOn, reason: 'the machine comes later' });
  expect((await move('2023-03-22')).body['code']).toBe('start_out_of_range');
  expect((await move('2023-03-21')).status).toBe(200);
});

describe('the days of a contract before the issue, on the day of the issue', () => {
  const worked = async () => {
    await bench.sandbox.script({
      yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-02-24', contract: 'M-0' } },
    });
    const id = await refer(bench, caseId, world.vacant);
    return async () => {
      await onReferral(id, 'decision', { decision: 'accept', startOn: '2023-03-05' });
      await onReferral(id, 'contract', { contract: 'M-0', since: '2023-03-05' });
      return (await bench.db.referral.findUniqueOrThrow({ where: { id } })).state;
    };
  };

  test('a version in force on that day holds, and the event names it', async () => {
    await decreed({ contractBeforeIssueDays: 4 });
    expect(await (await worked())()).toBe('worked_there_already');
    expect(await eventOf('worked_there_already')).toMatchObject({ version: 'PV-changed' });
  });

  test('a later version changes no referral that is issued', async () => {
    await decreed({ contractBeforeIssueDays: 4 }, tomorrow);
    const answered = await worked();
    await bench.pass('2d');
    expect(await answered()).toBe('hired');
  });

  test('work found alone counts from the case’s opening', async () => {
    await decreed({ contractBeforeIssueDays: 0 });
    const found = { stir: STIR, since: '2023-02-28', checks: true };
    expect((await onCase('foundAlone', found)).body).toMatchObject({
      code: 'before_the_case',
      detail: expect.stringContaining(saysSo) as string,
    });
  });
});

test('the inspection’s extension, on the day of the extension', async () => {
  await decreed({ inspectionExtensionMax: 5 });
  const id = await refer(bench, caseId, world.vacant);
  await onReferral(id, 'decision', { decision: 'reject', code: 'other', grounds: 'no' });
  const inspection = await bench.db.inspection.findFirstOrThrow();
  const extend = (days: number) =>
    bench.give(`inspection/${inspection.id}`, 'extension', { days, reason: 'a witness is ill' }, inspector);
  expect((await extend(6)).body).toMatchObject({
    code: 'too_long',
    detail: `At most 5 working days. ${saysSo}`,
  });
  expect((await extend(5)).status).toBe(200);
  expect(await eventOf('inspection_extended')).toMatchObject({ version: 'PV-changed' });
});

test('the extension of the employer’s time, on the day of the request and of the answer', async () => {
  await decreed({ employerExtensionMax: 2 }, tomorrow);
  const id = await refer(bench, caseId, world.vacant);
  const ask = (days: number) => onReferral(id, 'extensionRequest', { days, reason: 'the director is away' });
  expect((await ask(5)).status).toBe(200);
  await bench.pass('1d');
  const extend = (days: number) => onReferral(id, 'extension', { days }, supervisor);
  expect((await extend(5)).body['code']).toBe('too_long');
  expect((await extend(2)).status).toBe(200);
  expect(await eventOf('extension_granted')).toMatchObject({ version: 'PV-changed' });
});

test('the months to a reopening, on the day of the reopening', async () => {
  await decreed({ reopenWithinMonths: 1 }, '2023-04-15');
  await onCase('withdrawal', { reason: 'not now' });
  await bench.pass('40d');
  expect((await onCase('reopening', { reason: 'again' })).status).toBe(200);
  expect(await eventOf('case_reopened')).toMatchObject({ version: 'PV-2019' });
  await onCase('withdrawal', { reason: 'not now' });
  await bench.pass('2mo');
  expect((await onCase('reopening', { reason: 'again' })).body).toMatchObject({
    code: 'closed_too_long',
    detail: expect.stringContaining('within 1 month. ') as string,
  });
});

/** An employment of the case, confirmed by the labour register. */
const hired = (since: Day) =>
  bench.write(`case/${caseId}`, (transaction) =>
    hire(transaction, {
      caseId,
      personId: world.personId,
      employerId: world.employerId,
      since,
      how: 'referral',
      proof: 'yammt',
      monitored: true,
      measure: 1,
    }),
  );

describe('the months of monitoring, on the day of hire', () => {
  const jobOf = (id: string) =>
    bench.db.employment.findUniqueOrThrow({ where: { id }, include: { checks: true } });

  test('a hire under the version has its months, and is retained after them', async () => {
    await decreed({ retentionMonths: 3 });
    await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: today } } });
    const id = await hired(today);
    expect(await eventOf('hired')).toMatchObject({ months: 3, version: 'PV-changed' });
    expect(await jobOf(id)).toMatchObject({ months: 3, checks: [{ n: 1 }, { n: 2 }, { n: 3 }] });
    await bench.pass('3mo');
    await bench.pass('1d');
    expect(await jobOf(id)).toMatchObject({ state: 'retained' });
  });

  test('a hire of the day before keeps its six, also when it is confirmed later', async () => {
    await decreed({ retentionMonths: 3 });
    const { months, checks } = await jobOf(await hired('2023-02-28'));
    expect([months, checks.length]).toEqual([6, 6]);
    expect(await eventOf('hired')).toMatchObject({ months: 6, version: 'PV-2019' });
  });
});

test('the days of an early end, on the day of the end, also when it is confirmed later', async () => {
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: today } } });
  const id = await hired(today);
  await changedLaw(bench.db, '2023-03-22', { lengths: { earlyEnd: { n: 10 } } });
  await bench.pass('20d');
  await bench.sandbox.script({ yammt: { ends: { pinfl: PINFL, stir: STIR, reason: 'dismissed' } } });
  await bench.write(`retention/${id}`, (transaction) =>
    reportEnd(transaction, id, { on: '2023-03-21', reason: 'dismissed', source: 'news' }),
  );
  await bench.pass('2d');
  expect(await bench.db.employment.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ended' });
  expect(await bench.db.inspection.findMany()).toMatchObject([{ ground: 'ended_early' }]);
});

test('the warning before a recommendation ends, and the age of the last answer about work', async () => {
  await decreed({ recommendationWarningDays: 10, presentWorkDays: 7 });
  await onCase('withdrawal', { reason: 'not now' });
  caseId = await openedCase(bench, world.personId);
  const { nextAt } = await bench.db.task.findFirstOrThrow({ where: { kind: 'recommendation_watch' } });
  expect(nextAt).toEqual(new Date('2029-12-22T09:00:00+05:00'));
  const asked = () => bench.db.task.count({ where: { kind: 'present_work', caseId } });
  await planned(bench, caseId);
  await bench.pass('7d');
  await onCase('referral', { vacancy: world.vacant });
  expect(await asked()).toBe(1);
  await bench.pass('1d');
  await onCase('referral', { vacancy: world.reserved });
  expect(await asked()).toBe(2);
});
