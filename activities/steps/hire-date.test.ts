import { type Bench, PINFL, plannedCase, seed, startBench, STIR } from '../../test/support/bench';
import { caseHandlers } from '../case';
import { employmentHandlers } from '../employment';
import { hire } from './hire';

let bench: Bench;
let id: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers, employmentHandlers], '2023-03-31T10:00:00+05:00');
  const { personId, employerId } = await seed(bench);
  const caseId = await plannedCase(bench, personId);
  await registered('K-1', '2023-03-31');
  id = await bench.write(`case/${caseId}`, (transaction) =>
    hire(transaction, {
      caseId,
      personId,
      employerId,
      contract: 'K-1',
      measure: 1,
      since: '2023-03-31',
      how: 'referral',
      proof: 'yammt',
      monitored: true,
    }),
  );
  await bench.settle();
});
afterEach(() => bench.close());

const registered = (contract: string, on: string) =>
  bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract, on } } });
const job = () =>
  bench.db.employment.findUniqueOrThrow({ where: { id }, include: { checks: { orderBy: { n: 'asc' } } } });
const checks = async () => (await job()).checks.map(({ on, state }) => `${on} ${state}`);

test('the register corrects the day of hire: an entry records it, future checks move, and past checks stay', async () => {
  await registered('K-1', '2023-04-03');
  await bench.pass('31d');
  expect(await job()).toMatchObject({ hiredOn: '2023-04-03', state: 'in_force' });
  expect(await checks()).toEqual([
    '2023-04-30 passed',
    '2023-06-03 ahead',
    '2023-07-03 ahead',
    '2023-08-03 ahead',
    '2023-09-03 ahead',
    '2023-10-03 ahead',
  ]);
  const corrected = await bench.db.event.findMany({ where: { type: 'hire_corrected' } });
  expect(corrected).toMatchObject([{ params: { from: '2023-03-31', to: '2023-04-03' } }]);
  expect((await bench.waits(`retention/${id}`)).find(({ kind }) => kind === 'check')?.due).toBe(
    '2023-06-03T09:00',
  );
  expect(await bench.db.measure.findFirstOrThrow()).toMatchObject({ startedOn: '2023-04-03' });
  await bench.pass('160d');
  expect((await job()).state).toBe('retained');
});

test('an earlier day starts a check at once whose new day has passed', async () => {
  await registered('K-1', '2023-03-27');
  await bench.pass('58d');
  expect(await job()).toMatchObject({ hiredOn: '2023-03-27' });
  expect((await checks()).slice(0, 3)).toEqual([
    '2023-04-30 passed',
    '2023-05-27 passed',
    '2023-06-27 ahead',
  ]);
});

test('a different contract that began later corrects nothing', async () => {
  await registered('K-2', '2023-04-20');
  await bench.pass('31d');
  expect(await job()).toMatchObject({ hiredOn: '2023-03-31', contract: 'K-1' });
  expect(await bench.db.event.count({ where: { type: 'hire_corrected' } })).toBe(0);
});
