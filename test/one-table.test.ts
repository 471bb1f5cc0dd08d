import type { Task } from '../prisma/generated/client';
import { pathwayOf } from '../domain/pathways';
import { waitOf } from '../records/reads/waiting';
import { draw } from '../tools/draw/draw';
import { kindOf, type Lengths } from '../tools/draw/tables';
import policies from '../prisma/data/policies.json';
import { activityFor, stageInWords } from '../workflows/loop';
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

const everybody = () => ({
  workflow: activityFor(stagesOf('referral'), 'hearing', over),
  shownInTemporal: stageInWords(stagesOf('referral'), 'hearing'),
  then: waitOf(task, now).then,
  picture: draw({
    title: 'A referral',
    kinds: [kindOf('A referral', pathwayOf('referral'), stagesOf('referral'), lengths)],
  }),
});

test('one word of a table is changed: workflow, answer and picture change with it', () => {
  const stage = stagesOf('referral').table['hearing'] as { hearing: string };
  const before = everybody();
  stage.hearing = 'stays';
  try {
    const after = everybody();
    expect(before.workflow).toEqual(['referral.unheard', '1', 'hearing']);
    expect(after.workflow).toEqual(['stay', '1']);
    expect(before.then).toBe('the rejection goes to the labour inspectorate as unheard');
    expect(after.then).toBe('it stays with them, reminded weekly and listed as overdue');
    expect(after.shownInTemporal).not.toBe(before.shownInTemporal);
    expect(after.picture).not.toBe(before.picture);
  } finally {
    stage.hearing = 'unheard';
  }
  expect(everybody()).toEqual(before);
});
