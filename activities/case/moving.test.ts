import { type Actor } from '../../domain/roles';
import {
  type Bench,
  caseManager,
  DISTRICT,
  knowOfficials,
  MAHALLA,
  PINFL,
  seed,
  startBench,
  supervisor,
} from '../../test/support/bench';
import { readPathway } from '../../records/reads/reports/pathway';
import { caseWithPlan, rowOf, vacancy } from '../../test/support/cases';
import { caseHandlers } from '../case';
import { employmentHandlers } from '../employment';
import { referralHandlers } from '../referral';

const THERE = '1727220001';
const NOBODY_THERE = '1727220002';
const official = (role: 'case_manager' | 'supervisor' | 'employment_officer', area: string): Actor => ({
  id: `${role}-${area}`,
  role,
  rank: 'officer',
  area,
});
const newManager = official('case_manager', THERE);
const newSupervisor = official('supervisor', '1727220');

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, employmentHandlers]);
  world = await seed(bench);
  await bench.db.territory.createMany({
    data: [
      { code: DISTRICT, kind: 'district', nameLatn: 'Chilonzor' },
      ...[MAHALLA, THERE, NOBODY_THERE].map((code) => ({ code, kind: 'mahalla', nameLatn: code })),
    ],
  });
  await bench.db.official.createMany({
    data: [newManager, newSupervisor].map(({ id, role, rank, area }) => ({
      id,
      name: id,
      role,
      rank,
      area,
      email: `${id}@example.uz`,
    })),
  });
  caseId = await caseWithPlan(bench, world.personId);
});
afterEach(() => bench.close());

const give = (name: string, body: object, by: Actor) => bench.give(`case/${caseId}`, name, body, by);
const moves = { to: THERE, reason: 'married there' };
const takeOver = { takeOver: true };
const wait = async (kind: string) =>
  bench.db.task.findFirstOrThrow({ where: { caseId, kind, closedAt: null } });

test('the new mahalla’s case manager is asked; until then the old one keeps the case', async () => {
  await give('transfer', moves, caseManager);
  expect(await rowOf(bench, caseId)).toMatchObject({
    area: MAHALLA,
    managerId: caseManager.id,
    movesTo: THERE,
  });
  expect(await wait('transfer')).toMatchObject({
    role: 'case_manager',
    assigneeId: newManager.id,
    area: THERE,
  });
  expect(await wait('first_referral')).toMatchObject({ assigneeId: caseManager.id });
  const told = await bench.db.notice.findFirstOrThrow({ where: { type: 'case_offered' } });
  expect(told.recipientId).toBe(newManager.id);
  expect((await give('transfer', moves, caseManager)).body['code']).toBe('moving_already');
});

test('a takeover moves the case, the person, the referrals and every wait; the clocks stay as they are', async () => {
  const referral = await give('referral', { vacancy: world.vacant }, caseManager);
  await give('transfer', moves, caseManager);
  const before = await bench.db.task.findMany({
    where: { caseId, closedAt: null, kind: { not: 'transfer' } },
    orderBy: { id: 'asc' },
  });
  await bench.pass('2d');
  const early = await give('withdrawal', { reason: 'none' }, newManager);
  expect([early.status, early.body['code']]).toEqual([403, 'not_taken_over']);
  await give('transfer', takeOver, newManager);
  expect(await rowOf(bench, caseId)).toMatchObject({ area: THERE, managerId: newManager.id, movesTo: null });
  const person = await bench.db.person.findUniqueOrThrow({ where: { id: world.personId } });
  expect(person.mahalla).toBe(THERE);
  const subject = `person/${person.id}`;
  expect(await bench.db.event.findFirst({ where: { subject } })).toMatchObject({
    type: 'person_changed',
    params: { fields: 'mahalla' },
  });
  const row = await bench.db.referral.findUniqueOrThrow({ where: { id: String(referral.body['id']) } });
  expect(row).toMatchObject({ area: THERE, open: true });
  const after = await bench.db.task.findMany({ where: { caseId, closedAt: null }, orderBy: { id: 'asc' } });
  expect(after.map(({ id, due }) => [id, due])).toEqual(before.map(({ id, due }) => [id, due]));
  expect(await bench.events(`case/${caseId}`)).toEqual(
    expect.arrayContaining(['transfer_started', 'transferred']),
  );
});

test('earlier plans and referrals still count in their old region', async () => {
  await give('referral', { vacancy: world.vacant }, caseManager);
  await give('transfer', moves, caseManager);
  await bench.pass('2d');
  await give('transfer', takeOver, newManager);
  await bench.pass('1d');
  const other = await vacancy(bench, world.employerId);
  await give('referral', { vacancy: other }, newManager);
  await bench.pass('40d');
  const march = { from: '2023-03-01', to: '2023-03-31', now: await bench.clock.now() };
  const report = await readPathway(bench.db, march);
  expect(report.get('1726')).toMatchObject({ participants_28_days: 1, referrals_5_days: 1 });
  expect(report.get('1727')).toMatchObject({ participants_28_days: 0, referrals_5_days: 1 });
});

test('the new case manager gets the waits of the old case manager', async () => {
  await give('transfer', moves, caseManager);
  const { due } = await wait('first_referral');
  await give('transfer', takeOver, newManager);
  expect(await wait('first_referral')).toMatchObject({
    role: 'case_manager',
    assigneeId: newManager.id,
    area: THERE,
    due,
  });
});

