import type { Task } from '../prisma/generated/client';
import { pathwayOf } from '../domain/pathways';
import { waitOf } from '../records/reads/waiting';
import { draw } from '../tools/draw/draw';
import { kindOf, type Lengths } from '../tools/draw/tables';
import policies from '../prisma/data/policies.json';
import { stageInWords, walk } from '../workflows/loop';
import { stagesOf } from '../records/kernel/kinds';

/*
 * The stages are in one place. One word of one table is changed, and all readers change: the workflow, the answer of the API
 * and the picture.
 */

const now = new Date('2023-03-10T09:00:00+05:00');
const task = {
  id: 1n,
  subject: 'referral/R-000001',
  kind: 'hearing',
  role: 'case_manager',
  since: now,
  due: now,
  escalated: 0,
} as Task;

const over = { does: 'over', wait: 'hearing', task: '1', at: 0, inMs: 0 } as const;
const lengths = policies.at(-1)?.rules.lengths as Lengths;

/** The activities that the workflow's loop carries out for a hearing that is over, with their arguments after the row. */
async function walked(): Promise<string[][]> {
  const done: string[][] = [];
  const view = { offset: 0, unsent: false, wakes: false };
  const unused = () => Promise.reject(new Error('nothing is asked, sent or woken'));
  const { run } = walk(stagesOf('referral'), {
    step(activity, ...args) {
      done.push([activity, ...args]);
      return Promise.resolve(
        activity === 'look'
          ? { ...view, state: 'hearing', open: true, next: over }
          : { ...view, state: 'rejected', open: false },
      );
    },
    ask: unused,
    sendNotices: unused,
    wakeOthers: unused,
    timer: () => ({ hasFired: () => false, cancel: () => undefined }),
    until: (met) => (met() ? Promise.resolve() : Promise.reject(new Error('it would wait'))),
    isIdle: () => true,
    isLong: () => false,
    show: () => undefined,
  });
  await run();
  return done;
}

const everybody = async () => ({
  workflow: await walked(),
  shownInTemporal: stageInWords(stagesOf('referral'), 'hearing'),
  then: waitOf(task, now).then,
  picture: draw({
    title: 'A referral',
    kinds: [kindOf('A referral', pathwayOf('referral'), stagesOf('referral'), lengths)],
  }),
});

test('one word of a table is changed: workflow, answer and picture change with it', async () => {
  const stage = stagesOf('referral').table['hearing'] as { hearing: string };
  const before = await everybody();
  stage.hearing = 'stays';
  try {
    const after = await everybody();
    expect(before.workflow).toEqual([['look'], ['referral.unheard', '1', 'hearing']]);
    expect(after.workflow).toEqual([['look'], ['stay', '1']]);
    expect(before.then).toBe('the rejection goes to the labour inspectorate as unheard');
    expect(after.then).toBe('it stays with them, reminded weekly and listed as overdue');
    expect(after.shownInTemporal).not.toBe(before.shownInTemporal);
    expect(after.picture).not.toBe(before.picture);
  } finally {
    stage.hearing = 'unheard';
  }
  expect(await everybody()).toEqual(before);
});
