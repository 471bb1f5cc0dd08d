import { caseHandlers } from '../../activities/case';
import { type Bench, MAHALLA, plannedCase, seed, startBench } from '../../test/support/bench';
import { broughtBack, putAside, reportDefect } from './defects';
import { closeTasks, openTask, openWait } from './tasks';

/*
 * Two waits of one kind, each with a ref of its own, that both fail: each is put aside, each has a task of the administrator,
 * and the end of the one leaves the other alone.
 */

let bench: Bench;
let subject: string;

beforeEach(async () => {
  bench = await startBench([caseHandlers]);
  bench.expectDefects();
  const { personId } = await seed(bench);
  const caseId = await plannedCase(bench, personId);
  subject = `case/${caseId}`;
  await bench.write(subject, async (transaction) => {
    for (const ref of ['V-000001', 'V-000002']) {
      await openTask(transaction, { kind: 'referral_consent', ref, area: MAHALLA, caseId });
      await putAside(transaction, await consent(transaction, ref), new RangeError('a rule failed'));
    }
  });
});
afterEach(() => bench.close());

const consent = async (transaction: Parameters<typeof openWait>[0], ref: string) => {
  const task = await openWait(transaction, 'referral_consent', ref);
  if (!task) throw new Error(`${ref} has no wait`);
  return task;
};
const defects = async () =>
  (
    await bench.db.task.findMany({
      where: { subject, kind: 'defect', closedAt: null },
      orderBy: { id: 'asc' },
    })
  ).map(({ ref }) => ref);

test('each is put aside until the next morning, and each has a task of the administrator', async () => {
  const until = new Date('2023-03-02T09:00:00+05:00');
  expect(
    await bench.db.task.findMany({ where: { kind: 'referral_consent' }, select: { asideUntil: true } }),
  ).toEqual([{ asideUntil: until }, { asideUntil: until }]);
  expect(await defects()).toEqual(['referral_consent/V-000001', 'referral_consent/V-000002']);
});

test('one is done on a later try: the task of the other stays', async () => {
  await bench.write(subject, async (transaction) =>
    broughtBack(transaction, await consent(transaction, 'V-000001')),
  );
  expect(await defects()).toEqual(['referral_consent/V-000002']);
});

test('one is met: the task of the other stays', async () => {
  await bench.write(subject, (transaction) =>
    closeTasks(transaction, { kinds: ['referral_consent'], ref: 'V-000002' }, 'issued'),
  );
  expect(await defects()).toEqual(['referral_consent/V-000001']);
});

test('all waits of the kind are closed: so are the tasks of both', async () => {
  await bench.write(subject, (transaction) =>
    closeTasks(transaction, { kinds: ['referral_consent'] }, 'over'),
  );
  expect(await defects()).toEqual([]);
});

test('all waits but this kind are closed: the tasks of both stay', async () => {
  await bench.write(subject, async (transaction) => {
    await reportDefect(transaction, 'first_referral', new RangeError('a rule failed'));
    await closeTasks(transaction, { but: 'referral_consent' }, 'over');
    await openTask(transaction, { kind: 'first_referral', area: MAHALLA });
  });
  expect(await defects()).toEqual(['referral_consent/V-000001', 'referral_consent/V-000002']);
});

test('a command that fails under the name of a wait has a task of its own', async () => {
  await bench.write(subject, async (transaction) => {
    await reportDefect(transaction, 'referral_consent', new RangeError('a rule failed'), 'command/declined');
    await closeTasks(transaction, { kinds: ['referral_consent'] }, 'over');
  });
  expect(await defects()).toEqual(['command/declined']);
});
