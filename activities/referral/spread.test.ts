import { delayOf } from '../../domain/spread';
import {
  type Bench,
  employerActor,
  pathwayHandlers,
  plannedCase,
  refer,
  seed,
  startBench,
} from '../../test/support/bench';
import { walked } from '../../test/support/walked';
import { createRowActivities } from '../row-activities';

// A referral of 1 March. The employer's time ends on 6 March at 23:59:59.
const SPREAD = 45;
const DUE = new Date('2023-03-06T23:59:59+05:00').getTime();

let bench: Bench;
let world: Awaited<ReturnType<typeof seed>>;
let id: string;
let subject: string;
let rows: ReturnType<typeof walked>;

beforeEach(async () => {
  bench = await startBench(pathwayHandlers);
  world = await seed(bench);
  id = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
  subject = `referral/${id}`;
  const settings = { ...bench.records.settings, spreadSeconds: SPREAD };
  const activities = createRowActivities(
    { ...bench.records, settings },
    pathwayHandlers,
    bench.sandbox.registers,
  );
  rows = walked(bench.db, activities);
  await bench.pass('5d');
  await bench.db.outbox.deleteMany();
});
afterEach(() => bench.close());

const toAfterDue = (ms: number): void => bench.clock.set(new Date(DUE + 1000 + ms));
const state = async () => (await bench.db.referral.findUniqueOrThrow({ where: { id } })).state;
/** Whether each wake of the referral can wait. */
const wakes = async () =>
  (await bench.db.outbox.findMany({ where: { subject } })).map(({ canWait }) => canWait);
const accept = { decision: 'accept', startOn: '2023-03-13' };

async function decides(at: () => void, carriedOut: () => void) {
  at();
  const command = await bench.record(subject, 'decision', accept, employerActor(world.employerId));
  carriedOut();
  await rows.carryOut(command);
  return bench.answerOf(command);
}

test('the silence comes some seconds after midnight, and the inspection has as much time as without them', async () => {
  const delay = delayOf(subject, SPREAD);
  toAfterDue(0);
  expect((await rows.advance(subject)).next).toMatchObject({ does: 'over', wait: 'decision', inMs: delay });
  toAfterDue(delay - 1);
  await rows.advance(subject);
  expect(await state()).toBe('delivered');
  toAfterDue(delay);
  await rows.advance(subject);
  expect(await state()).toBe('silent');
  expect(await bench.waits('inspection/I-000001')).toMatchObject([
    { kind: 'resolution', due: '2023-03-30T23:59' },
  ]);
  expect(new Set(await wakes())).toEqual(new Set([true]));
});

test('a decision given after the end, before the silence is carried out, comes too late', async () => {
  const delay = delayOf(subject, SPREAD);
  const { status, body } = await decides(
    () => toAfterDue(delay / 2),
    () => toAfterDue(delay / 2 + 1),
  );
  expect([status, body['code'], await state()]).toEqual([409, 'too_late', 'silent']);
});

test('a decision given in the last second is in time, although it is carried out after midnight', async () => {
  const { status } = await decides(
    () => bench.clock.set(new Date(DUE)),
    () => toAfterDue(delayOf(subject, SPREAD) + 1),
  );
  expect([status, await state(), await bench.db.inspection.count()]).toEqual([200, 'accepted', 0]);
});

test('a rejection begins its inspection at once', async () => {
  const reject = { decision: 'reject', code: 'qualification', grounds: 'no certificate' };
  const command = await bench.record(subject, 'decision', reject, employerActor(world.employerId));
  await rows.carryOut(command);
  expect(new Set(await wakes())).toEqual(new Set([false]));
});
