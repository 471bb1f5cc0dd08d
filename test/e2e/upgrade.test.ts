import { rowKinds } from '../../records/kernel/kinds';
import { everyRow, openIds, subjectOf } from '../../records/kernel/rows';
import { furnish } from '../support/budget';
import { eventually } from '../support/eventually';
import { activitiesIn, historiesOf, replay } from '../support/histories';
import { runningInTheEnd, type Stack, startStack } from '../support/stack';
import { firstHalf, secondHalf, versionBefore } from '../support/version-before';
import { workflowCode } from '../support/workflow-code';

/*
 * The version before, half-way through a scenario, with its database and its Temporal store. It is upgraded as docs/operations.md says.
 * Its end must be that of a run that began with the present version. tools/record-version.ts kept the version before.
 */

/** The state of every row, its waits, and its later events. */
async function outcome({ db }: Stack, since: Date): Promise<unknown> {
  const rows: Record<string, string> = {};
  for (const kind of rowKinds)
    for (const { id, state } of await everyRow(db, kind)) rows[subjectOf(kind, id)] = state;
  const waits = await db.task.findMany({ where: { closedAt: null } });
  const events = await db.event.findMany({ where: { at: { gt: since }, type: { not: 'register_asked' } } });
  const notices = await db.notice.findMany({ where: { createdAt: { gt: since } } });
  return {
    rows,
    waits: waits.map(({ subject, kind, role }) => `${subject}: ${kind} of ${role}`).toSorted(),
    events: events.map(({ subject, type }) => `${subject}: ${type}`).toSorted(),
    notices: notices
      .map(({ subject, type, channel, state: at }) => `${subject}: ${type} ${channel} ${at}`)
      .toSorted(),
    unsent: await db.outbox.count(),
  };
}

async function waiting({ db }: Stack): Promise<string[]> {
  const ids = await Promise.all(
    rowKinds.map(async (kind) => (await openIds(db, kind)).map((id) => subjectOf(kind, id))),
  );
  return ids.flat().toSorted();
}

async function upgraded(): Promise<unknown> {
  const before = versionBefore();
  const stack = await startStack({ before });
  try {
    const rows = await waiting(stack);
    expect(new Set(rows.map((row) => row.split('/')[0]))).toEqual(
      new Set(['case', 'claim', 'inspection', 'line', 'referral', 'retention', 'statement', 'subsidy']),
    );
    // The test wrote the lines into the record. Their workflows begin with the upgrade.
    expect(await stack.running()).toEqual(rows.filter((row) => !row.startsWith('line/')));
    for (const kind of rowKinds) {
      const ofKind = rows.filter((row) => row.startsWith(`${kind}/`));
      expect(await stack.reconcile('--restart', kind)).toBe(`reconcile: ${ofKind.length} begun again`);
    }
    await stack.quiet();
    expect(await runningInTheEnd(stack, rows)).toEqual(rows);
    await secondHalf(stack, before.halfWay);
    await allNew(stack);
    return await outcome(stack, before.at);
  } finally {
    await stack.close();
  }
}

/** Every running execution was begun by the present code, and the code can replay it. The last ones may still be beginning. */
async function allNew(stack: Stack): Promise<void> {
  const histories = await eventually(async () => {
    const running = await historiesOfRunning(stack);
    return running.every(({ history }) => activitiesIn(history).length > 0) && running;
  });
  for (const { history } of histories) expect(activitiesIn(history)[0]?.name).toBe('look');
  expect(await replay(await workflowCode(), histories)).toEqual([]);
}

async function historiesOfRunning(stack: Stack) {
  const runs = await Promise.all(
    (await stack.running()).map(async (workflowId) => {
      const { runId } = await stack.client.workflow.getHandle(workflowId).describe();
      return { workflowId, runId };
    }),
  );
  return historiesOf(stack.client, runs);
}

async function fresh(): Promise<unknown> {
  const stack = await startStack();
  try {
    await furnish(stack, 2023);
    const halfWay = await firstHalf(stack);
    const at = await stack.clock.now();
    await secondHalf(stack, halfWay);
    return await outcome(stack, at);
  } finally {
    await stack.close();
  }
}

test('the version before, upgraded half-way, ends like a run of the present version', async () => {
  const [after, today] = [await upgraded(), await fresh()];
  expect(after).toEqual(today);
}, 600_000);