test('the new district’s employment office explains words of the recommendation', async () => {
  const there = official('employment_officer', '1727220');
  await knowOfficials(bench.db, [there]);
  await bench.sandbox.script({
    tiek: { knows: { pinfl: PINFL, group: 2, validUntil: '2030-01-01', unsuitableKinds: ['zzz'] } },
  });
  await give('eligibility', { step: 'ask_again' }, caseManager);
  const before = await wait('recommendation_words');
  expect(before.area).toBe(DISTRICT);
  await give('transfer', moves, caseManager);
  await give('transfer', takeOver, newManager);
  expect(await wait('recommendation_words')).toMatchObject({ area: '1727220', due: before.due });
});

test('the new district has no employment officer: the next level explains the words, and the gap is reported', async () => {
  await knowOfficials(bench.db, [official('employment_officer', '1727')]);
  await bench.sandbox.script({
    tiek: { knows: { pinfl: PINFL, group: 2, validUntil: '2030-01-01', unsuitableKinds: ['zzz'] } },
  });
  await give('eligibility', { step: 'ask_again' }, caseManager);
  await give('transfer', moves, caseManager);
  await give('transfer', takeOver, newManager);
  expect(await wait('recommendation_words')).toMatchObject({ area: '1727', home: THERE });
  expect(await bench.db.task.findMany({ where: { kind: 'office_gap' } })).toMatchObject([
    { subject: 'office/employment_officer/1727220', role: 'administrator' },
  ]);
});

test('the new district’s supervisor gets the tasks of the old supervisor', async () => {
  await give('closure', { outcome: 'other', summary: 'not heard of', personAgrees: false }, caseManager);
  await give('transfer', moves, caseManager);
  await give('transfer', takeOver, newManager);
  expect(await wait('closure_consent')).toMatchObject({
    role: 'supervisor',
    area: newSupervisor.area,
    assigneeId: null,
  });
});

test('a mahalla without a case manager: the district’s supervisor is asked, and has the case', async () => {
  await give('transfer', { ...moves, to: NOBODY_THERE }, caseManager);
  expect(await wait('transfer')).toMatchObject({ role: 'supervisor', area: newSupervisor.area });
  const gaps = await bench.db.task.findMany({ where: { kind: 'office_gap' } });
  expect(gaps).toMatchObject([{ subject: `office/case_manager/${NOBODY_THERE}`, role: 'administrator' }]);
  await give('transfer', takeOver, newSupervisor);
  expect(await rowOf(bench, caseId)).toMatchObject({ area: NOBODY_THERE, managerId: null });
  expect(await wait('first_referral')).toMatchObject({
    role: 'supervisor',
    area: newSupervisor.area,
    assigneeId: null,
  });
});

test('without a takeover in five working days the supervisor has the task', async () => {
  await give('transfer', moves, caseManager);
  await bench.pass('12d');
  expect(await wait('transfer')).toMatchObject({ role: 'supervisor', area: newSupervisor.area });
});

test('nobody else takes over the case, and nobody without an offer', async () => {
  expect((await give('transfer', takeOver, newManager)).body['code']).toBe('nothing_to_take_over');
  await give('transfer', moves, caseManager);
  expect((await give('transfer', takeOver, caseManager)).status).toBe(403);
  expect((await give('transfer', moves, newManager)).status).toBe(403);
});

test('a case manager of another mahalla who has the case may hand it over', async () => {
  const deputy = official('case_manager', '1726262002');
  expect((await give('transfer', moves, deputy)).status).toBe(403);
  await bench.db.case.update({ where: { id: caseId }, data: { managerId: deputy.id } });
  expect((await give('transfer', moves, deputy)).status).toBe(200);
});

test('a transfer goes to a mahalla, and not to the present one', async () => {
  expect((await give('transfer', { ...moves, to: DISTRICT }, caseManager)).body['code']).toBe(
    'unknown_mahalla',
  );
  expect((await give('transfer', { ...moves, to: '1727220999' }, caseManager)).body['code']).toBe(
    'unknown_mahalla',
  );
  expect((await give('transfer', { ...moves, to: MAHALLA }, caseManager)).body['code']).toBe('same_mahalla');
});

test('another district asks for the case: the present case manager hands it over, or says that the person stays', async () => {
  await give('askTransfer', { to: THERE }, newManager);
  const asked = await wait('transfer_request');
  expect(asked).toMatchObject({
    assigneeId: caseManager.id,
    ref: THERE,
    due: new Date('2023-03-09T18:59:59Z'),
  });
  await bench.pass('1d');
  await give('askTransfer', { to: THERE }, newManager);
  expect((await wait('transfer_request')).id).toBe(asked.id);
  await give('transfer', { to: MAHALLA, reason: 'a visit only' }, caseManager);
  expect(await bench.db.task.count({ where: { kind: 'transfer_request', closedAt: null } })).toBe(0);
  await give('askTransfer', { to: THERE }, newManager);
  await give('transfer', moves, supervisor);
  expect(await bench.db.task.count({ where: { kind: 'transfer_request', closedAt: null } })).toBe(0);
  expect((await give('askTransfer', { to: THERE }, newManager)).status).toBe(200);
  expect(await bench.db.task.count({ where: { kind: 'transfer_request', closedAt: null } })).toBe(0);
});

test('only the future area asks for the case', async () => {
  expect((await give('askTransfer', { to: NOBODY_THERE }, newManager)).status).toBe(403);
  expect((await give('askTransfer', { to: MAHALLA }, newManager)).body['code']).toBe('same_mahalla');
  expect((await give('askTransfer', { to: THERE }, caseManager)).body['code']).toBe('yours_already');
});
