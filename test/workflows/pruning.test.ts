import { dayOf } from '../../domain/day';
import { enterNextRun } from '../../records/pruning/runs';
import { seed } from '../support/bench';
import { filledRows } from '../support/light-rows';
import { Prisma } from '../../prisma/generated/client';
import { eachOnItsPathway } from './each';

const here = eachOnItsPathway();

const oldWait = () =>
  filledRows(
    here().db,
    'tasks',
    { subject: `'office/case_manager/1726262001'`, since: `'2019-01-01'`, closed_at: `'2019-01-01'` },
    Prisma.sql`generate_series(1, 1)`,
  );
const openRuns = async () =>
  (await here().db.pruning.findMany({ where: { open: true } })).map(({ id }) => id);

test('a run waits for the night of the 1st, removes what is over, and enters the next', async () => {
  const { db, ...on } = here();
  await seed(here());
  await oldWait();
  const now = await on.clock.now();
  await on.workflows.refresh(await enterNextRun(db, now, dayOf(now)));
  await on.until('2023-04-01', '02:50');
  expect([await openRuns(), await db.task.count()]).toEqual([['2023-04-01'], 1]);

  await on.until('2023-04-01', '03:10');
  expect([await openRuns(), await db.task.count()]).toEqual([['2023-05-01'], 0]);
  expect(await on.isRunning('pruning/2023-04-01')).toBe(false);
  expect(await db.pruning.findFirst({ where: { open: false } })).toMatchObject({
    state: 'done',
    removed: { tasks: 1 },
  });
  expect(await db.event.findFirst({ where: { type: 'record_pruned' } })).toMatchObject({
    subject: 'pruning/2023-04-01',
    params: { waits: 1, messages: 0, commands: 0, answers: 0, news: 0 },
  });

  await oldWait();
  await on.until('2023-05-01', '03:10');
  expect([await openRuns(), await db.task.count()]).toEqual([['2023-06-01'], 0]);
});
