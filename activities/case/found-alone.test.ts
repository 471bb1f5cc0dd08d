import { type Bench, caseManager, PINFL, refer, seed, startBench, STIR } from '../../test/support/bench';
import { caseWithPlan, openedCase, rowOf, waitsOf } from '../../test/support/cases';
import { caseHandlers } from '../case';
import { employmentHandlers } from '../employment';
import { referralHandlers } from '../referral';

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let caseId: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, referralHandlers, employmentHandlers]);
  world = await seed(bench);
  caseId = await caseWithPlan(bench, world.personId);
});
afterEach(() => bench.close());

const found = { stir: STIR, since: '2023-02-25', checks: true };
const document = { number: 'B-4', date: '2023-02-25', issuer: 'Nur Tikuv MChJ' };
const tell = (body: object, id = caseId) => bench.give(`case/${id}`, 'foundAlone', body, caseManager);
const employments = () => bench.db.employment.findMany();

test('YAMMT confirms: an employment with six checks and the register’s date; open referrals are withdrawn', async () => {
  await refer(bench, caseId, world.vacant);
  await bench.sandbox.script({
    yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2023-02-26', contract: 'M-9' } },
  });
  await tell(found);
  expect(await employments()).toMatchObject([
    { how: 'alone', proof: 'yammt', hiredOn: '2023-02-26', contract: 'M-9', state: 'in_force', caseId },
  ]);
  expect(await bench.db.check.count()).toBe(6);
  expect(await rowOf(bench, caseId)).toMatchObject({ state: 'employed', foundAlone: null });
  expect(await bench.db.referral.findFirstOrThrow()).toMatchObject({ state: 'withdrawn' });
});

test('YAMMT says no: evidence is asked for ten working days, then of the supervisor; a document is enough', async () => {
  await tell(found);
  expect(await employments()).toEqual([]);
  expect(await bench.waits(`case/${caseId}`)).toContainEqual(
    expect.objectContaining({ kind: 'found_alone_evidence', role: 'case_manager', due: '2023-03-16T23:59' }),
  );
  expect((await rowOf(bench, caseId)).state).toBe('planning');
  await tell({ ...found, document });
  expect(await employments()).toMatchObject([{ how: 'alone', proof: 'evidence', hiredOn: '2023-02-25' }]);
  expect(await waitsOf(bench, caseId)).toEqual(['recommendation_watch']);
});

test('YAMMT silent for ten days: evidence is asked', async () => {
  await bench.sandbox.script({ yammt: { down: {} } });
  await tell(found);
  expect(await waitsOf(bench, caseId)).toContain('found_alone');
  await bench.pass('13d');
  expect(await waitsOf(bench, caseId)).toEqual([
    'first_referral',
    'found_alone_evidence',
    'recommendation_watch',
  ]);
  expect(await bench.events(`case/${caseId}`)).toContain('evidence_asked');
});

test('a mistake is taken back, and the questions end', async () => {
  expect((await tell({ takenBack: true, words: 'a misunderstanding' })).body['code']).toBe('nothing_asked');
  await tell(found);
  await tell({ takenBack: true, words: 'a misunderstanding' });
  expect(await waitsOf(bench, caseId)).toEqual(['first_referral', 'recommendation_watch']);
  expect((await rowOf(bench, caseId)).foundAlone).toBeNull();
});

test('without the person’s agreement nothing is checked, and the case comes to its closure', async () => {
  await tell({ ...found, checks: false, document });
  expect(await employments()).toMatchObject([{ state: 'unmonitored', open: false }]);
  expect(await bench.waits(`case/${caseId}`)).toContainEqual(
    expect.objectContaining({ kind: 'closure', role: 'case_manager', due: '2023-03-16T23:59' }),
  );
});

test('the person may find work before the assessment', async () => {
  await bench.give(`case/${caseId}`, 'withdrawal', { reason: 'not now' }, caseManager);
  const early = await openedCase(bench, world.personId);
  expect((await tell({ ...found, document }, early)).body).toMatchObject({ state: 'employed' });
});

test('refused: an unknown employer, a future day, and the same job twice', async () => {
  expect(await tell({ ...found, stir: '309999999' })).toMatchObject({
    status: 422,
    body: { code: 'unknown_employer' },
  });
  expect(await tell({ ...found, since: '2023-03-02' })).toMatchObject({
    status: 422,
    body: { code: 'impossible_day' },
  });
  const later = { ...found, document: { ...document, date: '2023-03-02' } };
  expect((await tell(later)).body['code']).toBe('impossible_day');
  await tell({ ...found, document });
  expect(await tell(found)).toMatchObject({ status: 409, body: { code: 'employed_there' } });
});

test('work that began before the case was opened is refused, by word and by the register', async () => {
  const before = { ...found, since: '2023-02-23' };
  expect(await tell(before)).toMatchObject({ status: 422, body: { code: 'before_the_case' } });
  expect((await tell({ ...before, document })).status).toBe(422);
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: '2022-10-22' } } });
  await tell(found);
  expect(await employments()).toEqual([]);
  expect(await waitsOf(bench, caseId)).toContain('found_alone_evidence');
  expect(await bench.events(`case/${caseId}`)).toContain('older_contract');
});
